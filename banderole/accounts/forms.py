from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from banderole.accounts.models import valid_login
from banderole.vault.cards import Words, same_word, word_at


def _passphrase_field(label: Any, autocomplete: str, help_text: Any = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=200, widget=widget, help_text=help_text)


def _login_field() -> forms.CharField:
    attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
    return forms.CharField(label=_("Login name"), max_length=40, widget=forms.TextInput(attrs=attrs))


class LoginForm(forms.Form):
    login = _login_field()
    passphrase = _passphrase_field(_("Passphrase"), "current-password")


class UnlockForm(forms.Form):
    passphrase = _passphrase_field(_("Passphrase"), "current-password")


class NewPassphraseForm(forms.Form):
    passphrase = _passphrase_field(
        _("Passphrase"),
        "new-password",
        _("15 characters or more: four or five words that only you would put together."),
    )
    again = _passphrase_field(_("The same passphrase again"), "new-password")

    def clean_passphrase(self) -> str:
        passphrase: str = self.cleaned_data["passphrase"]
        validate_password(passphrase)
        return passphrase

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("passphrase") and cleaned["passphrase"] != cleaned.get("again"):
            self.add_error("again", _("The two passphrases are not the same."))
        return cleaned


class BeginForm(NewPassphraseForm):
    login = _login_field()
    field_order = ["login", "passphrase", "again"]

    def clean_login(self) -> str:
        login: str = self.cleaned_data["login"]
        valid_login(login)
        return login


class ChangePassphraseForm(NewPassphraseForm):
    current = _passphrase_field(_("Your passphrase until now"), "current-password")
    field_order = ["current", "passphrase", "again"]


class RecoverForm(NewPassphraseForm):
    login = _login_field()
    words = forms.CharField(
        label=_("The 24 words on the card"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("In their order, with spaces between. Accents do not matter."),
    )
    field_order = ["login", "words", "passphrase", "again"]


class CardCheckForm(forms.Form):
    """Two words of the card, typed back from the paper."""

    first = forms.CharField(max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    second = forms.CharField(max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args: Any, words: Words, positions: tuple[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._right = dict(zip(("first", "second"), positions, strict=True))
        self._words = words
        for name, position in self._right.items():
            self.fields[name].label = _("Word number %(number)s") % {"number": position}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, position in self._right.items():
            if name in cleaned and not same_word(cleaned[name], word_at(self._words, position)):
                self.add_error(
                    name, ValidationError(_("The card says another word here. Look at the paper again."))
                )
        return cleaned
