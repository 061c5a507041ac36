from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PublishingConfig(AppConfig):
    name = "banderole.publishing"
    label = "publishing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from banderole.publishing import receivers  # noqa: PLC0415 -- models must be loaded first

        post_migrate.connect(receivers.found_site_after_migrating, sender=self)
