from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from banderole.accounts.models import Account
from banderole.common.public_forms import PublicForm
from banderole.people.domain import persons
from banderole.welcome.models import Enrolment, Step
from banderole.welcome.queries import may_welcome_in


class JoinForm(PublicForm):
    """What a stranger tells; only a name and an address are asked for, and where they live."""

    name = forms.CharField(
        label=_("Your name, as we should call you"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.CharField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    postcode = forms.CharField(
        label=_("Your postcode"),
        help_text=_("It tells us which group is nearest to you."),
        validators=[
            RegexValidator(
                r"^\s*[0-9]{2}\s?[0-9]{3}\s*$", _("Write the five digits of your postcode, such as 14400.")
            )
        ],
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
    )
    phone = forms.CharField(
        label=_("Your phone number"),
        required=False,
        help_text=_("A call is the shortest way to get to know each other. Leave it out if you prefer mail."),
        validators=[
            RegexValidator(
                r"^\+?[0-9 ().-]{6,30}$", _("Write the number with digits, such as 06 12 34 56 78.")
            )
        ],
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    sentence = forms.CharField(
        label=_("A sentence about you, or about what you would like to do"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_email(self) -> str:
        try:
            return persons.normalise(self.cleaned_data["email"])
        except persons.AddressError as error:
            raise forms.ValidationError(str(error)) from error

    def clean_postcode(self) -> str:
        return "".join(self.cleaned_data["postcode"].split())


class WordForm(forms.Form):
    """What came of a call or a meeting."""

    text = forms.CharField(
        label=_("A note for the group"),
        required=False,
        max_length=2000,
        help_text=_(
            "What helps whoever goes on: what they like, when they are free. They may ask to read it."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReachedForm(WordForm):
    meet_at = forms.DateTimeField(
        label=_("You see each other on"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )


class MoveForm(forms.Form):
    step = forms.ModelChoiceField(Step.objects.none(), label=_("Step"), empty_label=None)

    def __init__(self, *args: object, enrolment: Enrolment, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self.fields["step"].queryset = enrolment.path.steps.exclude(pk=enrolment.step_id)  # type: ignore[attr-defined]  # a model field


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(Account.objects.none(), label=_("Hand over to"), empty_label=None)

    def __init__(self, *args: object, enrolment: Enrolment, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        able = [account.pk for account in may_welcome_in(enrolment.group) if account != enrolment.welcomer]
        self.fields["to"].queryset = Account.objects.filter(pk__in=able).order_by("login")  # type: ignore[attr-defined]  # a model field
