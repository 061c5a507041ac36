"""A site's whole life with 200 made-up persons, played in a home of its own by `test_leaks.py`.

Everything goes through the doors: public forms, links in mails, the worker's chores, the team's pages. Each word
of a person holds MARK, so that a single word left in clear anywhere is found. Prints what was done as JSON.
"""

# ruff: noqa: PLC0415 -- the apps can be imported only when the environment is set
import base64
import gzip
import hashlib
import json
import os
import re
import sqlite3
import sys
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import brotli

MARK = "xyloqz"
PHONE_START = "06 39 98"  # kept by the regulator for made-up people
PASSPHRASE = "une-phrase-que-personne-ne-devine"
PERSONS = 200


class Mailbox:
    """A mail server that keeps what it accepts in memory, which is no file."""

    def __init__(self):
        self.links = {}

    async def handle_DATA(self, _server, _session, envelope):
        message = message_from_bytes(envelope.content, policy=policy.default)
        text = message.get_body(("plain",)).get_content()
        self.links.setdefault(envelope.rcpt_tos[0], []).extend(re.findall(r"http://testserver(/\S+)", text))
        return "250 OK"


class MadeUp:
    """One person, every word of whom is marked."""

    def __init__(self, number):
        self.address = f"{MARK}.{number}@{MARK}{number % 7}.example.org"
        self.name = f"{MARK.capitalize()}ène{number} Du{MARK}bois"
        self.phone = f"{PHONE_START} {number // 100:02d} {number % 100:02d}"
        self.postcode = ("14400", "14000", "14230")[number % 3]
        self.sentence = f"Je {MARK} : j’aime la {MARK}{number} & les {MARK.upper()}."


def play():
    from django.test import Client

    from banderole.common import chores, public_forms

    done = {"persons": 0, "mails": 0}
    crowd = [MadeUp(number) for number in range(PERSONS)]
    nadia, event, newsletter = found()

    def post(path, fields, expected=303):
        public_forms.forget_rates()  # two hundred visitors do not share one network
        answer = Client().post(path, fields, headers={"sec-fetch-site": "same-origin"})
        assert answer.status_code == expected, (path, answer.status_code)

    for person in crowd[:120]:
        post("/abonnement/", {"address": person.address, "newsletters": newsletter.slug})
    for person in crowd[80:]:
        fields = {"name": person.name, "address": person.address, "seats": "2"}
        post(f"/agenda/{event.slug}/venir/", fields)
    for person in joining(crowd):
        told = {"name": person.name, "email": person.address, "postcode": person.postcode}
        post("/rejoindre/", told | {"phone": person.phone, "sentence": person.sentence})
    post("/abonnement/", {"address": f"{MARK} is no address", "newsletters": newsletter.slug}, 422)
    chores.run_all()
    press_every_link()
    chores.run_all()
    some_come_no_more(crowd)
    look_at_people(nadia, crowd, event)
    send_letter(newsletter)
    chores.run_all()
    erase_some(crowd[:10], post)
    chores.run_all()
    done |= counts()
    done["mails"] = sum(len(links) > 0 for links in mailbox.links.values())
    return done


def found():
    """The association, its groups, an event and a newsletter."""
    from django.utils import timezone

    from banderole.accounts import beginnings
    from banderole.campaigns.models import Event
    from banderole.letters.models import Newsletter
    from banderole.people.domain import groups

    nadia, *_rest = beginnings.found_association("nadia", PASSPHRASE)
    made = [
        groups.make_group(town, town=town, postcodes=code, by=nadia)
        for town, code in (("Bayeux", "144"), ("Caen", "140"), ("Isigny-sur-Mer", "142"))
    ]
    starts = timezone.now() + timedelta(days=9)
    event = Event.objects.create(
        slug="assemblee", title="Assemblée", group=made[0], starts=starts, ends=starts + timedelta(hours=2),
        place_name="Salle Jean-Vilar", address="3 rue du Moulin", town="Bayeux", published=True,
    )  # fmt: skip
    newsletter = Newsletter.objects.create(
        name="La lettre", slug="la-lettre", promise="Des nouvelles.", sender_name="Les Riverains"
    )
    return nadia, event, newsletter


def press_every_link():
    """Confirm whatever the mails ask to confirm, as somebody at a browser would."""
    from django.test import Client

    confirming = [link for links in mailbox.links.values() for link in links if "confirmer" in link]
    for number, link in enumerate(confirming):
        if number % 20 == 0:
            assert Client().get(link).status_code == 200, link
        assert Client().post(link).status_code == 200, link


def joining(crowd):
    return crowd[:30] + crowd[150:]


def some_come_no_more(crowd):
    from django.test import Client

    for person in crowd[120:128]:
        for link in mailbox.links.get(person.address, []):
            if "annuler" in link:
                assert Client().post(link).status_code == 200


