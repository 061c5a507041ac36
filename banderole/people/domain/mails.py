"""Mail that a person asked for or is owed: kept sealed, sent at least once, always under one Message-ID.

Decides when a mail is tried again and when it is given up. How it leaves is `common.mail`'s matter.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from banderole.common import chores
from banderole.common import mail as wire
from banderole.people.domain import dossiers, persons
from banderole.people.domain.messages import Attachment, Message, build, render
from banderole.people.models import Contact, Mail
from banderole.vault.envelopes import open_envelope, seal

RETRIES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]
GIVE_UP_AFTER = timedelta(hours=48)
LEASE = timedelta(minutes=15)  # longer than any relay may take; a killed worker's mail waits so long
BATCH = 20


def write_mail(
    contact: Contact,
    template: str,
    context: Mapping[str, Any],
    *,
    name: str,
    attachment: Attachment | None = None,
) -> Mail:
    """Queue one mail, rendered in the person's language from <template>-subject.txt, -text.txt and -html.html.

    `template` is such as "letters/emails/confirm"; `name` makes the mail unique ("confirm-3-17"): writing
    it again changes nothing. `attachment` is (file name, content type, bytes).
    """
    message_id = message_id_of(contact, name)
    known = Mail.objects.filter(message_id=message_id).first()
    if known:
        return known
    message = render(template, context, locale=contact.person.locale, attachment=attachment)
    envelope = seal(message.as_dict(), for_keys=[dossiers.key_of("machine")], context=_context(message_id))
    try:
        with transaction.atomic():
            return Mail.objects.create(
                contact=contact, message_id=message_id, envelope=envelope, written_at=timezone.now()
            )
    except IntegrityError:
        return Mail.objects.get(message_id=message_id)


def message_id_of(contact: Contact, name: str) -> str:
    """The same for the same mail, and telling nothing: keyed with the site's secret."""
    secret = settings.SECRET_KEY.encode()
    digest = hmac.digest(secret, f"mail|{contact.pk}|{name}".encode(), hashlib.sha256)[:16]
    return f"{digest.hex()}@{urlsplit(settings.PUBLIC_URL).hostname}"


def send_mails() -> int:
    """Send the mails that are due (worker only); return how many were tried."""
    if not wire.mail_leaves():
        return 0
    due = Mail.objects.filter(sent_at=None, refused_at=None, next_try_at__lte=timezone.now())
    tried = 0
    for mail in due.select_related("contact").order_by("next_try_at", "id")[:BATCH]:
        if chores.stopping.is_set():
            break
        if _claim(mail):
            _send(mail)
            tried += 1
    return tried


def _claim(mail: Mail) -> bool:
    # Who moves the next try is the one who sends; a second worker finds no row.
    mine = Mail.objects.filter(
        pk=mail.pk, next_try_at=mail.next_try_at, sent_at=None, refused_at=None
    ).update(next_try_at=timezone.now() + LEASE)
    return bool(mine)


def _send(mail: Mail) -> None:
    message = Message.from_dict(
        open_envelope(mail.envelope, dossiers.machine_keys(), _context(mail.message_id))
    )
    recipient = persons.addresses([mail.contact_id])[mail.contact_id]
    written = build(message, recipient=recipient, message_id=mail.message_id, written=mail.written_at)
    try:
        wire.deliver(settings.MAIL_FROM, recipient, written)
    except wire.Refused:
        _finish(mail, "refused_at")
    except wire.TryLater:
        _try_later(mail)
    else:
        _finish(mail, "sent_at")


def _finish(mail: Mail, field: str) -> None:
    # The row stays, so that the same mail is not written twice; what it said goes.
    Mail.objects.filter(pk=mail.pk).update(**{field: timezone.now(), "envelope": b""})


def _try_later(mail: Mail) -> None:
    now = timezone.now()
    if now - mail.written_at > GIVE_UP_AFTER:
        _finish(mail, "refused_at")
        return
    wait = RETRIES[min(mail.tries, len(RETRIES) - 1)]
    Mail.objects.filter(pk=mail.pk).update(tries=mail.tries + 1, next_try_at=now + wait)


def _context(message_id: str) -> str:
    return f"mail|{message_id}|message"
