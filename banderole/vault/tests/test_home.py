import pytest

from banderole.vault import home
from banderole.vault.blind_index import blind_index
from banderole.vault.envelopes import open_envelope, seal
from banderole.vault.exceptions import KeyFileError
from banderole.vault.keys import current_key
from banderole.vault.models import Key, KeyKind

FILES = ["index.key", "machine.key", "site.secret"]


def test_the_keys_are_made_once_and_for_their_owner_only(keys_root):
    before = {path.name: path.read_bytes() for path in keys_root.iterdir()}

    home.make_keys()

    assert sorted(before) == FILES
    assert {path.name: path.read_bytes() for path in keys_root.iterdir()} == before
    assert {path.stat().st_mode & 0o777 for path in keys_root.iterdir()} == {0o600}
    assert keys_root.stat().st_mode & 0o777 == 0o700
    assert sorted(key.kind for key in Key.objects.all()) == ["addresses", "machine"]


def test_the_machine_opens_what_is_sealed_for_it(keys_root):
    envelope = seal({"name": "Chloé"}, for_keys=[current_key(KeyKind.MACHINE)], context="inbox")

    assert open_envelope(envelope, home.machine_keyring(), "inbox") == {"name": "Chloé"}


def test_the_machine_key_lies_in_no_row(keys_root):
    secret = bytes.fromhex((keys_root / "machine.key").read_text())

    stored = b"".join(
        bytes(key.public) + b"".join(bytes(w.blob) for w in key.wraps.all()) for key in Key.objects.all()
    )

    assert secret not in stored
    assert home.machine_keyring().half(current_key(KeyKind.MACHINE).id) not in stored


def test_sealing_needs_no_key_file(keys_root):
    for name in ("machine.key", "index.key"):
        (keys_root / name).unlink()

    assert seal({"name": "Chloé"}, for_keys=[current_key(KeyKind.MACHINE)], context="inbox", pad=True)


def test_a_key_file_that_others_read_is_refused(keys_root):
    (keys_root / "machine.key").chmod(0o640)

    with pytest.raises(KeyFileError, match="chmod 600"):
        home.machine_keyring()


@pytest.mark.parametrize("name", ["machine.key", "index.key"])
def test_a_lost_key_file_is_not_made_anew(keys_root, name):
    (keys_root / name).unlink()

    with pytest.raises(KeyFileError, match=f"{name} is missing"):
        home.make_keys()
    assert not (keys_root / name).exists()


@pytest.mark.parametrize("content", [b"", b"00ff\n", b"no hex\n", "é".encode()])
def test_a_damaged_key_file_is_named(keys_root, content):
    (keys_root / "machine.key").write_bytes(content)

    with pytest.raises(KeyFileError, match=r"damaged|cannot be read"):
        home.machine_keyring()


def test_the_key_of_another_database_is_named(keys_root):
    (keys_root / "machine.key").write_text("ab" * 32)

    with pytest.raises(KeyFileError, match="not the key of this database"):
        home.make_keys()


def test_a_lost_site_secret_is_only_a_new_one(keys_root):
    (keys_root / "site.secret").unlink()

    home.make_keys()

    assert (keys_root / "site.secret").exists()


def test_a_key_folder_without_rows_is_used_again(keys_root):
    secret = (keys_root / "machine.key").read_bytes()
    Key.objects.all().delete()

    home.make_keys()

    assert (keys_root / "machine.key").read_bytes() == secret
    assert home.machine_keyring().reaches(current_key(KeyKind.ADDRESSES))


def test_of_two_beginners_the_first_keys_stand(keys_root, monkeypatch):
    path = keys_root / "machine.key"
    first = path.read_text()
    monkeypatch.setattr(type(path), "exists", lambda _path: False)

    home._make_file(path, "another secret")

    assert path.read_text() == first
    assert sorted(file.name for file in keys_root.iterdir()) == FILES


def test_the_blind_index_is_equal_for_equal_values_under_one_key(keys_root):
    index = blind_index("ada@example.org")

    assert blind_index("ada@example.org") == index
    assert blind_index("bda@example.org") != index
    assert len(index) == 16
    (keys_root / "index.key").write_text("ab" * 32)
    assert blind_index("ada@example.org") != index
