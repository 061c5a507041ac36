"""Mail that a person asked for or is owed: kept sealed, sent at least once, always under one Message-ID."""

from collections.abc import Mapping
from typing import Any

from banderole.people.models import Contact, Mail


def write_mail(
    contact: Contact,
    template: str,
    context: Mapping[str, Any],
    *,
    name: str,
    attachment: tuple[str, str, bytes] | None = None,
) -> Mail:
    """Queue one mail, rendered in the person's language from <template>-subject.txt, -text.txt and -html.html.

    `template` is such as "letters/emails/confirm"; `name` makes the mail unique ("confirm-3-17"): writing
    it again changes nothing. `attachment` is (file name, content type, bytes).
    """
    raise NotImplementedError


def send_mails() -> int:
    """Send the mails that are due (worker only); return how many were tried."""
    raise NotImplementedError
