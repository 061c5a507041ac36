from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from banderole.campaigns.enums import Aspect, Status
from banderole.campaigns.models.event import Event
from banderole.campaigns.models.when import span_text


class Notice(models.Model):
    """A mail to all who come, held back so that changes gather in it and can be undone."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="notices")
    before = models.JSONField(encoder=DjangoJSONEncoder)  # the facts before the first change it tells
    due_at = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event"], condition=models.Q(sent_at=None), name="one_held_notice_of_an_event"
            )
        ]


class Change(models.Model):
    """One line of an event's public log of changes: what stood there, and what stands there now."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="changes")
    notice = models.ForeignKey(Notice, on_delete=models.SET_NULL, null=True, related_name="changes")
    at = models.DateTimeField(default=timezone.now)
    what = models.CharField(max_length=16, choices=Aspect)
    old = models.CharField(max_length=500)  # from when to when in ISO 8601, a place as a line, or a Status
    new = models.CharField(max_length=500)
    note = models.CharField(_("a word of explanation"), max_length=300, blank=True, default="")
    noticed_at = models.DateTimeField(null=True)  # when those who come were told

    class Meta:
        ordering = ["-at", "-pk"]

    @property
    def sentence(self) -> str:
        """What has changed, for the first line of the page."""
        return str(
            Status(self.new).label if self.what == Aspect.STATUS else Aspect(self.what).label
        ).capitalize()

    @property
    def old_text(self) -> str:
        return self._text(self.old)

    @property
    def new_text(self) -> str:
        return self._text(self.new)

    def _text(self, value: str) -> str:
        if self.what == Aspect.STARTS:
            starts, ends = map(datetime.fromisoformat, value.split("/"))
            return span_text(starts, ends, self.event.zone)
        return str(Status(value).label) if self.what == Aspect.STATUS else value
