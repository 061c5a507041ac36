"""Reading the mail that a demo keeps as files instead of sending it."""

from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

NEWEST = 200


class KeptMail(NamedTuple):
    name: str
    kept_at: datetime
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "")

    @property
    def recipient(self) -> str:
        return str(self.message["To"] or "")

    @property
    def sender(self) -> str:
        return str(self.message["From"] or "")

    @property
    def text(self) -> str:
        return _content(self.message, "plain")

    @property
    def html(self) -> str:
        return _content(self.message, "html")

    @property
    def attachments(self) -> list[tuple[str, str, bytes]]:
        """(file name, content type, bytes) of each."""
        return [
            (part.get_filename() or "", part.get_content_type(), _bytes(part))
            for part in self.message.iter_attachments()
        ]


def newest_mails() -> list[KeptMail]:
    """The mails in the outbox, newest first."""
    files = sorted(settings.OUTBOX_ROOT.glob("*.eml"), reverse=True)[:NEWEST]
    return [_read(file) for file in files]


def mail_named(name: str) -> KeptMail | None:
    file: Path = settings.OUTBOX_ROOT / f"{name}.eml"
    return _read(file) if file.is_file() else None


def _read(file: Path) -> KeptMail:
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    kept_at = datetime.fromtimestamp(file.stat().st_mtime).astimezone()
    return KeptMail(file.stem, kept_at, message)


def _bytes(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _content(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""
