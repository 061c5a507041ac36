from typing import Any

from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import PreviewableMixin

from banderole.letters.blocks import LetterBlock
from banderole.letters.enums import LetterState
from banderole.letters.models.newsletter import Newsletter

# A mail carries its style in itself; only the preview, which shows a mail, may do so too.
PREVIEW_POLICY = {"style-src": ["'self'", "'unsafe-inline'"], "frame-ancestors": ["'self'"]}


class Letter(PreviewableMixin, models.Model):
    """One mailing of a newsletter: a draft that one edits, then bytes that never change."""

    newsletter = models.ForeignKey(
        Newsletter, on_delete=models.PROTECT, related_name="letters", verbose_name=_("newsletter")
    )
    subject = models.CharField(_("subject"), max_length=120)
    preheader = models.CharField(
        _("first line"),
        max_length=140,
        blank=True,
        help_text=_("What mailboxes show after the subject."),
    )
    body = StreamField(LetterBlock(), verbose_name=_("text"), blank=True)

    state = models.CharField(max_length=8, choices=LetterState, default=LetterState.DRAFT, editable=False)
    slug = models.SlugField(max_length=140, blank=True, default="", editable=False)
    # From here on: set once when it is sent.
    sent_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)
    frozen = models.PositiveIntegerField(
        default=0, editable=False
    )  # how many recipients the ledger started with
    compiled = models.BinaryField(null=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    trouble = models.CharField(max_length=64, blank=True, default="", editable=False)

    class Meta:
        ordering = ["-sent_at", "-id"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        permissions = [("send_letter", "Can send letter")]
        constraints = [
            models.UniqueConstraint(fields=["slug"], condition=~Q(slug=""), name="one_letter_a_slug"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_draft(self) -> bool:
        return self.state == LetterState.DRAFT

    def get_absolute_url(self) -> str:
        with translation.override(self.newsletter.language):
            return reverse("letters:letter", args=[self.slug])

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("mail", _("Mail")), ("text", _("Text only")), ("page", _("Page on the site"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:  # noqa: ARG002 -- Wagtail's signature
        return f"letters/preview_{mode_name or 'mail'}.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:  # noqa: ARG002 -- Wagtail's signature
        return {"letter": self, "request": request}

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        response: HttpResponse = super().serve_preview(request, mode_name)
        response._csp_replace = PREVIEW_POLICY  # type: ignore[attr-defined]  # noqa: SLF001 -- how django-csp is told
        return response
