"""One wave: K connections, K messages, two commits.

The order is what keeps the promise: body, commit, dot, answer, commit. Before the first commit nothing was
accepted, so a break means "wait again"; after it a break means "in doubt", for at most K recipients.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from banderole.common import links, mail
from banderole.letters.domain import ledger
from banderole.letters.domain.compiling import Segments, message_id
from banderole.letters.domain.ledger import Outcome
from banderole.letters.enums import Cause, Delivery
from banderole.letters.models import Letter, Recipient

Point = Callable[[str], None]


def nothing_here(_point: str) -> None:
    """Named moments between the steps of a wave: a test stops the process at one of them."""


at_point: Point = nothing_here


class Handover(NamedTuple):
    recipient: Recipient
    session: mail.Session


def send_wave(
    letter: Letter,
    segments: Segments,
    rows: Sequence[Recipient],
    addresses: dict[int, str],
    sessions: Sequence[mail.Session],
    *,
    fence: int,
) -> int:
    """Hand these recipients over, each on a session of its own; return how many did not come back to wait."""
    outcomes: list[Outcome] = []
    open_handovers = list(_begin(rows, addresses, sessions, outcomes))
    open_handovers = list(_admit(open_handovers, outcomes))
    at_point("admitted")
    open_handovers = list(_write(letter, segments, open_handovers, addresses, outcomes))
    at_point("body")
    allowed = ledger.commit_to(
        [handover.recipient for handover in open_handovers], letter=letter, fence=fence
    )
    at_point("committed")
    dotted = []
    for handover in open_handovers:
        if handover.recipient.pk in allowed:
            dotted.append(handover)
            outcomes += _dot(handover)
        else:
            # The body is out, the dot is not: only hanging up takes it back.
            handover.session.abandon()
    at_point("dotted")
    in_doubt = {outcome.recipient.pk for outcome in outcomes if outcome.state == Delivery.IN_DOUBT}
    outcomes += [_verdict(handover) for handover in dotted if handover.recipient.pk not in in_doubt]
    at_point("answered")
    ledger.record(outcomes, fence=fence, now=timezone.now())
    at_point("recorded")
    return len(rows) - sum(outcome.state == Delivery.READY for outcome in outcomes)


def _begin(
    rows: Sequence[Recipient],
    addresses: dict[int, str],
    sessions: Sequence[mail.Session],
    outcomes: list[Outcome],
) -> Iterator[Handover]:
    for row, session in zip(rows, sessions, strict=False):
        address = addresses.get(row.contact_id or 0)
        if address is None:
            outcomes.append(Outcome(row, Delivery.SUPPRESSED, Cause.ERASED))
            continue
        try:
            session.begin(settings.MAIL_FROM, address)
        except mail.MailError as error:
            outcomes.append(_not_accepted(row, error))
        else:
            yield Handover(row, session)


def _admit(handovers: list[Handover], outcomes: list[Outcome]) -> Iterator[Handover]:
    for handover in handovers:
        try:
            handover.session.admit()
        except mail.MailError as error:
            outcomes.append(_not_accepted(handover.recipient, error))
        else:
            yield handover


def _write(
    letter: Letter,
    segments: Segments,
    handovers: list[Handover],
    addresses: dict[int, str],
    outcomes: list[Outcome],
) -> Iterator[Handover]:
    for handover in handovers:
        row = handover.recipient
        message = segments.message(
            address=addresses[row.contact_id or 0],
            token=links.make("unsubscribe", letter.newsletter_id, row.person_id or 0),
            message_id=message_id(letter.pk, row.person_id or 0),
        )
        try:
            handover.session.write(message)
        except mail.MailError as error:
            outcomes.append(_not_accepted(row, error))
        else:
            yield handover


def _dot(handover: Handover) -> list[Outcome]:
    try:
        handover.session.dot()
    except mail.InDoubt:
        return [Outcome(handover.recipient, Delivery.IN_DOUBT, "broken at the dot")]
    return []


def _verdict(handover: Handover) -> Outcome:
    try:
        handover.session.verdict()
    except mail.InDoubt:
        return Outcome(handover.recipient, Delivery.IN_DOUBT, "no answer to the dot")
    except mail.MailError as error:
        return _not_accepted(handover.recipient, error)
    return Outcome(handover.recipient, Delivery.ACCEPTED)


def _not_accepted(row: Recipient, error: mail.MailError) -> Outcome:
    match error:
        case mail.Refused():
            return Outcome(row, Delivery.REFUSED, str(error)[:32])
        case mail.RelayDown():
            return Outcome(row, Delivery.READY)  # The relay backs off, not the row.
        case _:
            return Outcome(row, Delivery.DEFERRED, str(error)[:20])
