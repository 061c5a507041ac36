from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from banderole.people.enums import Right
from banderole.people.models.group import Group


class DutyQuerySet(models.QuerySet["Duty"]):
    def in_force(self) -> "DutyQuerySet":
        return self.filter(Q(until=None) | Q(until__gt=timezone.now()))


class Duty(models.Model):
    """A dated right of an account to do one thing in one place: a group, an event, or everywhere."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="duties")
    right = models.CharField(_("duty"), max_length=16, choices=Right)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, null=True, blank=True, related_name="duties")
    event = models.CharField(max_length=64, blank=True, default="")  # the uid of an event
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")

    @property
    def last_day(self) -> date | None:
        """The last day on which the duty is in force; `until` is the moment after it."""
        if self.until is None:
            return None
        return timezone.localdate(self.until - timedelta(microseconds=1))
