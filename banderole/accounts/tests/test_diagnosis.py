import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from banderole.accounts import diagnosis, logins, recovery
from banderole.accounts.beginnings import found_association, prepare_home
from banderole.accounts.tests.conftest import PASSPHRASE
from banderole.vault.keys import current_key, grant
from banderole.vault.models import Key, KeyKind

pytestmark = pytest.mark.django_db


def states(question):
    return [finding.state for finding in question()]


def test_the_doctor_asks_for_a_copy_of_the_keys_until_it_is_noted(keys_root, capsys):
    assert states(diagnosis.keys) == ["good", "missing"]

    call_command("keys_saved")

    assert states(diagnosis.keys) == ["good", "good"]
    assert capsys.readouterr().out.startswith("Noted.")


def test_new_keys_have_to_be_saved_anew(keys_root):
    call_command("keys_saved")
    Key.objects.all().delete()
    for path in keys_root.glob("*.key"):
        path.unlink()
    prepare_home()

    assert states(diagnosis.keys) == ["good", "missing"]


def test_the_doctor_names_a_key_file_that_others_read(keys_root):
    (keys_root / "index.key").chmod(0o644)

    [finding] = diagnosis.keys()

    assert finding.state == "wrong"
    assert "chmod 600" in finding.sentence


def test_the_doctor_says_how_to_make_keys(db, settings, tmp_path):
    settings.KEYS_ROOT = tmp_path

    assert states(diagnosis.keys) == ["wrong"]
    with pytest.raises(CommandError):
        call_command("keys_saved")


def test_keys_without_a_database_are_named(keys_root):
    Key.objects.all().delete()

    assert states(diagnosis.keys) == ["missing"]


def test_the_doctor_asks_for_a_card_until_two_people_or_paper_can_help(keys_root):
    assert states(diagnosis.recovery_card) == ["missing"]
    _ada, adas, card, _words = found_association("ada", PASSPHRASE)
    assert states(diagnosis.recovery_card) == ["wrong"]

    bruno = logins.make_account("bruno", PASSPHRASE)
    grant(current_key(KeyKind.ASSOCIATION), bruno.key, adas)
    assert states(diagnosis.recovery_card) == ["good"]

    recovery.verify(card, at=timezone.now())
    assert states(diagnosis.recovery_card) == ["good"]
