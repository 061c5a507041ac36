"""What `banderole doctor` says about keys: are they there, are they saved, what if a passphrase is forgotten."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from banderole.accounts import beginnings, recovery
from banderole.common.diagnosis import Finding
from banderole.vault import home
from banderole.vault.exceptions import KeyFileError, NoSuchKey


def keys() -> Iterator[Finding]:
    subject = _("Keys")
    try:
        home.machine_keyring()
        home.index_key()
    except KeyFileError as error:
        yield Finding("wrong", subject, str(error))
        return
    except NoSuchKey:
        yield Finding("missing", subject, _("The site has no keys yet: run “banderole init”."))
        return
    yield Finding("good", subject, _("The keys are there, and only their owner can read them."))
    if home.are_saved():
        yield Finding("good", subject, _("A copy of the keys folder is kept elsewhere."))
    else:
        yield Finding(
            "missing",
            subject,
            _(
                "Copy the keys folder to a place that is not this machine, then run “banderole keys_saved”. "
                "Without it, a backup opens no address."
            ),
        )


def recovery_card() -> Iterator[Finding]:
    subject = _("Recovery card")
    if not beginnings.is_founded():
        yield Finding(
            "missing", subject, _("Nobody has begun yet: open the link that “banderole up” prints.")
        )
    elif recovery.is_verified():
        yield Finding("good", subject, _("A recovery card is printed and was typed back."))
    elif recovery.is_complete():
        yield Finding(
            "good",
            subject,
            _("Two coordinators can open everything; a card that is typed back would be safer still."),
        )
    else:
        yield Finding(
            "wrong",
            subject,
            _(
                "Only one passphrase opens the list of members: print the card on /espace/carte/, type it back."
            ),
        )
