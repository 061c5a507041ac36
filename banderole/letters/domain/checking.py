"""The preflight: what must be put right before a letter may be sent, and what somebody should look at."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from banderole.common import mail
from banderole.letters.domain.composing import HEAVIEST, Composed, Piece, compose, pieces_of
from banderole.letters.models import Letter
from banderole.letters.queries import audience


class Check(NamedTuple):
    state: str  # "good", "look", "stop"
    sentence: str


def checks_of(letter: Letter) -> list[Check]:
    """Everything that the author is shown before sending."""
    pieces, composed = pieces_of(letter), compose(letter)
    count = audience(letter.newsletter).count()
    weight = len(composed.html.encode())
    return [
        *_subject(letter),
        Check("good", ngettext("%(n)d person gets it.", "%(n)d people get it.", count) % {"n": count})
        if count
        else Check("stop", _("Nobody is subscribed to this newsletter yet.")),
        Check("good", _("The mail weighs %(kb)d kB.") % {"kb": max(1, weight // 1000)})
        if weight <= HEAVIEST
        else Check("stop", _("The mail weighs %(kb)d kB; mailboxes cut off what is over 100 kB. Shorten it.") % {"kb": weight // 1000}),
        _text_part(composed),
        *(check for piece in pieces for check in _piece(piece)),
        *([] if pieces else [Check("stop", _("The letter is empty. Write something in it."))]),
        *([] if len(pieces) == len(letter.body) else [Check("stop", _("An article in it is gone. Remove it or choose another."))]),
        *([] if mail.mail_leaves() else [Check("look", _("No relay is set yet: the letter waits until your host sets one."))]),
    ]  # fmt: skip


def faults_of(letter: Letter) -> list[str]:
    """What forbids sending, in sentences."""
    return [check.sentence for check in checks_of(letter) if check.state == "stop"]


def _subject(letter: Letter) -> list[Check]:
    checks = []
    if not letter.subject.strip():
        checks.append(Check("stop", _("Write a subject.")))
    elif len(letter.subject) > 78:
        checks.append(Check("look", _("The subject is long: many mailboxes show 50 characters of it.")))
    if not letter.preheader.strip():
        checks.append(Check("look", _("Write a first line: mailboxes show it after the subject.")))
    return checks


def _text_part(composed: Composed) -> Check:
    words = len(composed.text.split())
    return Check("good", _("A text version of %(n)d words goes with it.") % {"n": words})


def _piece(piece: Piece) -> list[Check]:
    checks = []
    article = piece.article
    if article and not article.live:
        checks.append(
            Check(
                "stop",
                _("The article “%(title)s” is not published yet. Publish it first.")
                % {"title": article.title},
            )
        )
    if article and piece.picture and not piece.picture.alt:
        checks.append(
            Check(
                "look",
                _("The picture of “%(title)s” says nothing to those who cannot see it. Describe it.")
                % {"title": article.title},
            )
        )
    return checks
