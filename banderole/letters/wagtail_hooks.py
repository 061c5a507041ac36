from typing import Any

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.models import register_snippet

from banderole.accounts.models import Account
from banderole.letters.models import Letter
from banderole.letters.queries import may_send
from banderole.letters.views import sending
from banderole.letters.viewsets import LettersGroup

register_snippet(LettersGroup)


@hooks.register("register_admin_urls")
def admin_urls() -> list[object]:
    urls = [
        path("<int:pk>/", sending.send, name="send"),
        path("<int:pk>/progress/", sending.progress, name="progress"),
        path("<int:pk>/stop/", sending.stop, name="stop"),
    ]
    return [path("send-letter/", include((urls, "letters_admin"), namespace="letters_admin"))]


@hooks.register("register_snippet_listing_buttons")
def send_from_the_list(snippet: object, user: Account, next_url: str | None = None) -> list[Button]:  # noqa: ARG001 -- Wagtail passes next_url by name
    if not isinstance(snippet, Letter) or not may_send(user):
        return []
    if snippet.is_draft:
        return [
            Button(
                _("Check and send"),
                reverse("letters_admin:send", args=[snippet.pk]),
                icon_name="mail",
                priority=5,
            )
        ]
    return [
        Button(
            _("How it went"),
            reverse("letters_admin:progress", args=[snippet.pk]),
            icon_name="view",
            priority=5,
        )
    ]


class SendMenuItem(ActionMenuItem):
    """Beside "save" on the page where a draft is written; it looks at what was saved."""

    name = "send"
    label = _("Check and send")
    icon_name = "mail"
    order = 20

    def is_shown(self, context: dict[str, Any]) -> bool:
        letter = context.get("instance")
        return isinstance(letter, Letter) and letter.is_draft and may_send(context["request"].user)

    def get_url(self, context: dict[str, Any]) -> str:
        return reverse("letters_admin:send", args=[context["instance"].pk])


@hooks.register("register_snippet_action_menu_item")
def send_from_the_letter(model: type[object]) -> ActionMenuItem | None:
    return SendMenuItem() if model is Letter else None
