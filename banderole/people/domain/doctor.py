"""What `banderole doctor` says about people: who holds the keys, and what waits."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from banderole.common import mail as wire
from banderole.common.diagnosis import Finding
from banderole.people.domain import record
from banderole.people.enums import Right
from banderole.people.models import Duty, InboxItem, Mail
from banderole.vault.keys import find_key
from banderole.vault.models import KeyKind

SLOW = timedelta(hours=2)


def findings() -> Iterator[Finding]:
    yield _who_coordinates()
    yield _inbox()
    yield _mails()
    yield _record()


def _who_coordinates() -> Finding:
    association = find_key(KeyKind.ASSOCIATION)
    if association is None:
        return Finding(
            "missing", "association", "Nobody coordinates yet: open the link that `banderole up` shows."
        )
    count = Duty.objects.in_force().filter(right=Right.COORDINATE).values("account").distinct().count()
    card = find_key(KeyKind.CARD)
    has_card = card is not None and association.wraps.filter(reader=card).exists()
    if count >= 2 or has_card:
        return Finding(
            "good",
            "association",
            f"{count} account(s) coordinate, recovery card: {'yes' if has_card else 'no'}.",
        )
    return Finding(
        "wrong",
        "association",
        "One account alone opens everything, and there is no recovery card: make a second one coordinate.",
    )


def _inbox() -> Finding:
    failed = InboxItem.objects.exclude(failed="")
    if failed.exists():
        names = ", ".join(sorted(set(failed.values_list("failed", flat=True))))
        return Finding(
            "wrong",
            "inbox",
            f"{failed.count()} form(s) cannot be opened ({names}). They are kept and tried again.",
        )
    waiting = InboxItem.objects.filter(received_hour__lt=timezone.now() - SLOW).count()
    if waiting:
        return Finding("wrong", "inbox", f"{waiting} form(s) wait for hours: is `banderole worker` running?")
    return Finding("good", "inbox", "No form waits.")


def _mails() -> Finding:
    waiting = Mail.objects.filter(sent_at=None, refused_at=None).count()
    if not wire.mail_leaves():
        return Finding(
            "missing", "mail", f"No relay is set: {waiting} mail(s) wait. Set BANDEROLE_SMTP_HOST."
        )
    late = Mail.objects.filter(sent_at=None, refused_at=None, written_at__lt=timezone.now() - SLOW).count()
    if late:
        return Finding("wrong", "mail", f"{late} mail(s) wait for hours: look at the relay's log.")
    return Finding("good", "mail", f"{waiting} mail(s) wait.")


def _record() -> Finding:
    broken = record.first_break()
    if broken:
        return Finding(
            "wrong",
            "record",
            f"Row {broken.pk} does not follow from the one before: somebody changed the record.",
        )
    return Finding("good", "record", "The record is whole.")
