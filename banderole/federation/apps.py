from django.apps import AppConfig

from banderole.common import slots


class FederationConfig(AppConfig):
    name = "banderole.federation"
    label = "federation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from banderole.federation import queries  # noqa: PLC0415 -- models must be loaded first
        from banderole.federation.views.links import feed_links  # noqa: PLC0415 -- as above
        from banderole.publishing import registry  # noqa: PLC0415 -- as above

        slots.fill("head", "federation/_feed_links.html", feed_links)
        slots.fill("footer_links", "federation/_footer_link.html", order=40)
        registry.register_listing(queries.feeds_showing)
