from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, post_save

from banderole.common import chores, frame, imports, slots


class PublishingConfig(AppConfig):
    name = "banderole.publishing"
    label = "publishing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail import signals  # noqa: PLC0415 -- models must be loaded first

        from banderole.publishing import receivers  # noqa: PLC0415 -- models must be loaded first
        from banderole.publishing.domain.article_files import import_articles  # noqa: PLC0415 -- as above
        from banderole.publishing.domain.schedule import publish_what_is_due  # noqa: PLC0415 -- as above
        from banderole.publishing.domain.sizing import size_waiting_pictures  # noqa: PLC0415 -- as above
        from banderole.publishing.views import frame as own_frame  # noqa: PLC0415 -- as above

        frame.register_site(own_frame.site_of)
        frame.add_navigation(own_frame.navigation_in, order=10)
        slots.fill("footer_links", "publishing/_footer_links.html", own_frame.footer_links, order=10)
        imports.register(
            "article",
            import_articles,
            help="Articles: Markdown or HTML with front matter, the picture beside it.",
        )
        chores.register("publishing.size_pictures", size_waiting_pictures, every=2, lane="pictures")
        chores.register("publishing.publish_due", publish_what_is_due, every=30)

        post_migrate.connect(receivers.found_site_after_migrating, sender=self)
        signals.page_published.connect(receivers.announce_published_page)
        signals.page_unpublished.connect(receivers.announce_published_page)
        signals.post_page_move.connect(receivers.announce_moved_page)
        post_delete.connect(receivers.announce_deleted_page)
        for shared in ("SiteSettings", "SocialLink", "Byline"):
            post_save.connect(receivers.announce_shared_thing, sender=f"publishing.{shared}")
            post_delete.connect(receivers.announce_shared_thing, sender=f"publishing.{shared}")
