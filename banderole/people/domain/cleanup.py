"""What vanishes by itself, once a day: sign-ups that nobody confirmed, keys of ended duties, old mail rows."""

from datetime import datetime, timedelta

from django.utils import timezone

from banderole.people.domain import duties, erase
from banderole.people.models import Mail, Person

UNCONFIRMED_FOR = timedelta(days=7)
MAIL_ROWS_FOR = timedelta(days=180)


def clean_up(*, now: datetime | None = None) -> int:
    """Do it all; return how many rows went."""
    now = now or timezone.now()
    return (
        forget_unconfirmed(now=now) + forget_mails(now=now) + duties.close_expired() + erase.replay_ledger()
    )


def forget_unconfirmed(*, now: datetime) -> int:
    """Delete persons without any consent or confirmed address who came more than seven days ago."""
    before = timezone.localdate(now - UNCONFIRMED_FOR)
    forgotten = (
        Person.objects.filter(made_on__lt=before, consents=None, account=None, erased_at=None)
        .exclude(contacts__verified_at__isnull=False)
        .exclude(memberships__isnull=False)
    )
    count = forgotten.count()
    forgotten.delete()
    return count


def forget_mails(*, now: datetime) -> int:
    done = Mail.objects.filter(written_at__lt=now - MAIL_ROWS_FOR, envelope=b"")
    return done.delete()[0]
