from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index
from wagtail.snippets.models import register_snippet


@register_snippet
class Byline(index.Indexed, models.Model):
    """Who signs an article: a person, a group, or the association itself."""

    name = models.CharField(
        _("name"), max_length=120, unique=True, help_text=_("As it stands under the headline.")
    )
    about = models.CharField(
        _("a few words"), max_length=300, blank=True, help_text=_("Who this is, for readers. May stay empty.")
    )

    panels = [FieldPanel("name"), FieldPanel("about")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
