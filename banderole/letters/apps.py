from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_delete


class LettersConfig(AppConfig):
    name = "banderole.letters"
    label = "letters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models must be loaded first.
        from banderole.common import chores, diagnosis, slots  # noqa: PLC0415
        from banderole.letters import receivers  # noqa: PLC0415
        from banderole.letters.domain import doctor, sending, subscribing  # noqa: PLC0415
        from banderole.letters.queries import newsletter_name, subscribe_form  # noqa: PLC0415
        from banderole.people import registry  # noqa: PLC0415
        from banderole.people.models import Contact  # noqa: PLC0415

        registry.register_subject("newsletter", newsletter_name)
        registry.register_form("subscribe", subscribing.open_subscription)
        chores.register("send letters", sending.send_letters, every=2, lane="letters")
        diagnosis.register(doctor.questions)
        slots.fill("after_article", "letters/_subscribe.html", subscribe_form, order=10)
        slots.fill("home", "letters/_subscribe.html", subscribe_form, order=40)
        slots.fill("footer_links", "letters/_footer_links.html", order=30)
        pre_delete.connect(receivers.forget_address, sender=Contact)
        post_migrate.connect(receivers.give_editors_their_rights, sender=self)
