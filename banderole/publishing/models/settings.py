from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Orderable

from banderole.publishing.models import cloth
from banderole.publishing.models.images import SiteImage


def check_cloth(value: str) -> None:
    """Raise ValidationError unless letters can be read on this colour."""
    if not cloth.is_colour(value):
        raise ValidationError(_("Write the colour as # and six figures, such as #0b6b6f."))
    if not cloth.is_readable(value):
        raise ValidationError(
            _(
                "Neither white nor black letters can be read on %(colour)s. A little darker works: %(darker)s."
            ),
            params={"colour": value, "darker": cloth.nearest_readable(value)},
        )


@register_setting(icon="site")
class SiteSettings(ClusterableModel, BaseGenericSetting):
    """What the association says about itself on every page, and what the law wants named."""

    name = models.CharField(_("name of the association"), max_length=80, default="Banderole")
    tagline = models.CharField(
        _("in one sentence"),
        max_length=160,
        blank=True,
        help_text=_("What you do, for somebody who never heard of you."),
    )
    cloth = models.CharField(
        _("colour"),
        max_length=7,
        default="#c8102e",
        validators=[check_cloth],
        help_text=_(
            "The colour of the band, the labels and the buttons: # and six figures, such as #0b6b6f."
        ),
    )
    logo = models.ForeignKey(
        SiteImage, verbose_name=_("logo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    founded = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)

    legal_form = models.CharField(
        _("legal form"), max_length=120, blank=True, help_text=_("Such as: association loi de 1901.")
    )
    registration = models.CharField(
        _("registration number"), max_length=60, blank=True, help_text=_("RNA (W…) or SIREN.")
    )
    address = models.TextField(_("address of the seat"), max_length=300, blank=True)
    contact_email = models.EmailField(_("mail address for the public"), blank=True)
    contact_phone = models.CharField(_("phone for the public"), max_length=30, blank=True)
    director = models.CharField(
        _("director of publication"), max_length=120, blank=True,
        help_text=_("French law wants a person named who answers for what is published."),
    )  # fmt: skip
    host_name = models.CharField(
        _("host"), max_length=120, blank=True, help_text=_("Who runs the computer this site is on.")
    )
    host_address = models.TextField(_("address of the host"), max_length=300, blank=True)
    host_phone = models.CharField(_("phone of the host"), max_length=30, blank=True)
    data_contact = models.EmailField(
        _("mail address for personal data"),
        blank=True,
        help_text=_("Where people write to see or erase their data."),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel(field) for field in ("name", "tagline", "cloth", "logo", "founded")],
            heading=_("The association"),
        ),
        InlinePanel("social_links", heading=_("Elsewhere"), label=_("Link")),
        MultiFieldPanel(
            [
                FieldPanel(field)
                for field in (
                    "legal_form",
                    "registration",
                    "address",
                    "contact_email",
                    "contact_phone",
                    "director",
                    "host_name",
                    "host_address",
                    "host_phone",
                    "data_contact",
                )
            ],
            heading=_("Legal notice"),
        ),
    ]

    class Meta:
        verbose_name = _("the association")


class SocialLink(Orderable):
    """Where else the association can be read."""

    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="social_links")
    label = models.CharField(_("name"), max_length=40, help_text=_("Such as: Mastodon."))
    url = models.URLField(_("address"), max_length=300)

    panels = [FieldPanel("label"), FieldPanel("url")]
