"""All outside input of people's pages."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from banderole.accounts.models import Account, valid_login
from banderole.common.public_forms import PublicForm
from banderole.people.domain import persons
from banderole.people.enums import GroupKind, Right
from banderole.people.models import Group

GRANTED_HERE = [right for right in Right if right != Right.HOST]  # hosts are named on their event's page
IN_A_GROUP = {Right.WELCOME, Right.SEE_MEMBERS}


class GroupForm(forms.ModelForm[Group]):
    class Meta:
        model = Group
        fields = ["name", "kind", "town", "postcodes", "join_mode", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}

    def clean_postcodes(self) -> str:
        beginnings = str(self.cleaned_data["postcodes"]).replace(",", " ").split()
        if any(not (code.isascii() and code.isdecimal() and len(code) <= 5) for code in beginnings):
            raise forms.ValidationError(_("Write beginnings of postcodes, with spaces between: 144 14520."))
        return " ".join(beginnings)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("kind") == GroupKind.LOCAL and not said.get("town") and not said.get("postcodes"):
            self.add_error("town", _("Say where the local group is: a town, or beginnings of postcodes."))
        return said


class NoteForm(forms.Form):
    text = forms.CharField(label=_("Note"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class InviteForm(forms.Form):
    login = forms.CharField(label=_("Login name"), max_length=40, validators=[valid_login])
    locale = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class GrantForm(forms.Form):
    account = forms.ModelChoiceField(
        Account.objects.filter(is_active=True).exclude(key=None).order_by("login"), label=_("Who")
    )
    right = forms.ChoiceField(
        label=pgettext_lazy("duty", "May"), choices=[(right.value, right.label) for right in GRANTED_HERE]
    )
    group = forms.ModelChoiceField(
        Group.objects.all(),
        label=_("Where"),
        required=False,
        empty_label=_("everywhere"),
        help_text=_("To welcome and to see members needs a group."),
    )
    until = forms.DateField(
        label=_("Until (and including)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Empty: until somebody ends it."),
    )

    def clean_until(self) -> datetime | None:
        last_day: date | None = self.cleaned_data["until"]
        if last_day is None:
            return None
        if last_day < timezone.localdate():
            raise forms.ValidationError(_("This day is over: choose a later one."))
        return timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time.min))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("right") in IN_A_GROUP and not said.get("group"):
            self.add_error("group", _("Choose the group."))
        return said


class MyDataForm(PublicForm):
    email = forms.CharField(
        label=_("Your mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )

    def clean_email(self) -> str:
        try:
            return persons.normalise(self.cleaned_data["email"])
        except persons.AddressError as error:
            raise forms.ValidationError(str(error)) from error
