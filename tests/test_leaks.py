"""THE GATE: nobody's name, address, phone or word stands in clear in any byte that a site leaves on disk."""

import base64
import contextlib
import gzip
import hashlib
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import brotli
import pytest
from django.core import signing

from tests.leak_scenario import MARK, PERSONS, MadeUp

ROOT = Path(__file__).parent.parent


def run(home, *arguments):
    """Play the scenario in this home; its logs and temporary files lie there too."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **{
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("BANDEROLE_", "DJANGO_"))
        },
        "BANDEROLE_HOME": str(home),
        "BANDEROLE_URL": "http://testserver",
        "BANDEROLE_SMTP_HOST": "127.0.0.1",
        "BANDEROLE_SMTP_PORT": str(port),
        "BANDEROLE_SMTP_SECURITY": "none",
        "TMPDIR": str(home / "tmp"),
        "PYTHONPATH": str(ROOT),
    }
    with (home / "logs" / "out").open("wb") as out, (home / "logs" / "err").open("wb") as err:
        ended = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "tests.leak_scenario", *arguments],
            env=environment, stdout=out, stderr=err, cwd=ROOT, timeout=600, check=False,
        )  # fmt: skip
    assert ended.returncode == 0, (home / "logs" / "err").read_text()[-3000:]
    return (home / "logs" / "out").read_text()


def in_every_writing(word):
    """Patterns for this word as plain text, UTF-16, hexadecimal, base64, percent-encoded, or backwards."""
    for written in {word, word.capitalize(), word.upper()}:
        data = written.encode()
        yield re.escape(data.hex().encode())
        yield re.escape(data[::-1])
        for encoding in ("utf-16-le", "utf-16-be", "utf-32-le"):
            yield re.escape(written.encode(encoding))
        for shift in range(3):
            # Only the middle is the same whatever stands before and after.
            whole = base64.b64encode(b"\0" * shift + data + b"\0" * 3)
            yield re.escape(whole[-(-shift * 8 // 6) : (shift + len(data)) * 8 // 6])
    yield re.escape(word.encode())


NAMES = re.compile(b"|".join(sorted(set(in_every_writing(MARK)))), re.IGNORECASE)
PHONES = re.compile(rb"6[ .-]?39[ .-]?98[ .-]?\d\d[ .-]?\d\d(?!\d)")


def digests(address):
    """What a careless index would store: a hash that anybody can compute."""
    for algorithm in ("md5", "sha1", "sha256"):
        digest = hashlib.new(algorithm, address.encode())
        yield digest.digest()[:12]
        yield digest.hexdigest()[:24].encode()
        yield base64.b64encode(digest.digest())[:16]


def unpacked(path):
    """Every reading of a file: as it lies, and without the packing that hides words."""
    data = path.read_bytes()
    yield data
    if path.suffix == ".gz":
        yield gzip.decompress(data)
    if path.suffix == ".br":
        yield brotli.decompress(data)
    if data.startswith(b"SQLite format 3\0"):
        yield from sessions(path)


def sessions(path):
    """Sessions are packed before they are stored: what they hold is looked at too."""
    with tempfile.TemporaryDirectory() as elsewhere:
        # On a copy: to open the database would write its log back and take the file away.
        for part in path.parent.glob(f"{path.name}*"):
            shutil.copy(part, elsewhere)
        with contextlib.closing(sqlite3.connect(Path(elsewhere, path.name))) as database:
            rows = database.execute("SELECT session_data FROM django_session").fetchall()
    for (stored,) in rows:
        body = stored.rsplit(":", 2)[0]
        data = signing.b64_decode(body.removeprefix(".").encode())
        yield zlib.decompress(data) if body.startswith(".") else data


def leaks(home):
    """Every place below the home where something of a person can be read, with a few bytes around it."""
    careless = re.compile(
        b"|".join(re.escape(d) for n in range(0, PERSONS, 10) for d in digests(MadeUp(n).address))
    )
    found = []
    for path in sorted(path for path in home.rglob("*") if path.is_file()):
        for data in unpacked(path):
            for pattern in (NAMES, PHONES, careless):
                hit = pattern.search(data)
                if hit:
                    found.append(
                        (str(path.relative_to(home)), data[max(hit.start() - 40, 0) : hit.end() + 20])
                    )
    return found


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory):
    """A home in which the whole scenario was played, and what it did."""
    home = tmp_path_factory.mktemp("home")
    for folder in ("logs", "tmp"):
        (home / folder).mkdir()
    return home, json.loads(run(home).splitlines()[-1])


def test_nothing_of_two_hundred_persons_stands_in_clear_on_disk(lived_in):
    home, done = lived_in

    files = {path.relative_to(home).parts[0] for path in home.rglob("*") if path.is_file()}
    assert {"banderole.db", "banderole.db-wal", "baked", "backups", "logs", "keys"} <= files
    assert done == {
        "persons": PERSONS - 10,
        "erased": 10,
        "contacts": PERSONS - 10,
        "confirmed": PERSONS - 10,
        "dossiers": 120 - 8 + 70,  # who comes, without those who cancelled; who joined, without the erased
        "notes": 2 * 70,
        "participations": 120,
        "letters": 120,
        "inbox": 0,
        "unsent": 0,
        "mails": PERSONS,
    }
    assert leaks(home) == []


def test_the_gate_finds_what_is_planted_in_each_way(lived_in, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(lived_in[0], home)

    run(home, "plant")

    assert {path for path, _around in leaks(home)} == {
        "banderole.db",  # in a session
        "banderole.db-wal",  # in a row
        "logs/err",
        "media/list.csv",
        "media/mail.eml",
        "baked/page.html.gz",
        "baked/page.html.br",
        "tmp/number",
        "tmp/index",
    }
