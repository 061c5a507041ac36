from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "banderole.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from banderole.common import chores, diagnosis, slots  # noqa: PLC0415 -- the apps are not loaded before
        from banderole.people import receivers, registry  # noqa: PLC0415 -- receivers connect by being read
        from banderole.people.domain import cleanup, doctor, inbox, mails, rights  # noqa: PLC0415 -- models come first

        registry.register_form("my_data", rights.open_request)
        registry.register_form("erase", rights.open_erasure)
        registry.register_subject("group", receivers.group_name)
        chores.register("open_inbox", inbox.open_inbox, every=0.3)
        chores.register("send_mails", mails.send_mails, every=0.3)
        chores.register("clean_up_people", cleanup.clean_up, every=24 * 3600)
        diagnosis.register(doctor.findings)
        slots.fill("people_nav", "people/_nav.html", receivers.navigation, order=10)
        slots.fill("footer_links", "people/_footer_link.html", order=60)
