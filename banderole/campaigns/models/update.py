from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from banderole.campaigns.enums import UpdateKind
from banderole.campaigns.models.campaign import CampaignPage
from banderole.campaigns.models.event import Event


class Update(models.Model):
    """One entry of the public timeline of a campaign, or of what was told about an event."""

    campaign = ParentalKey(
        CampaignPage, on_delete=models.CASCADE, related_name="updates", null=True, blank=True
    )
    event = ParentalKey(Event, on_delete=models.CASCADE, related_name="updates", null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=UpdateKind, default=UpdateKind.NEWS)
    at = models.DateTimeField(_("when"), default=timezone.now)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), blank=True, default="")
    url = models.CharField(_("link"), max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("update")
        verbose_name_plural = _("updates")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(campaign=None) ^ models.Q(event=None), name="update_of_one_thing"
            )
        ]

    def __str__(self) -> str:
        return self.title
