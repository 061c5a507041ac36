import pytest

from banderole.common import env
from banderole.common.env import SettingError


@pytest.mark.parametrize(
    ("read", "value", "sentence"),
    [
        (lambda name: env.number(name, 1, lowest=1, highest=9), "ten", "SET=ten: use a number from 1 to 9."),
        (lambda name: env.number(name, 1, lowest=1, highest=9), "-1", "SET=-1: use a number from 1 to 9."),
        (lambda name: env.number(name, 1, lowest=1, highest=9), "١٢", "SET=١٢: use a number from 1 to 9."),
        (lambda name: env.boolean(name, default=True), "true", "SET=true: use one of yes, no."),
        (lambda name: env.origin(name, ""), "example.org", "SET=example.org: use an address such as https://example.org."),
        (lambda name: env.origin(name, ""), "ftp://example.org", "SET=ftp://example.org: use an address such as https://example.org."),
        (lambda name: env.origin(name, ""), "https://example.org/blog", "SET=https://example.org/blog: use an address such as https://example.org."),
        (lambda name: env.origin(name, ""), "https://[bad", "SET=https://[bad: use an address such as https://example.org."),
        (lambda name: env.origin(name, ""), "https://example.org:99999", "SET=https://example.org:99999: use an address such as https://example.org."),
        (lambda name: env.time_zone(name, ""), "Mars/Base", "SET=Mars/Base: use a time zone such as Europe/Paris."),
        (lambda name: env.time_zone(name, ""), "../etc", "SET=../etc: use a time zone such as Europe/Paris."),
        (lambda name: env.mail_address(name, ""), "bonjour", "SET=bonjour: use a mail address such as bonjour@example.org."),
        (lambda name: env.mail_address(name, ""), "a@b@c", "SET=a@b@c: use a mail address such as bonjour@example.org."),
        (env.database, "mysql://u:secret@h/n", "SET: use an address such as postgres://user:password@host:5432/banderole."),
        (env.database, "postgres://u:secret@h:x/n", "SET: use an address such as postgres://user:password@host:5432/banderole."),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_used_is_named_with_those_that_can(monkeypatch, read, value, sentence):
    monkeypatch.setenv("SET", value)

    with pytest.raises(SettingError) as raised:
        read("SET")

    assert str(raised.value) == sentence


def test_a_secret_may_lie_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "password").write_text("mot de passe\n", encoding="utf-8")
    monkeypatch.setenv("SET_FILE", str(tmp_path / "password"))

    assert env.text("SET") == "mot de passe"
    monkeypatch.setenv("SET_FILE", str(tmp_path / "none"))
    with pytest.raises(SettingError):
        env.text("SET")


def test_an_empty_folder_setting_is_no_setting(monkeypatch):
    monkeypatch.setenv("SET", "")

    assert env.folder("SET", "site").name == "site"


def test_an_address_loses_its_last_slash(monkeypatch):
    monkeypatch.setenv("SET", "https://example.org:8443/")

    assert env.origin("SET", "") == "https://example.org:8443"
