"""What `banderole doctor` asks about letters."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from banderole.common import mail
from banderole.common.diagnosis import Finding
from banderole.letters.enums import UNFINISHED, Delivery, LetterState
from banderole.letters.models import Letter, Recipient


def questions() -> Iterable[Finding]:
    yield _relay()
    yield _waiting()
    yield _in_doubt()


def _relay() -> Finding:
    subject = _("Mail relay")
    if mail.relay_is_set():
        return Finding("good", subject, _("Mail leaves through %(host)s.") % {"host": settings.SMTP_HOST})
    if settings.DEMO:
        return Finding("good", subject, _("This is a demo: mail is kept in the outbox, none is sent."))
    return Finding(
        "missing",
        subject,
        _(
            "No relay is set, so mail waits. Set BANDEROLE_SMTP_HOST, BANDEROLE_SMTP_USER and BANDEROLE_SMTP_PASSWORD."
        ),
    )


def _waiting() -> Finding:
    waiting = Recipient.objects.filter(letter__state=LetterState.SENDING, state__in=UNFINISHED).count()
    if not waiting:
        return Finding("good", _("Letters"), _("No letter waits."))
    return Finding(
        "good" if mail.mail_leaves() else "missing",
        _("Letters"),
        _("%(n)d deliveries wait to be handed to the relay.") % {"n": waiting},
    )


def _in_doubt() -> Finding:
    subject = _("Letters in doubt")
    stopped = Letter.objects.filter(trouble="unbalanced").count()
    if stopped:
        return Finding(
            "wrong",
            subject,
            _(
                "%(n)d letters were stopped because their ledger does not add up. Look at their page in the admin."
            )
            % {"n": stopped},
        )
    in_doubt = Recipient.objects.filter(state=Delivery.IN_DOUBT).count()
    if in_doubt:
        return Finding(
            "wrong",
            subject,
            _(
                "%(n)d deliveries may or may not have arrived: the connection broke at the last moment. They are not sent again by themselves."
            )
            % {"n": in_doubt},
        )
    return Finding("good", subject, _("None."))
