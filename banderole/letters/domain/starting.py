"""From a draft to a letter under way, and stopping it.

Decides when a letter may be sent. From `start_letter` on its words, its looks and its audience are fixed.
"""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from banderole.common.signals import announce_change
from banderole.letters.domain import ledger
from banderole.letters.domain.checking import faults_of
from banderole.letters.domain.compiling import compile_letter
from banderole.letters.domain.composing import compose
from banderole.letters.enums import LetterState
from banderole.letters.exceptions import AlreadySent, NotReady
from banderole.letters.models import Letter
from banderole.letters.queries import public_urls


@transaction.atomic
def start_letter(letter: Letter, *, now: datetime) -> Letter:
    """Freeze the letter and its audience, and let the worker send it; raises AlreadySent or NotReady."""
    locked = Letter.objects.select_for_update().select_related("newsletter").get(pk=letter.pk)
    if not locked.is_draft:
        raise AlreadySent
    locked.slug = free_slug(locked.subject)
    if faults := faults_of(locked):
        raise NotReady("; ".join(faults))
    composed = compose(locked)
    locked.compiled = compile_letter(locked, composed, written=now)
    locked.digest = hashlib.sha256(locked.compiled).hexdigest()
    locked.state, locked.sent_at = LetterState.SENDING, now
    locked.frozen = ledger.freeze(locked)
    locked.save()
    ledger.check_balance(locked)
    announce_change(urls=[url for url in public_urls() if locked.slug in url])
    return locked


@transaction.atomic
def stop_letter(letter: Letter) -> int:
    """Nobody else gets this letter; return how many are spared. What is being handed over now is not called back."""
    stopped = Letter.objects.filter(pk=letter.pk, state=LetterState.SENDING).update(
        state=LetterState.STOPPED, trouble="by hand"
    )
    return ledger.cancel_rest(letter) if stopped else 0


def free_slug(subject: str) -> str:
    base = slugify(subject)[:120] or _("letter")
    slug, number = base, 1
    while Letter.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug
