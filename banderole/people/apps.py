from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "banderole.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from banderole.common import chores, diagnosis  # noqa: PLC0415 -- the apps are not loaded before
        from banderole.people.domain import cleanup, doctor, inbox, mails  # noqa: PLC0415 -- models come first

        chores.register("open_inbox", inbox.open_inbox, every=0.3)
        chores.register("send_mails", mails.send_mails, every=0.3)
        chores.register("clean_up_people", cleanup.clean_up, every=24 * 3600)
        diagnosis.register(doctor.findings)
