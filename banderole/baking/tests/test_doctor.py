import fcntl
import json

import pytest
from django.core.management import call_command

from banderole.baking.models import BakedFile, Change


@pytest.fixture
def doctor(machine_home, capsys):
    def ask():
        with pytest.raises(SystemExit) as ended:
            call_command("doctor", "--json")
        findings = json.loads(capsys.readouterr().out)
        return ended.value.code, {
            finding["subject"]: (finding["state"], finding["sentence"]) for finding in findings
        }

    return ask


@pytest.mark.parametrize(
    ("url", "demo", "state", "sentence"),
    [
        (
            "http://localhost:8000", False, "missing",
            "http://localhost:8000 can be read on this machine only: set BANDEROLE_URL to the site's own address.",
        ),
        (
            "http://example.org", False, "wrong",
            "http://example.org is not encrypted: put a reverse proxy with a certificate before it, and say https.",
        ),
        ("https://example.org", False, "good", "https://example.org"),
        ("http://localhost:8000", True, "good", "http://localhost:8000, a demo."),
    ],
)  # fmt: skip
def test_it_says_whether_people_can_reach_the_site(doctor, settings, url, demo, state, sentence):
    settings.PUBLIC_URL, settings.SECURE, settings.DEMO = url, url.startswith("https"), demo

    code, findings = doctor()

    assert (code, findings["Address"]) == (1, (state, sentence))


def test_it_says_whether_the_site_runs(doctor, machine_home):
    stopped = doctor()[1]["Processes"]
    with (machine_home / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        runs = doctor()[1]["Processes"]

    assert stopped == ("missing", "The site does not run: start it with `banderole up`.")
    assert runs == ("good", "The site runs.")


def test_it_names_pages_that_could_not_be_baked(doctor):
    Change.objects.all().delete()

    assert doctor()[1]["Pages"] == ("good", "0 pages are files, 0 changes wait to be baked.")
    BakedFile.objects.create(path="/agenda/", error="ValueError at campaigns/views.py:3")

    assert doctor()[1]["Pages"] == (
        "wrong",
        (
            "/agenda/ could not be baked (ValueError at campaigns/views.py:3): its old file stays. "
            "Tell those who write the program."
        ),
    )
