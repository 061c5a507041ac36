from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from banderole.common.public_forms import PublicForm
from banderole.letters.models import Newsletter
from banderole.people.domain.persons import Address, AddressError, normalise


class SubscribeForm(PublicForm):
    address = forms.CharField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={"required": _("Write your mail address, such as camille@example.org.")},
    )
    newsletters = forms.ModelMultipleChoiceField(
        Newsletter.objects.all(),
        to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one letter."),
            "invalid_choice": _("Choose among the letters on this page."),
        },
    )

    def clean_address(self) -> Address:
        try:
            return normalise(self.cleaned_data["address"])
        except AddressError as error:
            raise ValidationError(str(error)) from error
