import pytest
from django.utils import timezone

from banderole.accounts import diagnosis, logins, recovery
from banderole.accounts.beginnings import found_association
from banderole.people.domain import doctor
from banderole.vault.keys import current_key, grant
from banderole.vault.models import KeyKind

PASSPHRASE = "marée basse à Port-en-Bessin"


def found(subject):
    return next(finding for finding in doctor.findings() if finding.subject == subject)


@pytest.mark.parametrize("saved_by", ["nothing", "a second account", "the card"])
def test_people_and_accounts_agree_on_who_can_open_everything(keys_root, saved_by):
    _ada, adas, card, _words = found_association("ada", PASSPHRASE)
    if saved_by == "a second account":
        bruno = logins.make_account("bruno", PASSPHRASE + " aussi")
        grant(current_key(KeyKind.ASSOCIATION), bruno.key, adas)
    if saved_by == "the card":
        recovery.verify(card, at=timezone.now())

    [of_accounts] = diagnosis.recovery_card()

    assert found("Association").state == of_accounts.state == ("wrong" if saved_by == "nothing" else "good")


def test_no_mail_is_no_number(keys_root):
    assert found("Mail").sentence == "No relay is set. No mail waits. Set BANDEROLE_SMTP_HOST."
    assert [finding.subject for finding in doctor.findings()] == ["Association", "Inbox", "Mail", "Record"]
