"""The book of one letter: one row a recipient, every move a commit.

Decides which moves are allowed. What happens on the wire between two moves is `waves`' matter.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet, Value

from banderole.letters.enums import NOT_HANDED_OVER, UNFINISHED, Cause, Delivery, LetterState
from banderole.letters.exceptions import Stopped, Unbalanced
from banderole.letters.models import Letter, Newsletter, Recipient, Suppression
from banderole.letters.queries import audience, ledger_of, subscribers
from banderole.people.models import Contact, Person

LEASE = timedelta(minutes=15)  # longer than the longest wait for an answer to the dot
WAITS = (1, 5, 15, 60, 120, 240, 480, 720, 720)  # minutes between tries: two days in all, nearly
FROZEN_COLUMNS = ("letter_id", "person_id", "contact_id", "address_index", "state", "fence", "tries", "cause")


class Outcome(NamedTuple):
    """What became of one recipient in a wave."""

    recipient: Recipient
    state: Delivery
    cause: str = ""


def freeze(letter: Letter) -> int:
    """Write a row for each person who is to get this letter, in one statement; return how many."""
    rows = (
        audience(letter.newsletter)
        .order_by("pk")
        .values_list(
            Value(letter.pk), "person_id", "pk", "blind_index", Value(Delivery.READY.value), Value(0), Value(0), Value("")
        )
    )  # fmt: skip
    sql, parameters = rows.query.sql_with_params()
    columns = ", ".join(connection.ops.quote_name(column) for column in FROZEN_COLUMNS)
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(Recipient._meta.db_table)  # noqa: SLF001 -- Django's own documented door
        cursor.execute(f"INSERT INTO {table} ({columns}) {sql}", parameters)
        return int(cursor.rowcount)


def check_balance(letter: Letter) -> dict[Delivery, int]:
    """The count of each state; raises Unbalanced where they do not add up to what was frozen."""
    counts = ledger_of(letter)
    if sum(counts.values()) != letter.frozen:
        raise Unbalanced(f"{letter.frozen} frozen, {sum(counts.values())} on the ledger")
    return counts


def is_finished(counts: dict[Delivery, int]) -> bool:
    return not any(counts[state] for state in UNFINISHED)


@transaction.atomic
def claim(letter: Letter, *, fence: int, count: int, now: datetime) -> list[Recipient]:
    """Take up to `count` rows that wait; other senders pass them over until the lease ends."""
    Recipient.objects.filter(letter=letter, state=Delivery.DEFERRED, next_try_at__lte=now).update(
        state=Delivery.READY
    )
    waiting = Recipient.objects.filter(letter=letter, state=Delivery.READY).order_by("pk")
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True)
    rows = list(waiting[:count])
    Recipient.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=Delivery.CLAIMED, fence=fence, lease_until=now + LEASE
    )
    return rows


@transaction.atomic
def commit_to(rows: Sequence[Recipient], *, letter: Letter, fence: int) -> set[int]:
    """Move rows to `committing`, just before their dots; return the ids that may be sent.

    In the same transaction: the fence must still be ours, the letter not stopped (else Stopped is raised), the
    person still subscribed and reachable. So whoever unsubscribed first wins.
    """
    ids = [row.pk for row in rows]
    ours = Recipient.objects.filter(pk__in=ids, state=Delivery.CLAIMED, fence=fence)
    held = {row.pk: row for row in ours.select_for_update()}
    if not Letter.objects.filter(pk=letter.pk, state=LetterState.SENDING).exists():
        raise Stopped
    causes = _reasons_against(list(held.values()), letter.newsletter)
    for pk, cause in causes.items():
        Recipient.objects.filter(pk=pk).update(state=Delivery.SUPPRESSED, cause=cause)
    allowed = held.keys() - causes.keys()
    ours.filter(pk__in=allowed).update(state=Delivery.COMMITTING)
    return set(allowed)


@transaction.atomic
def record(outcomes: Iterable[Outcome], *, fence: int, now: datetime) -> None:
    """Write down what became of the rows of a wave, in one commit."""
    for outcome in outcomes:
        row = outcome.recipient
        mine = Recipient.objects.filter(
            pk=row.pk, fence=fence, state__in=[Delivery.CLAIMED, Delivery.COMMITTING]
        )
        if outcome.state == Delivery.DEFERRED:
            _defer(mine, row, outcome.cause, now)
        else:
            mine.update(state=outcome.state, cause=outcome.cause, lease_until=None)


def give_back(*, fence: int) -> None:
    """Let others take what this sender had taken up and not begun."""
    Recipient.objects.filter(state=Delivery.CLAIMED, fence=fence).update(state=Delivery.READY)


def cancel_rest(letter: Letter) -> int:
    """No one who has not been handed over gets this letter any more."""
    return Recipient.objects.filter(letter=letter, state__in=NOT_HANDED_OVER).update(state=Delivery.CANCELLED)


def leave_out(person: Person, newsletter: Newsletter, *, cause: Cause) -> int:
    """Take a person off the letters of this newsletter that are under way."""
    return Recipient.objects.filter(
        person=person,
        letter__newsletter=newsletter,
        letter__state=LetterState.SENDING,
        state__in=NOT_HANDED_OVER,
    ).update(state=Delivery.SUPPRESSED, cause=cause)


def _defer(mine: QuerySet[Recipient], row: Recipient, cause: str, now: datetime) -> None:
    if row.tries >= len(WAITS):
        mine.update(state=Delivery.REFUSED, cause=f"{cause} too often"[:32], lease_until=None)
        return
    mine.update(
        state=Delivery.DEFERRED,
        cause=cause,
        tries=row.tries + 1,
        next_try_at=now + timedelta(minutes=WAITS[row.tries]),
        lease_until=None,
    )


def _reasons_against(rows: list[Recipient], newsletter: Newsletter) -> dict[int, str]:
    still = set(
        subscribers(newsletter).filter(pk__in=[row.person_id for row in rows]).values_list("pk", flat=True)
    )
    reachable = set(
        Contact.objects.filter(
            pk__in=[row.contact_id for row in rows], bounced_at=None, complained_at=None
        ).values_list("pk", flat=True)
    )
    indexes = [row.address_index for row in rows if row.address_index]
    suppressed = {
        bytes(index)
        for index in Suppression.objects.filter(address_index__in=indexes).values_list(
            "address_index", flat=True
        )
    }
    return {row.pk: why for row in rows if (why := _reason(row, still, reachable, suppressed))}


def _reason(row: Recipient, still: set[int], reachable: set[int], suppressed: set[bytes]) -> str:
    if row.person_id is None or row.contact_id is None:
        return Cause.ERASED
    if row.person_id not in still:
        return Cause.UNSUBSCRIBED
    if row.contact_id not in reachable or bytes(row.address_index or b"") in suppressed:
        return Cause.SUPPRESSED
    return ""
