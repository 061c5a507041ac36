"""A worker that is killed again and again while it sends a letter; run by test_kill as a program of its own.

Every worker is a real process, forked before any database connection, ended by SIGKILL at a named point or at
a random time, and followed by another until the letter is done. Prints what the ledger says in the end.
"""

import json
import os
import random
import signal
import sys
import time
from contextlib import contextmanager

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "banderole.settings"
django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from banderole.letters.domain import ledger, waves
from banderole.letters.domain.sending import send_letters
from banderole.letters.domain.starting import start_letter
from banderole.letters.models import Letter, Newsletter, Recipient
from banderole.people.domain import consents, persons
from banderole.people.enums import Purpose
from banderole.vault.home import make_keys

POINTS = ("claimed", "admitted", "body", "committed", "dotted", "answered", "recorded")
RECIPIENTS = int(os.environ["KILL_RECIPIENTS"])
KILLS = int(os.environ["KILL_TIMES"])


def found():
    settings.HOME.mkdir()
    call_command("migrate", verbosity=0)
    make_keys()
    with transaction.atomic():
        newsletter = Newsletter.objects.create(
            name="La lettre", slug="la-lettre", promise="…", sender_name="Nous"
        )
        wording = consents.wording(Purpose.NEWSLETTER, locale="fr", text="Oui")
        for number in range(RECIPIENTS):
            contact = persons.contact_for(persons.normalise(f"p{number}@example.org"), locale="fr")
            persons.verify(contact)
            consents.give(
                contact.person, Purpose.NEWSLETTER, subject=newsletter.consent_subject,
                wording=wording, channel="form", at=timezone.now(),
            )  # fmt: skip
        letter = Letter.objects.create(
            newsletter=newsletter, subject="Bonjour", body=[{"type": "heading", "value": "Bonjour " * 50}]
        )
        start_letter(letter, now=timezone.now())


def work(point, times, ready):
    """Send until the letter is done; die at the nth pass of a point, where one is named."""
    passes = 0

    def at_point(name):
        nonlocal passes
        if name == "admitted" and ready is not None:
            os.write(ready, b".")  # the first wave is on its way: now a kill can do harm
        if name == point:
            passes += 1
            if passes == times:
                os.kill(os.getpid(), signal.SIGKILL)

    waves.at_point = at_point
    while Letter.objects.filter(state="sending").exists():
        send_letters()


def report():
    letter = Letter.objects.get()
    ledger.check_balance(letter)
    rows = list(Recipient.objects.values_list("contact_id", "state"))
    addresses = persons.addresses([contact_id for contact_id, _state in rows])
    states = {addresses[contact_id]: state for contact_id, state in rows}
    print(json.dumps({"state": letter.state, "frozen": letter.frozen, "states": states}))


@contextmanager
def child(run, *args):
    pid = os.fork()
    if not pid:
        try:
            run(*args)
            sys.stdout.flush()
            os._exit(0)
        except BaseException:  # noqa: BLE001 -- whatever it is, the parent must hear of it
            sys.excepthook(*sys.exc_info())
            os._exit(1)
    yield pid


def run_child(run, *args):
    with child(run, *args) as pid:
        return os.waitpid(pid, 0)[1]


def killed_at_a_random_time(chance):
    hear, ready = os.pipe()
    with child(work, None, 0, ready) as pid:
        os.close(ready)
        os.read(hear, 1)
        time.sleep(chance.random() * 0.03)
        os.kill(pid, signal.SIGKILL)
        os.close(hear)
        return os.waitpid(pid, 0)[1]


def main():
    chance = random.Random(int(os.environ.get("KILL_SEED", "1")))
    assert run_child(found) == 0
    kills = {}
    for number in range(KILLS):
        point = POINTS[number // 2 % len(POINTS)] if number % 2 else "random"
        if point == "random":
            status = killed_at_a_random_time(chance)
        else:
            status = run_child(work, point, chance.randint(1, 3), None)
        if status == signal.SIGKILL:
            kills[point] = kills.get(point, 0) + 1
        else:
            assert status == 0, f"worker ended with {status}"
    assert run_child(work, None, 0, None) == 0
    print(json.dumps(kills), flush=True)
    assert run_child(report) == 0


if __name__ == "__main__":
    main()
