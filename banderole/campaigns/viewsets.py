"""Where editors write events and name partners, in Wagtail."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TitleFieldPanel,
)
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from banderole.campaigns.domain.change import facts_of, record_change
from banderole.campaigns.domain.participation import fill_seats
from banderole.campaigns.models import Event, Partner


class EventForm(WagtailAdminModelForm):
    """Moving or cancelling a published event here is told to those who come, just as from the people pages."""

    def save(self, commit: bool = True) -> Event:
        stored = Event.objects.filter(pk=self.instance.pk, published=True).first()
        before = facts_of(stored) if stored else None
        event: Event = super().save(commit=commit)
        if commit and before:
            event = record_change(event, before=before, by=self.for_user, now=timezone.now())
            fill_seats(event)  # there may be more of them now
        return event


class EventViewSet(SnippetViewSet):
    model = Event
    icon = "calendar-alt"
    menu_label = _("Events")
    list_display = ["title", "starts", "town", "status", "published"]
    list_filter = ["published", "status", "group", "campaign"]
    search_fields = ["title", "town"]
    ordering = ["-starts"]
    edit_handler = ObjectList(
        [
            TitleFieldPanel("title", targets=["slug"]),
            FieldPanel("slug"),
            FieldPanel("summary"),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]), FieldPanel("time_zone")],
                heading=_("When"),
                help_text=_("Those who come get a mail when you change this; it is held back ten minutes."),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("place_name"),
                    FieldRowPanel([FieldPanel("address"), FieldPanel("town")]),
                    FieldPanel("accessibility"),
                    FieldPanel("online_url"),
                ],
                heading=_("Where"),
            ),
            FieldPanel("description"),
            InlinePanel("slots", heading=_("Programme"), label=_("slot")),
            InlinePanel("event_partners", heading=_("Partners"), label=_("partner")),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("group"), FieldPanel("campaign")]),
                    FieldRowPanel([FieldPanel("capacity"), FieldPanel("language")]),
                    FieldRowPanel([FieldPanel("status"), FieldPanel("published")]),
                ],
                heading=_("Who and how"),
            ),
            InlinePanel("updates", heading=_("What was told"), label=_("update")),
        ],
        base_form_class=EventForm,
    )


class PartnerViewSet(SnippetViewSet):
    model = Partner
    icon = "group"
    menu_label = _("Partners")
    panels = [FieldPanel("name"), FieldPanel("url")]


class AgendaViewSets(SnippetViewSetGroup):
    items = (EventViewSet, PartnerViewSet)
    menu_label = _("Agenda")
    menu_icon = "calendar-alt"
    menu_order = 220
