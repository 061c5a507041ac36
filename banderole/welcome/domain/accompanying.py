"""Walking with a newcomer: each word noted, each step, each hand-over, and the end.

At most one follow-up is open at a time: noting what came of it closes it and opens the next. The last move can
be taken back for ten minutes; what deletes something waits as long.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from banderole.accounts.models import Account
from banderole.people.domain import consents, dossiers, notes
from banderole.people.enums import Level, Purpose
from banderole.people.models import Membership
from banderole.people.queries import consenting
from banderole.welcome.enums import Kind, Outcome, State
from banderole.welcome.exceptions import NotAWelcomer, NotOpen, TooLate
from banderole.welcome.models import Enrolment, FollowUp, Step
from banderole.welcome.queries import may_welcome_in

AGAIN_AFTER = timedelta(hours=48)
UNDO_WITHIN = timedelta(minutes=10)


def note_word(enrolment: Enrolment, *, text: str, by: Account) -> None:
    """Keep a note for who welcomes in the group; an empty one is not kept."""
    if text:
        notes.write_note(enrolment.person, text, by=by, scope=enrolment.scope)


@transaction.atomic
def reached(
    enrolment: Enrolment, *, by: Account, now: datetime, text: str = "", meet_at: datetime | None = None
) -> Enrolment:
    """Note that somebody talked with the newcomer, who moves on a step; after the last step they have arrived."""
    note_word(enrolment, text=text, by=by)
    steps = list(enrolment.path.steps.filter(order__gt=enrolment.step.order)[:1])
    return move(enrolment, to=steps[0] if steps else None, by=by, now=now, meet_at=meet_at)


@transaction.atomic
def no_answer(enrolment: Enrolment, *, by: Account, now: datetime, text: str = "") -> Enrolment:
    """Note that nobody answered, and try again in 48 hours."""
    note_word(enrolment, text=text, by=by)
    enrolment = _claim(enrolment)
    _close(enrolment, Outcome.NO_ANSWER, now)
    _owe(enrolment, enrolment.welcomer or by, kind=Kind.CALL, due_at=now + AGAIN_AFTER, now=now)
    return enrolment


@transaction.atomic
def move(
    enrolment: Enrolment, *, to: Step | None, by: Account, now: datetime, meet_at: datetime | None = None
) -> Enrolment:
    """Put the newcomer on a step of the path, or at its end; the next word is due by the step's own time."""
    enrolment = _claim(enrolment)
    _close(enrolment, Outcome.REACHED, now)
    enrolment.moved_from, enrolment.moved_at = enrolment.step, now
    if to is None:
        enrolment.state = State.DONE
    else:
        enrolment.step = to
        _owe(
            enrolment,
            enrolment.welcomer or by,
            kind=Kind.MEET if meet_at else to.kind,
            due_at=meet_at or now + timedelta(hours=to.due_after_hours),
            agreed=meet_at is not None,
            now=now,
        )
    enrolment.save(update_fields=["step", "state", "moved_from", "moved_at"])
    return enrolment


@transaction.atomic
def hand_over(enrolment: Enrolment, *, to: Account, now: datetime) -> Enrolment:
    """Let another welcomer of the group go on; what was due stays due. Raises NotAWelcomer."""
    if to not in may_welcome_in(enrolment.group):
        raise NotAWelcomer(to.pk)
    enrolment = _claim(enrolment)
    enrolment.welcomer = to
    enrolment.save(update_fields=["welcomer"])
    owed = enrolment.follow_ups.filter(done_at=None).first()
    _close(enrolment, Outcome.PASSED_ON, now)
    _owe(
        enrolment,
        to,
        kind=owed.kind if owed else enrolment.step.kind,
        due_at=owed.due_at if owed else now + AGAIN_AFTER,
        agreed=owed is not None and owed.agreed,
        now=now,
    )
    return enrolment


