from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from banderole.publishing.blocks import BodyBlock
from banderole.publishing.models import SiteImage


class CampaignIndexPage(Page):
    """The page under which all campaigns stand."""

    lead = models.TextField(_("lead"), blank=True, default="")

    template = "campaigns/campaign_index_page.html"
    max_count_per_parent = 1
    show_in_menus_default = True
    parent_page_types = ["publishing.SitePage"]
    subpage_types = ["campaigns.CampaignPage"]
    content_panels = [*Page.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("list of campaigns")


class CampaignPage(Page):
    """A cause pursued over months: its story, one honest number, and what has happened."""

    lead = models.TextField(
        _("lead"), blank=True, default="", help_text=_("What it is about, in two sentences.")
    )
    cover = models.ForeignKey(
        SiteImage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    story = StreamField(BodyBlock(), verbose_name=_("story"), blank=True)
    starts = models.DateField(_("begins"), null=True, blank=True)
    goal_label = models.CharField(
        _("what is counted"),
        max_length=80,
        blank=True,
        default="",
        help_text=_("Such as: signatures collected."),
    )
    goal_target = models.PositiveIntegerField(_("goal"), null=True, blank=True)
    goal_current = models.PositiveIntegerField(_("today"), default=0)
    goal_unit = models.CharField(_("unit"), max_length=40, blank=True, default="")

    template = "campaigns/campaign_page.html"
    parent_page_types = ["campaigns.CampaignIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("cover"),
        FieldPanel("story"),
        MultiFieldPanel(
            [
                FieldPanel("goal_label"),
                FieldRowPanel(
                    [FieldPanel("goal_current"), FieldPanel("goal_target"), FieldPanel("goal_unit")]
                ),
            ],
            heading=_("One honest number"),
        ),
        FieldPanel("starts"),
        InlinePanel("updates", heading=_("Timeline"), label=_("update")),
    ]

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")

    @property
    def goal_percent(self) -> int:
        """How much of the goal is reached, from 0 to 100."""
        return min(100, self.goal_current * 100 // self.goal_target) if self.goal_target else 0
