"""Deleting who came: thirty days after an event its names are gone, the numbers stay."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from banderole.campaigns.enums import Status
from banderole.campaigns.models import Event
from banderole.people.domain import dossiers

KEPT_FOR = timedelta(days=30)
POSTPONED_FOR = timedelta(days=365)  # then nobody waits for its new date any more


def forget_names() -> int:
    """Delete the names of the events that are over for thirty days; return of how many events."""
    now = timezone.now()
    over = Event.objects.filter(ends__lt=now - KEPT_FOR, forgotten_at=None)
    over = over.exclude(status=Status.POSTPONED, ends__gte=now - POSTPONED_FOR)
    return sum(_forget(event) for event in over)


@transaction.atomic
def _forget(event: Event) -> bool:
    dossiers.forget(event.scope)
    return Event.objects.filter(pk=event.pk, forgotten_at=None).update(forgotten_at=timezone.now()) == 1
