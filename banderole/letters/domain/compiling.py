"""A letter is composed once and compiled to bytes once; a message to one person is a join of segments.

Three things differ from person to person: the address, the token of the way out, the Message-ID. Nothing else may.
"""

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime
from email.header import Header
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from email.policy import SMTP
from email.quoprimime import body_encode
from email.utils import format_datetime
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.crypto import salted_hmac

from banderole.common import mail
from banderole.letters.domain.composing import UNSUBSCRIBE_MARK, Composed, way_out
from banderole.letters.models import Letter

# Marks in the compiled bytes. A NUL can stand nowhere else in a mail.
ADDRESS, TOKEN, FOLDED_TOKEN, MESSAGE_ID = b"\0A\0", b"\0T\0", b"\0F\0", b"\0M\0"
MARK = re.compile(rb"(\0[ATFM]\0)")
LINE = 70


class Segments:
    """The compiled letter, cut at its marks."""

    def __init__(self, compiled: bytes) -> None:
        self._parts = MARK.split(compiled)

    def message(self, *, address: str, token: str, message_id: str) -> bytes:
        """The message to one person as it goes on the wire, all but the final dot."""
        values = {
            ADDRESS: address.encode(),
            TOKEN: token.encode("ascii"),
            FOLDED_TOKEN: _folded(token),
            MESSAGE_ID: message_id.encode("ascii"),
        }
        return b"".join(values.get(part, part) for part in self._parts)


def compile_letter(letter: Letter, composed: Composed, *, written: datetime) -> bytes:
    boundary = f"letter-{letter.pk}-{hashlib.sha256(composed.html.encode()).hexdigest()[:24]}"
    lines = [
        *_headers(letter, written=written),
        f'Content-Type: multipart/alternative; boundary="{boundary}"'.encode(),
        b"",
    ]
    for subtype, text in (("plain", composed.text), ("html", composed.html)):
        lines += [
            f"--{boundary}".encode(),
            f"Content-Type: text/{subtype}; charset=utf-8".encode(),
            b"Content-Transfer-Encoding: quoted-printable",
            b"",
            _quoted(text),
        ]
    lines.append(f"--{boundary}--".encode())
    return mail.on_the_wire(b"\r\n".join(lines))


def message_id(letter_id: int, person_id: int) -> str:
    """The same for the same letter to the same person, and telling nothing about either."""
    return salted_hmac("banderole.letters.message-id", f"{letter_id}:{person_id}").hexdigest()[:32]


def _headers(letter: Letter, *, written: datetime) -> Iterable[bytes]:
    newsletter = letter.newsletter
    host = urlsplit(settings.PUBLIC_URL).hostname
    fixed = EmailMessage(policy=SMTP)
    fixed["From"] = HeaderAddress(newsletter.sender_name, addr_spec=settings.MAIL_FROM)
    fixed["Subject"] = letter.subject
    fixed["Date"] = format_datetime(written)
    fixed["MIME-Version"] = "1.0"
    fixed["Content-Language"] = newsletter.language
    yield from fixed.as_bytes().strip().split(b"\r\n")
    yield b"To: " + ADDRESS
    yield b"Message-ID: <" + MESSAGE_ID + f"@{host}>".encode()
    yield f"List-Id: {_phrase(newsletter.name)} <{newsletter.slug}.{host}>".encode()
    with translation.override(newsletter.language):
        before, _mark, after = way_out(UNSUBSCRIBE_MARK).encode().partition(UNSUBSCRIBE_MARK.encode())
    yield b"List-Unsubscribe: <" + before + TOKEN + after + b">,"
    yield f" <mailto:{settings.MAIL_FROM}?subject={quote(f'unsubscribe {newsletter.slug}')}>".encode()
    yield b"List-Unsubscribe-Post: List-Unsubscribe=One-Click"
    yield f"Feedback-ID: {letter.pk}:{newsletter.slug}:letter:{host}".encode()


def _phrase(name: str) -> str:
    return Header(name, "utf-8", maxlinelen=900).encode() if not name.isascii() else f'"{_quotable(name)}"'


def _quotable(name: str) -> str:
    return re.sub(r'["\\\x00-\x1f]', "", name)


def _quoted(text: str) -> bytes:
    """Quoted-printable, cut softly around the token so that each side is encoded by itself."""
    sides = [_quoted_side(side) for side in text.split(UNSUBSCRIBE_MARK)]
    return (b"=\r\n" + FOLDED_TOKEN + b"=\r\n").join(sides)


def _quoted_side(text: str) -> bytes:
    octets = text.replace("\r\n", "\n").encode().decode("latin-1")
    return body_encode(octets, maxlinelen=76, eol="\r\n").encode("ascii")


def _folded(token: str) -> bytes:
    ascii_token = token.encode("ascii")
    return b"=\r\n".join(ascii_token[at : at + LINE] for at in range(0, len(ascii_token), LINE))
