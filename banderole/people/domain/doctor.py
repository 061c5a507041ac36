"""What `banderole doctor` says about people: who holds the keys, and what waits."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from banderole.accounts import recovery
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
    if find_key(KeyKind.ASSOCIATION) is None:
        return Finding(
            "missing", "Association", "Nobody coordinates yet: open the link that `banderole up` shows."
        )
    count = Duty.objects.in_force().filter(right=Right.COORDINATE).values("account").distinct().count()
    if recovery.is_complete():
        card = "yes" if recovery.is_verified() else "no"
        return Finding(
            "good", "Association", f"Accounts that coordinate: {count}. Recovery card typed back: {card}."
        )
    return Finding(
        "wrong",
        "Association",
        "One account alone opens everything, and no recovery card was typed back: make a second one coordinate.",
    )


def _inbox() -> Finding:
    failed = InboxItem.objects.exclude(failed="")
    if failed.exists():
        names = ", ".join(sorted(set(failed.values_list("failed", flat=True))))
        return Finding(
            "wrong",
            "Inbox",
            f"Forms that cannot be opened: {failed.count()} ({names}). They are kept and tried again.",
        )
    waiting = InboxItem.objects.filter(received_hour__lt=timezone.now() - SLOW).count()
    if waiting:
        return Finding(
            "wrong", "Inbox", f"Forms that wait for hours: {waiting}. Is `banderole worker` running?"
        )
    return Finding("good", "Inbox", "No form waits.")


def _mails() -> Finding:
    waiting = Mail.objects.filter(sent_at=None, refused_at=None).count()
    if not wire.mail_leaves():
        return Finding("missing", "Mail", f"No relay is set. {_that_wait(waiting)} Set BANDEROLE_SMTP_HOST.")
    late = Mail.objects.filter(sent_at=None, refused_at=None, written_at__lt=timezone.now() - SLOW).count()
    if late:
        return Finding("wrong", "Mail", f"Mails that wait for hours: {late}. Look at the relay's log.")
    return Finding("good", "Mail", _that_wait(waiting))


def _that_wait(mails: int) -> str:
    return f"Mails that wait: {mails}." if mails else "No mail waits."


def _record() -> Finding:
    broken = record.first_break()
    if broken:
        return Finding(
            "wrong",
            "Record",
            f"Row {broken.pk} does not follow from the one before: somebody changed the record.",
        )
    return Finding("good", "Record", "The record is whole.")
