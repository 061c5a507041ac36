from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from banderole.letters.enums import Rhythm


class Newsletter(models.Model):
    """A publication that one can subscribe to."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(
        _("short name"),
        max_length=50,
        unique=True,
        help_text=_("Stands in addresses and in the record of consents: do not change it later."),
    )
    promise = models.CharField(
        _("what it brings"),
        max_length=200,
        help_text=_("In one sentence, for somebody who wonders whether to subscribe."),
    )
    rhythm = models.CharField(_("how often"), max_length=16, choices=Rhythm, default=Rhythm.MONTHLY)
    sender_name = models.CharField(
        _("name of the sender"),
        max_length=80,
        help_text=_("What a mailbox shows as the sender."),
        # It stands in a header of every letter.
        validators=[RegexValidator(r"^[^\x00-\x1f\x7f<>@]+$", _("Use a plain name, without < > @."))],
    )
    language = models.CharField(
        _("language"), max_length=8, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    order = models.PositiveSmallIntegerField(
        _("place in the list"), default=10, help_text=_("The first one is offered below each article.")
    )

    class Meta:
        ordering = ["order", "id"]
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")

    def __str__(self) -> str:
        return self.name

    @property
    def consent_subject(self) -> str:
        return f"newsletter:{self.slug}"