def look_at_people(nadia, crowd, event):
    """A coordinator reads lists and cards, searches, writes notes, and talks with a newcomer."""
    from django.test import Client

    from banderole.people.domain import persons

    browser = Client()
    entered = browser.post("/espace/entrer/", {"login": nadia.login, "passphrase": PASSPHRASE})
    assert entered.status_code == 302
    for path in ("", "groupes/bayeux/", "nouvelles-personnes/", f"rendez-vous/{event.uid}/"):
        assert MARK in browser.get(f"/espace/{path}").content.decode().lower(), path
    found = browser.post("/espace/groupes/bayeux/", {"q": crowd[0].name}).content.decode()
    assert crowd[0].name in found
    for made in joining(crowd):
        person = persons.contact_for(persons.normalise(made.address), locale="fr").person
        card = f"/espace/personnes/{person.public_id}/"
        assert made.phone in browser.get(card).content.decode()
        browser.post(f"{card}noter/", {"text": f"{MARK} rappelle jeudi au {made.phone}."})
        newcomer = f"/espace/nouvelles-personnes/{person.public_id}/"
        assert made.name in browser.get(newcomer).content.decode()
        browser.post(f"{newcomer}parole/", {"text": f"Aime {MARK} et {MARK}."})
    assert f"{MARK} rappelle jeudi" in browser.get(card).content.decode()


def send_letter(newsletter):
    from django.utils import timezone

    from banderole.letters.domain.starting import start_letter
    from banderole.letters.models import Letter

    letter = Letter.objects.create(
        newsletter=newsletter,
        subject="L’eau monte",
        body=[{"type": "text", "value": "<p>Bonjour à vous.</p>"}],
    )
    start_letter(letter, now=timezone.now())


def erase_some(leaving, post):
    """They ask for their data by mail, look at it, and have it erased."""
    from django.test import Client

    from banderole.common import chores

    for person in leaving:
        post("/vos-donnees/", {"email": person.address})
    post("/vos-donnees/", {"email": f"unknown.{MARK}@{MARK}.example.org"})
    chores.run_all()
    for person in leaving:
        link = next(link for link in mailbox.links[person.address] if "vos-donnees" in link)
        assert Client().post(link, {"act": "show"}).status_code == 200
        assert Client().post(link, {"act": "erase"}).status_code == 200


def counts():
    from banderole.campaigns.models import Participation
    from banderole.letters.models import Recipient
    from banderole.people.models import Contact, Dossier, InboxItem, Mail, Note, Person

    return {
        "persons": Person.objects.filter(erased_at=None).count(),
        "erased": Person.objects.exclude(erased_at=None).count(),
        "contacts": Contact.objects.count(),
        "confirmed": Contact.objects.exclude(verified_at=None).count(),
        "dossiers": Dossier.objects.count(),
        "notes": Note.objects.count(),
        "participations": Participation.objects.count(),
        "letters": Recipient.objects.count(),
        "inbox": InboxItem.objects.count(),
        "unsent": Mail.objects.filter(sent_at=None).count(),
    }


def back_up(home):
    """A copy of the database as a backup makes it: whole, in one file."""
    source = sqlite3.connect(home / "banderole.db")
    with sqlite3.connect(home / "backups" / "copy.db") as copy:
        source.backup(copy)
    copy.close()
    source.close()


def plant(home):
    """What the gate must find: a name in clear, in each way that somebody might leave one."""
    from django.test import Client

    from banderole.people.models import Group

    name = f"Camille {MARK.capitalize()}"
    Group.objects.update(description=f"Voir {name}")
    session = Client().session
    session["looked_for"] = [name] * 99  # long enough to be packed
    session.save()
    sys.stderr.write(f"cannot write to {name}\n")
    (home / "media" / "list.csv").write_bytes(name.encode("utf-16-le"))
    (home / "media" / "mail.eml").write_bytes(base64.b64encode(f"To: {name}\n".encode()))
    (home / "baked" / "page.html.gz").write_bytes(gzip.compress(name.encode()))
    (home / "baked" / "page.html.br").write_bytes(brotli.compress(name.encode()))
    (home / "tmp" / "number").write_text("+33 6.39.98.00.07")
    (home / "tmp" / "index").write_text(hashlib.sha256(MadeUp(10).address.encode()).hexdigest())


if __name__ == "__main__":
    from aiosmtpd.controller import Controller

    home = Path(os.environ["BANDEROLE_HOME"])
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=int(os.environ["BANDEROLE_SMTP_PORT"]))
    controller.start()
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "banderole.settings"
    django.setup()
    from banderole.baking.domain import bake
    from banderole.baking.domain import home as made

    made.take_home()
    made.prepare()
    if len(sys.argv) > 1:
        plant(home)
    else:
        print(json.dumps(play()))
        bake.bake_all()
        back_up(home)
    sys.stdout.flush()
    sys.stderr.flush()
    # No farewell: the database's log stays as a power cut would leave it.
    if not os.environ.get("PROF"):
        os._exit(0)
