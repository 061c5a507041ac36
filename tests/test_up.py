"""`banderole up`, as a host meets it: real processes, real sockets."""

import json
import os
import signal
import socket
import sqlite3
import stat
import time

import pytest

from e2e.running_site import free_port
from tests.processes import Up, banderole, gone


def test_a_new_site_says_where_it_is_and_how_to_begin_and_stops_when_asked(home):
    with Up(home) as up:
        up.wait_for(f"Banderole is ready: {up.url}/")
        link = up.wait_for("/espace/commencer/").strip()
        begin = up.ask(link.removeprefix(up.url))
        children = up.children()

        second = banderole(home, "up", "--port", str(free_port()))
        asked_at = time.monotonic()
        os.killpg(up.process.pid, signal.SIGINT)  # what Ctrl-C does
        code = up.process.wait(10)
        took = time.monotonic() - asked_at

    assert begin.status == 200
    assert sorted(children) == ["web", "worker"]
    assert stat.S_IMODE((home / "banderole.db").stat().st_mode) == 0o640
    assert (second.returncode, second.stdout) == (2, "")
    assert second.stderr == (
        f"{home} is in use by another `banderole up`: stop that one first, or name another folder in BANDEROLE_HOME.\n"
    )
    assert (code, [gone(pid) for pid in children.values()]) == (0, [True, True])
    assert took < 5.5
    assert up.lines[-1] == "Stopped."


def test_a_child_that_dies_is_started_again_and_it_says_so(home):
    with Up(home) as up:
        up.wait_for("Ctrl-C stops it.")
        before = up.children()

        os.kill(before["worker"], signal.SIGKILL)
        up.wait_for("worker stopped by itself (signal SIGKILL); it is started again now.")
        os.kill(before["web"], signal.SIGKILL)
        up.wait_for("web stopped by itself (signal SIGKILL); it is started again now.")
        answer = _ask_until_it_answers(up)

        after = up.children()

    assert answer.status == 200
    assert sorted(after) == ["web", "worker"]
    assert not set(after.values()) & set(before.values())


def test_no_child_outlives_up_when_it_is_killed(home):
    with Up(home) as up:
        up.wait_for("Ctrl-C stops it.")
        children = up.children()

        up.process.kill()

        assert [gone(pid) for pid in children.values()] == [True, True]


def _ask_until_it_answers(up):
    until = time.monotonic() + 60
    while True:
        try:
            return up.ask("/agenda/")
        except ConnectionError:
            assert time.monotonic() < until
            time.sleep(0.1)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"BANDEROLE_PORT": "abc"}, "BANDEROLE_PORT=abc: use a number from 1 to 65535.\n"),
        ({"BANDEROLE_URL": "example.org"}, "BANDEROLE_URL=example.org: use an address such as https://example.org.\n"),
        ({"BANDEROLE_SMTP_SECURITY": "maybe"}, "BANDEROLE_SMTP_SECURITY=maybe: use one of starttls, tls, none.\n"),
    ],
)  # fmt: skip
def test_a_bad_setting_is_one_sentence(tmp_path, settings, sentence):
    answer = banderole(tmp_path / "home", "up", **settings)

    assert (answer.returncode, answer.stderr) == (2, sentence)


def test_a_bad_port_on_the_line_is_one_sentence(tmp_path):
    answer = banderole(tmp_path / "home", "up", "--port", "70000")

    assert (answer.returncode, answer.stderr) == (2, "BANDEROLE_PORT=70000: use a number from 1 to 65535.\n")


def test_a_taken_port_is_one_sentence(home):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        answer = banderole(home, "up", "--port", str(port))

    assert answer.returncode == 2
    assert answer.stderr == (
        f"Port {port} on 127.0.0.1 is taken or not of this machine: stop the program that uses it, "
        f"or say `banderole up --port {port + 1}`.\n"
    )


def test_a_taken_port_leaves_nothing_behind_and_the_advice_keeps_the_demo(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        answer = banderole(tmp_path / "home", "up", "--demo", "--port", str(port))

    assert answer.returncode == 2
    assert answer.stderr.endswith(f"or say `banderole up --demo --port {port + 1}`.\n")
    assert list(tmp_path.iterdir()) == []


def test_the_doctor_of_a_site_that_is_not_made_says_how_to_make_it(tmp_path):
    (tmp_path / "file").write_text("")
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "banderole.db").write_bytes(b"")

    answers = {name: banderole(tmp_path / name, "doctor", "--json") for name in ("none", "file/home", "half")}

    no_site = "There is no site in {} yet: run `banderole up` first, or name its folder in BANDEROLE_HOME."
    half = "The site in {} is not made to the end for this version: run `banderole up` first."
    for name, sentence in (("none", no_site), ("file/home", no_site), ("half", half)):
        assert (answers[name].returncode, answers[name].stderr) == (1, "")
        assert json.loads(answers[name].stdout) == [
            {"state": "missing", "subject": "Site", "sentence": sentence.format(tmp_path / name)}
        ]
    assert not (tmp_path / "none").exists()


def test_a_home_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    home = tmp_path / "file" / "home"

    answer = banderole(home, "up", "--port", str(free_port()))

    assert answer.returncode == 2
    assert answer.stderr == (
        f"BANDEROLE_HOME={home}: {home} cannot be written. "
        "Give the folder to this user, or name another one in BANDEROLE_HOME.\n"
    )


def test_a_database_from_a_newer_version_is_left_alone(home):
    with sqlite3.connect(home / "banderole.db") as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('people', '9999_later', '2030-01-01')"
        )
    database.close()

    answer = banderole(home, "up", "--port", str(free_port()))

    assert answer.returncode == 2
    assert answer.stderr == (
        "The database is newer than this program (it has people.9999_later): "
        "install the version that wrote it, or a later one.\n"
    )


def test_a_file_that_is_no_database_is_one_sentence(home):
    (home / "banderole.db").write_bytes(b"not a database at all" * 1000)

    answer = banderole(home, "up", "--port", str(free_port()))

    assert answer.returncode == 2
    assert answer.stderr.startswith("The database does not open (DatabaseError): ")


def test_a_missing_key_file_is_one_sentence(home):
    (home / "keys" / "machine.key").unlink()

    answer = banderole(home, "up", "--port", str(free_port()))

    assert answer.returncode == 2
    assert answer.stderr.startswith(f"{home}/keys/machine.key is missing: ")
    assert answer.stderr.count("\n") == 1


def test_a_site_is_never_filled_with_the_demo(home):
    answer = banderole(home, "up", "--demo", "--port", str(free_port()))

    assert (answer.returncode, answer.stderr) == (
        2,
        f"{home} holds a site already: start it without --demo, or name an empty folder in BANDEROLE_HOME.\n",
    )


def test_a_command_without_a_site_says_how_to_make_one(tmp_path):
    answer = banderole(tmp_path / "none", "bake")

    assert answer.returncode == 2
    assert answer.stderr == (
        f"There is no site in {tmp_path}/none yet: "
        "make one with `banderole up`, or name its folder in BANDEROLE_HOME.\n"
    )
