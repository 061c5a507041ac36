from django.db import models
from django.utils.translation import gettext_lazy as _

from banderole.people.enums import GroupKind, JoinMode


class Group(models.Model):
    """A local, thematic or working group; its name and area are public."""

    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    kind = models.CharField(_("kind"), max_length=16, choices=GroupKind, default=GroupKind.LOCAL)
    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    town = models.CharField(_("town"), max_length=80, blank=True, default="")
    postcodes = models.CharField(
        _("postcodes"),
        max_length=400,
        blank=True,
        default="",
        help_text=_("Beginnings of postcodes, with spaces between: 144 14 50."),
    )
    latitude = models.FloatField(null=True, editable=False)  # of the town, filled in when the town is set
    longitude = models.FloatField(null=True, editable=False)
    description = models.TextField(_("description"), blank=True, default="")
    join_mode = models.CharField(_("how to join"), max_length=16, choices=JoinMode, default=JoinMode.OPEN)

    class Meta:
        ordering = ["name"]
        verbose_name = _("group")
        verbose_name_plural = _("groups")

    def __str__(self) -> str:
        return self.name
