"""Newsletters and letters in Wagtail's admin."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views.snippets import DeleteView, EditView, SnippetViewSet, SnippetViewSetGroup

from banderole.letters.models import Letter, Newsletter


class EditLetterView(EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A letter that was sent is shown, not edited: what people got cannot change."""
        if not self.object.is_draft:
            return HttpResponseRedirect(reverse("letters_admin:progress", args=[self.object.pk]))
        return super().dispatch(request, *args, **kwargs)


class DeleteLetterView(DeleteView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The ledger of a letter that was sent is the proof of who got it."""
        if not self.object.is_draft:
            return HttpResponseRedirect(reverse("letters_admin:progress", args=[self.object.pk]))
        return super().dispatch(request, *args, **kwargs)


class LetterViewSet(SnippetViewSet):
    model = Letter
    icon = "mail"
    menu_label = _("Letters")
    list_display = [
        "subject",
        "newsletter",
        Column("get_state_display", label=_("State")),
        DateColumn("sent_at", label=_("Sent")),
    ]
    list_filter = ["newsletter", "state"]
    ordering = ["-id"]
    edit_view_class = EditLetterView
    delete_view_class = DeleteLetterView
    copy_view_enabled = False
    panels = [
        FieldPanel("newsletter"),
        FieldPanel("subject"),
        FieldPanel("preheader"),
        FieldPanel("body"),
    ]


class NewsletterViewSet(SnippetViewSet):
    model = Newsletter
    icon = "list-ul"
    menu_label = _("Newsletters")
    list_display = ["name", "rhythm", "language"]
    panels = [
        FieldPanel(field)
        for field in ("name", "slug", "promise", "rhythm", "sender_name", "language", "order")
    ]


class LettersGroup(SnippetViewSetGroup):
    items = (LetterViewSet, NewsletterViewSet)
    menu_icon = "mail"
    menu_label = _("Letters")
    menu_order = 250
