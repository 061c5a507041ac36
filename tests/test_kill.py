"""A worker that is killed at any moment loses nobody and writes to nobody twice."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from banderole.letters.enums import Delivery

CONNECTIONS = 4
RECIPIENTS = 1200
KILLS = 36


@pytest.fixture
def sink(tmp_path):
    kept = tmp_path / "kept"
    program = [sys.executable, str(Path(__file__).with_name("sink.py")), str(kept)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as process:
        yield int(process.stdout.readline()), kept
        process.terminate()


def test_three_dozen_kills_lose_nobody_and_write_to_nobody_twice(sink, tmp_path):
    port, kept = sink
    environment = {
        **{
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("BANDEROLE_", "DATABASE_"))
        },
        "BANDEROLE_HOME": str(tmp_path / "home"),
        "BANDEROLE_SMTP_HOST": "127.0.0.1",
        "BANDEROLE_SMTP_PORT": str(port),
        "BANDEROLE_SMTP_SECURITY": "none",
        "BANDEROLE_SMTP_CONNECTIONS": str(CONNECTIONS),
        "BANDEROLE_MAIL_FROM": "bonjour@example.org",
        "KILL_RECIPIENTS": str(RECIPIENTS),
        "KILL_TIMES": str(KILLS),
    }

    done = subprocess.run(
        [sys.executable, "-m", "tests.kills"],
        env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]

    kills, report = (json.loads(line) for line in done.stdout.splitlines())
    states = {address: Delivery(state) for address, state in report["states"].items()}
    accepted = Counter(kept.read_text().split())
    in_doubt = {address for address, state in states.items() if state == Delivery.IN_DOUBT}
    assert sum(kills.values()) >= 30
    assert (report["state"], report["frozen"], len(states)) == ("sent", RECIPIENTS, RECIPIENTS)
    assert [address for address, times in accepted.items() if times > 1] == []
    assert set(states.values()) <= {Delivery.ACCEPTED, Delivery.IN_DOUBT}
    assert {address for address, state in states.items() if state == Delivery.ACCEPTED} <= set(accepted)
    assert set(states) - set(accepted) <= in_doubt
    assert len(in_doubt) <= sum(kills.values()) * CONNECTIONS
    print(f"kills {kills}, in doubt {len(in_doubt)}, of which arrived {len(in_doubt & set(accepted))}")
