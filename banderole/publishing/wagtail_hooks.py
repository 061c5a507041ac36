"""Where Wagtail asks publishing."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from banderole.publishing import queries
from banderole.publishing.models import Article


@hooks.register("before_serve_page")
def remember_shown_page(page: Page, request: HttpRequest, _args: Any, _kwargs: Any) -> None:
    """The frame names the page's translations: it finds the page here."""
    request.shown_page = page  # type: ignore[attr-defined]


class WritePanel(Component):
    """The first thing an editor sees: where to write an article, and which drafts wait."""

    order = 10
    template_name = "publishing/admin/write_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        sections = [
            section for home in queries.homes() for section in queries.sections_in(home.locale.language_code)
        ]
        user = parent_context["request"].user
        return {
            "sections": [
                section for section in sections if section.permissions_for_user(user).can_add_subpage()
            ],
            "drafts": Article.objects.filter(has_unpublished_changes=True).order_by(
                "-latest_revision_created_at"
            )[:5],
        }


@hooks.register("construct_homepage_panels")
def offer_to_write(_request: HttpRequest, panels: list[Component]) -> None:
    panels.insert(0, WritePanel())