@transaction.atomic
def leave(enrolment: Enrolment, *, now: datetime) -> Enrolment:
    """Leave the person in peace from now on; `let_go` withdraws and deletes after ten minutes."""
    enrolment = _claim(enrolment)
    _close(enrolment, Outcome.LEFT, now)
    enrolment.state = State.LEFT
    enrolment.moved_from, enrolment.moved_at = enrolment.step, now
    enrolment.save(update_fields=["state", "moved_from", "moved_at"])
    return enrolment


@transaction.atomic
def undo(enrolment: Enrolment, *, now: datetime) -> Enrolment:
    """Take the last move back within ten minutes: the step, the state, and what was due. Raises TooLate."""
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    moved_at = enrolment.moved_at
    if moved_at is None or not may_undo(enrolment, now):
        raise TooLate(enrolment.pk)
    enrolment.follow_ups.filter(made_at=moved_at, done_at=None).delete()
    enrolment.follow_ups.filter(done_at=moved_at).update(done_at=None, outcome="")
    enrolment.step = enrolment.moved_from or enrolment.step
    enrolment.state = State.OPEN
    enrolment.moved_from = enrolment.moved_at = None
    enrolment.save(update_fields=["step", "state", "moved_from", "moved_at"])
    return enrolment


def may_undo(enrolment: Enrolment, now: datetime) -> bool:
    """Whether nothing happened since the last move, and it is not ten minutes old."""
    if enrolment.moved_at is None or enrolment.let_go_at or now - enrolment.moved_at > UNDO_WITHIN:
        return False
    return not enrolment.follow_ups.filter(done_at__gt=enrolment.moved_at).exists()


def heed_withdrawals(now: datetime | None = None) -> int:
    """Leave in peace whoever withdrew their consent by themselves, wherever they did it; return how many."""
    now = now or timezone.now()
    open_ones = Enrolment.objects.filter(state=State.OPEN)
    withdrawn: list[Enrolment] = []
    for group in set(open_ones.values_list("group", flat=True)):
        subject = f"group:{group}" if group else ""
        withdrawn += open_ones.filter(group=group).exclude(person__in=consenting(Purpose.WELCOME, subject))
    for enrolment in withdrawn:
        leave(enrolment, now=now)
    return len(withdrawn)


def let_go(now: datetime | None = None) -> int:
    """Withdraw the consent of those who left, end what the form began, and delete what they wrote."""
    now = now or timezone.now()
    gone = Enrolment.objects.filter(
        state=State.LEFT, let_go_at=None, moved_at__lt=now - UNDO_WITHIN
    ).select_related("person", "group")
    for enrolment in gone:
        with transaction.atomic():
            _let_go(enrolment, now)
    return len(gone)


def _let_go(enrolment: Enrolment, now: datetime) -> None:
    subject = enrolment.scope if enrolment.group_id else ""
    consents.withdraw(enrolment.person, Purpose.WELCOME, subject=subject, channel="welcomer", at=now)
    current = Membership.objects.filter(person=enrolment.person, group=enrolment.group, until=None)
    current.filter(level=Level.FOLLOWER).update(until=timezone.localdate(now))
    if not current.exists():
        dossiers.forget(enrolment.scope, persons=[enrolment.person])
        notes.forget(enrolment.person, scope=enrolment.scope)
    enrolment.let_go_at = now
    enrolment.save(update_fields=["let_go_at"])


def _claim(enrolment: Enrolment) -> Enrolment:
    """The row as it is now, held until the transaction ends. Raises NotOpen."""
    held = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("step", "path")
        .filter(pk=enrolment.pk, state=State.OPEN)
        .first()
    )
    if held is None:
        raise NotOpen(enrolment.pk)
    return held


def _close(enrolment: Enrolment, outcome: Outcome, now: datetime) -> None:
    enrolment.follow_ups.filter(done_at=None).update(done_at=now, outcome=outcome)


def _owe(
    enrolment: Enrolment, who: Account, *, kind: str, due_at: datetime, now: datetime, agreed: bool = False
) -> None:
    FollowUp.objects.create(
        enrolment=enrolment, assignee=who, kind=kind, made_at=now, due_at=due_at, agreed=agreed
    )
