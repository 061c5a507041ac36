from django.db import models
from django.utils import timezone

from banderole.campaigns.enums import State
from banderole.campaigns.models.event import Event
from banderole.people.models import Person


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def coming(self) -> "ParticipationQuerySet":
        return self.filter(state=State.CONFIRMED)

    def queue(self) -> "ParticipationQuerySet":
        return self.filter(state=State.QUEUED).order_by("confirmed_at", "pk")

    def owed_a_mail(self) -> "ParticipationQuerySet":
        owed = models.Q(state__in=[State.CONFIRMED, State.QUEUED]) | models.Q(
            state=State.CANCELLED, told__in=[State.CONFIRMED, State.QUEUED]
        )
        return self.filter(owed).exclude(state=models.F("told")).order_by("pk")

    def to_be_told(self) -> "ParticipationQuerySet":
        return self.filter(state__in=[State.CONFIRMED, State.QUEUED]).order_by("pk")


class Participation(models.Model):
    """A person's yes to an event, for themselves and their guests; the name stands in a dossier of the event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="participations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="participations")
    state = models.CharField(max_length=16, choices=State, default=State.REQUESTED)
    guests = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    # The state that the person was last written about: where it differs, a mail is owed.
    told = models.CharField(max_length=16, choices=State, blank=True, default="")

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="one_yes_to_an_event")]
        indexes = [models.Index(fields=["event", "state"], name="participations_by_state")]

    def __str__(self) -> str:
        return f"participation {self.pk}"

    @property
    def seats(self) -> int:
        return 1 + self.guests
