"""What a mail says: rendered once, in the person's language, then built into bytes at each try."""

import base64
from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from typing import Any, NamedTuple

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from banderole.common import frame

Attachment = tuple[str, str, bytes]  # file name, content type, bytes


class Message(NamedTuple):
    subject: str
    text: str
    html: str
    locale: str
    attachment: Attachment | None = None

    def as_dict(self) -> dict[str, Any]:
        """Something JSON can say, for the envelope."""
        name, kind, content = self.attachment or ("", "", b"")
        return {
            "subject": self.subject,
            "text": self.text,
            "html": self.html,
            "locale": self.locale,
            "attachment": [name, kind, base64.b64encode(content).decode()] if name else None,
        }

    @classmethod
    def from_dict(cls, said: Mapping[str, Any]) -> "Message":
        attachment = None
        if said["attachment"]:
            name, kind, content = said["attachment"]
            attachment = (name, kind, base64.b64decode(content))
        return cls(said["subject"], said["text"], said["html"], said["locale"], attachment)


def render(
    template: str, context: Mapping[str, Any], *, locale: str, attachment: Attachment | None = None
) -> Message:
    """The message in the person's language. Only the HTML part is escaped."""
    with translation.override(locale):
        page = {"public_url": settings.PUBLIC_URL, "locale": locale, "site": frame.of(None).site, **context}
        return Message(
            subject=" ".join(_plain(f"{template}-subject.txt", page).split()),
            text=_plain(f"{template}-text.txt", page).strip() + "\n",
            html=get_template(f"{template}-html.html").render(page),
            locale=locale,
            attachment=attachment,
        )


def _plain(template: str, page: Mapping[str, Any]) -> str:
    found = get_template(template)
    return str(found.template.render(Context(dict(page), autoescape=False)))  # type: ignore[attr-defined]  # Django's own engine is the only one


def build(message: Message, *, recipient: str, message_id: str, written: datetime) -> bytes:
    """The same bytes at every try, so that a mailbox which got it twice shows it once."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = message.subject
    mail["From"] = formataddr((frame.of(None).site.name, settings.MAIL_FROM))
    mail["To"] = recipient
    mail["Date"] = format_datetime(written)
    mail["Message-ID"] = f"<{message_id}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text, cte="quoted-printable")
    mail.add_alternative(message.html, subtype="html", cte="quoted-printable")
    if message.attachment:
        name, kind, content = message.attachment
        main, _slash, sub = kind.partition("/")
        mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
    mail["Content-Language"] = message.locale  # last: Content- fields set earlier move into a part
    # Two renderings have to part the same way, or the second try would be another message.
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"part-{number}-{message_id.partition('@')[0]}")
    return mail.as_bytes()
