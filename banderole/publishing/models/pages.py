from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from banderole.publishing.blocks import BodyBlock, StandardBodyBlock
from banderole.publishing.models.bylines import Byline
from banderole.publishing.models.images import SiteImage


class PublicPage(Page):
    """Every page is public once it is published: it is a file, and a file asks nobody for a password."""

    private_page_options: list[str] = []

    class Meta:
        abstract = True

    def check_address(self) -> None:
        """Raise ValidationError if the program itself answers at this address, so that nobody would see the page."""
        for prefix in ("", "/en"):
            try:
                taken = resolve(f"{prefix}/{self.slug}/").url_name != "wagtail_serve"
            except Resolver404:
                taken = False
            if taken or self.slug in {"static", "media", "en"}:
                raise ValidationError(
                    {
                        "slug": _("The address /%(slug)s/ is taken by the program itself: choose another.")
                        % {"slug": self.slug}
                    }
                )


class SitePage(PublicPage):
    """The home page, one in each language."""

    tagline = models.CharField(
        _("in one sentence"),
        max_length=160,
        blank=True,
        help_text=_("In this page’s language. Leave it empty to use the sentence of the settings."),
    )

    headline = models.CharField(
        _("large words"),
        max_length=90,
        blank=True,
        help_text=_(
            "What you want, in a few words: they open the site. Leave it empty to use the sentence above."
        ),
    )
    lead = models.TextField(
        _("lead"), max_length=400, blank=True, help_text=_("Who you are, in two or three sentences.")
    )

    content_panels = [*Page.content_panels, FieldPanel("tagline"), FieldPanel("headline"), FieldPanel("lead")]
    parent_page_types = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Without an English home, Wagtail answers /en/ with the French one: send the reader to its own address.
        if translation.get_language() != self.locale.language_code:
            return HttpResponseRedirect(self.get_url(request))
        return super().serve(request, *args, **kwargs)


class Section(PublicPage):
    """A part of the site under which articles stand, such as « Actualité »."""

    lead = models.TextField(
        _("lead"),
        max_length=400,
        blank=True,
        help_text=_("What this section is about, in a sentence or two."),
    )

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    parent_page_types = ["publishing.SitePage"]
    subpage_types = ["publishing.Article"]
    show_in_menus_default = True

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def clean(self) -> None:
        super().clean()
        self.check_address()

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Pages of the list have addresses of their own (page/2/), so that they can be files."""
        match path_components:
            case ["page", number] if (
                number.isascii() and number.isdecimal() and len(number) < 6 and number[0] != "0"
            ):
                if number == "1" or not self.live:
                    raise Http404
                return RouteResult(self, kwargs={"number": int(number)})
        return super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, number: int = 1, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "number": number}


class Article(PublicPage):
    lead = models.TextField(
        _("lead"),
        max_length=500,
        blank=True,
        help_text=_(
            "Two or three sentences that make one want to read on. Lists and share cards show them too."
        ),
    )
    date = models.DateField(_("date"), default=timezone.localdate, db_index=True)
    cover = models.ForeignKey(
        SiteImage,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    cover_caption = models.CharField(
        _("caption"),
        max_length=300,
        blank=True,
        help_text=_("Leave it empty to use the caption kept with the picture."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True, default=[("text", "")])
    # From which file `import article` made it: a hash, since the path itself may name people.
    import_key = models.CharField(max_length=64, blank=True, db_index=True, editable=False)

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel([FieldPanel("cover"), FieldPanel("cover_caption")], heading=_("Picture")),
        FieldPanel("body"),
        InlinePanel("signatures", heading=_("Who signs it"), label=_("Byline")),
        FieldPanel("date"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("lead"),
        index.SearchField("body"),
        index.FilterField("date"),
    ]
    parent_page_types = ["publishing.Section"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    @cached_property
    def section(self) -> Section:
        return self.get_parent().specific

    @property
    def bylines(self) -> list[Byline]:
        return [signature.byline for signature in self.signatures.all()]

    @property
    def summary(self) -> str:
        """One or two sentences for lists, share cards and feeds: the lead, or the beginning of the text."""
        return self.search_description or self.lead or Truncator(self.words).words(35, truncate=" …")

    @property
    def words(self) -> str:
        """The text without any markup."""
        found = (part for block in self.body for part in block.block.get_searchable_content(block.value))
        return " ".join(" ".join(strip_tags(str(part)) for part in found).split())

    @property
    def minutes(self) -> int:
        """How long it takes to read, at 200 words a minute."""
        return max(1, round(len(self.words.split()) / 200))

    @property
    def caption(self) -> str:
        return self.cover_caption or (self.cover.caption if self.cover else "")


class ArticleByline(Orderable):
    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="signatures")
    byline = models.ForeignKey(Byline, verbose_name=_("byline"), on_delete=models.PROTECT, related_name="+")

    panels = [FieldPanel("byline")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["article", "byline"], name="byline_once_per_article")]


class StandardPage(PublicPage):
    """A page that stands by itself: who we are, legal notice, privacy."""

    lead = models.TextField(_("lead"), max_length=500, blank=True)
    body = StreamField(StandardBodyBlock(), verbose_name=_("text"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]
    parent_page_types = ["publishing.SitePage", "publishing.StandardPage"]
    subpage_types = ["publishing.StandardPage"]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def clean(self) -> None:
        super().clean()
        self.check_address()
