"""Sending the letters that are under way: the chore of the worker's own lane.

Decides what is sent next, how long to wait for a relay that is down, and when a letter is done.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.conf import settings
from django.utils import timezone

from banderole.common import mail
from banderole.letters.domain import fences, ledger, waves
from banderole.letters.domain.compiling import Segments
from banderole.letters.enums import LetterState
from banderole.letters.exceptions import Busy, Stopped, Unbalanced
from banderole.letters.models import Letter, Recipient
from banderole.people.domain.persons import addresses as addresses_of

log = logging.getLogger(__name__)
SHIFT = 2.0  # seconds of one call: the worker may want to stop
CLAIM_WAVES = 64  # how many waves are taken up at once
BALANCE_EVERY = 10.0
REST = (5, 15, 60, 300)  # seconds to leave a relay alone that is down


class Relay:
    """When the relay may be asked again; kept in the process, for a restart may well try at once."""

    failures = 0
    rests_until = 0.0
    full_until = 0.0

    @classmethod
    def failed(cls) -> None:
        cls.rests_until = time.monotonic() + REST[min(cls.failures, len(REST) - 1)]
        cls.failures += 1

    @classmethod
    def works(cls) -> None:
        cls.failures, cls.rests_until = 0, 0.0

    @classmethod
    def full(cls) -> None:
        """It lets no further connection in: go on with those that are open for a while."""
        cls.full_until = time.monotonic() + REST[-1]

    @classmethod
    def takes_more(cls) -> bool:
        return time.monotonic() >= cls.full_until

    @classmethod
    def rests(cls) -> bool:
        return time.monotonic() < cls.rests_until


def send_letters() -> int:
    """Send for a short while what is due; return how many recipients were served."""
    letters = list(Letter.objects.filter(state=LetterState.SENDING).order_by("sent_at", "pk"))
    if not letters:
        return 0
    try:
        with fences.fence() as fence:
            return sum(_send(letter, fence=fence) for letter in letters)
    except Busy:
        return 0


def _send(letter: Letter, *, fence: int) -> int:
    try:
        served = 0 if Relay.rests() or not mail.mail_leaves() else _shift(letter, fence=fence)
        _finish(letter)
    except Stopped:
        return 0
    except Unbalanced as error:
        # Nothing more goes out before somebody has looked: a ledger that does not add up proves nothing.
        log.error("letter %s stopped: %s", letter.pk, error)
        Letter.objects.filter(pk=letter.pk).update(state=LetterState.STOPPED, trouble="unbalanced")
        return 0
    return served


def _shift(letter: Letter, *, fence: int) -> int:
    ledger.check_balance(letter)
    started = checked = time.monotonic()
    served = 0
    segments = Segments(bytes(letter.compiled or b""))
    try:
        with _sessions() as sessions:
            while time.monotonic() - started < SHIFT and not Relay.rests():
                rows = ledger.claim(
                    letter, fence=fence, count=CLAIM_WAVES * settings.SMTP_CONNECTIONS, now=timezone.now()
                )
                waves.at_point("claimed")
                if not rows:
                    break
                served += _serve(letter, segments, rows, sessions, fence=fence, until=started + SHIFT)
                if time.monotonic() - checked > BALANCE_EVERY:
                    ledger.check_balance(letter)
                    checked = time.monotonic()
    finally:
        ledger.give_back(fence=fence)
    return served


def _serve(
    letter: Letter,
    segments: Segments,
    rows: Sequence[Recipient],
    sessions: list[mail.Session],
    *,
    fence: int,
    until: float,
) -> int:
    addresses = {
        number: str(address)
        for number, address in addresses_of([row.contact_id for row in rows if row.contact_id]).items()
    }
    served, waiting = 0, list(rows)
    while waiting and time.monotonic() < until:
        if not _open_enough(sessions, settings.SMTP_CONNECTIONS):
            break
        wave, waiting = waiting[: len(sessions)], waiting[len(sessions) :]
        done = waves.send_wave(letter, segments, wave, addresses, sessions, fence=fence)
        served += done
        if not done:
            Relay.failed()
            break
        Relay.works()
    return served


def _open_enough(sessions: list[mail.Session], wanted: int) -> bool:
    """Fill up the list of sessions with living ones; one is enough to go on."""
    sessions[:] = [session for session in sessions if session.alive]
    try:
        while len(sessions) < (wanted if Relay.takes_more() else 1):
            sessions.append(mail.open_session())
    except mail.RelayDown as error:
        Relay.full()
        if not sessions:
            log.warning("letters wait: %s", error)
            Relay.failed()
    return bool(sessions)


@contextmanager
def _sessions() -> Iterator[list[mail.Session]]:
    sessions: list[mail.Session] = []
    try:
        yield sessions
    finally:
        for session in sessions:
            session.close()


def _finish(letter: Letter) -> None:
    counts = ledger.check_balance(letter)
    if ledger.is_finished(counts):
        Letter.objects.filter(pk=letter.pk, state=LetterState.SENDING).update(
            state=LetterState.SENT, finished_at=timezone.now()
        )
