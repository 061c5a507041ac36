"""All that comes from outside: what visitors and hosts type."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from banderole.campaigns.domain.change import PLACE
from banderole.campaigns.domain.participation import MOST_SEATS
from banderole.campaigns.enums import Status
from banderole.campaigns.models import Event
from banderole.common.public_forms import PublicForm
from banderole.people.domain import persons

TAKES_PLACE = "takes_place"
HOUR_FORMAT = "%Y-%m-%dT%H:%M"  # what <input type="datetime-local"> sends


def seat_choices() -> list[tuple[int, str]]:
    return [
        (seats, ngettext_lazy("%(n)d person", "%(n)d persons", seats) % {"n": seats})
        for seats in range(1, MOST_SEATS + 1)
    ]


class ParticipateForm(PublicForm):
    """Coming to an event, without an account."""

    name = forms.CharField(
        label=_("First name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    address = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    seats = forms.TypedChoiceField(label=_("We shall be"), choices=seat_choices, coerce=int, initial=1)

    def clean_address(self) -> str:
        try:
            return persons.normalise(self.cleaned_data["address"])
        except persons.AddressError as error:
            raise forms.ValidationError(str(error)) from error


class ChangeForm(forms.Form):
    """A new date, a new place, or that it does not take place."""

    starts = forms.DateTimeField(
        label=_("Begins"),
        input_formats=[HOUR_FORMAT],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=HOUR_FORMAT),
    )
    place_name = forms.CharField(label=_("Place"), max_length=120, required=False)
    address = forms.CharField(label=_("Street"), max_length=160, required=False)
    town = forms.CharField(label=_("Town"), max_length=80, required=False)
    online_url = forms.URLField(label=_("Online at"), required=False, assume_scheme="https")
    status = forms.ChoiceField(
        label=_("Does it take place?"),
        choices=[
            (TAKES_PLACE, _("yes")),
            (Status.TENTATIVE, _("perhaps: the date is to be confirmed")),
            (Status.POSTPONED, _("postponed, without a new date yet")),
            (Status.CANCELLED, _("cancelled")),
            (Status.FORBIDDEN, _("forbidden by the authorities")),
        ],
    )
    note = forms.CharField(
        label=_("A word of explanation"),
        max_length=300,
        required=False,
        help_text=_("Stands on the page and in the mail."),
    )

    def __init__(self, data: QueryDict | None = None, *, event: Event) -> None:
        self.event = event
        fields = {name: getattr(event, name) for name in PLACE}
        as_planned = event.takes_place and event.status != Status.TENTATIVE
        self.unchanged_status = TAKES_PLACE if as_planned else event.status
        starts = event.starts.astimezone(event.zone).replace(tzinfo=None)
        super().__init__(data, initial={**fields, "starts": starts, "status": self.unchanged_status})

    def clean_starts(self) -> datetime:
        # The form shows and takes hours of the event's own time zone, wherever the server stands.
        local: datetime = self.cleaned_data["starts"].replace(tzinfo=None)
        return make_aware(local, self.event.zone)

    def changes(self) -> dict[str, Any]:
        """What `change_event` is asked to change."""
        data = self.cleaned_data
        status = Status.CONFIRMED if data["status"] == TAKES_PLACE else Status(data["status"])
        return {
            "starts": data["starts"],
            "place": {name: data[name] for name in PLACE},
            # Whoever only moves it leaves open whether its status is "moved" already.
            "status": None if data["status"] == self.unchanged_status else status,
            "note": data["note"],
        }


class HeadCountForm(forms.Form):
    head_count = forms.IntegerField(label=_("How many came"), min_value=0, max_value=100_000)
