"""The people of the demo: four accounts, three groups, forty made-up persons who agreed to something."""

import random
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from banderole.accounts import beginnings, logins, recovery
from banderole.accounts.models import Account
from banderole.people.domain import consents, dossiers, duties, groups, persons
from banderole.people.enums import Level, Purpose, Right
from banderole.people.models import Group, Membership, Person
from banderole.people.queries import nearest_group
from banderole.people.queries.places import department

PASSPHRASE = "rivière-sauvage-2022"
GROUPS = [
    ("Bayeux", "Bayeux", "144 14520", "Nous nous retrouvons le premier mardi du mois, au bord de l’Aure."),
    (
        "Caen",
        "Caen",
        "140 141 142 143",
        "Pour la plaine de Caen et ses ruisseaux : une marche chaque saison.",
    ),
    ("Isigny-sur-Mer", "Isigny-sur-Mer", "14230 14710", "Les marais, là où l’Aure rejoint la mer."),
]
TOWNS = [
    ("Bayeux", "14400"),
    ("Port-en-Bessin-Huppain", "14520"),
    ("Caen", "14000"),
    ("Hérouville-Saint-Clair", "14200"),
    ("Isigny-sur-Mer", "14230"),
    ("Trévières", "14710"),
]
FIRST = [
    "Adèle", "Amina", "Anatole", "Bérénice", "Clovis", "Corentin", "Djamila", "Edmée", "Élie", "Fanny",
    "Gaspard", "Hélène", "Inès", "Joachim", "Kenza", "Léontine", "Malo", "Ninon", "Oscar", "Perrine",
]  # fmt: skip
LAST = [
    "Aubrée", "Beaudouin", "Chaumetière", "Delaunoy", "Esnouf", "Fouquerel", "Gondouin", "Haménard",
    "Ivelin", "Jouvenot", "Kervadec", "Lecaplain", "Mauduitel", "Noëllet", "Ozouf", "Piquenard",
    "Quellien", "Roussignol", "Sanglebœuf", "Toutainville",
]  # fmt: skip
LETTER = "newsletter:la-lettre-de-l-aure"
AGENDA = "newsletter:agenda-du-bassin"
WORDINGS = {
    LETTER: "Je souhaite recevoir « La Lettre de l’Aure » par courriel. Je peux me désabonner à tout moment.",
    AGENDA: "Je souhaite recevoir « L’Agenda du bassin » par courriel. Je peux me désabonner à tout moment.",
}


def build(today: date) -> None:
    """Found the association and fill it; the same people every time, dates relative to `today`."""
    nadia, keys, card, _words = beginnings.found_association("nadia", PASSPHRASE)
    recovery.verify(card, at=timezone.now())
    made = {
        name: groups.make_group(name, town=town, postcodes=postcodes, description=text, by=nadia)
        for name, town, postcodes, text in GROUPS
    }
    _make_accounts(made["Bayeux"], by=nadia, keys=keys)
    for number, first in enumerate(FIRST * 2):
        last = LAST[number] if number < len(FIRST) else LAST[(number + 7) % len(LAST)]
        _make_person(number, first, last, today=today, chance=random.Random(number))


def _make_accounts(bayeux: Group, *, by: Account, keys: dossiers.Keys) -> None:
    paul, ines, _leo = (logins.make_account(login, PASSPHRASE) for login in ("paul", "ines", "leo"))
    for right in (Right.WELCOME, Right.SEE_MEMBERS):
        duties.grant_duty(paul, right, group=bayeux, by=by, keys=keys)
    for right in (Right.PUBLISH, Right.WRITE_LETTERS):
        duties.grant_duty(ines, right, by=by, keys=keys)
    # leo hosts an event: campaigns gives him that duty with its demo.


def _make_person(number: int, first: str, last: str, *, today: date, chance: random.Random) -> Person:
    came = today - timedelta(days=20 + number * 9 + chance.randrange(9))
    at = timezone.make_aware(datetime.combine(came, time(8 + number % 12, chance.randrange(60))))
    address = persons.normalise(f"voisin{number + 1:02d}@example.org")
    contact = persons.contact_for(address, locale="en" if number % 13 == 12 else "fr")
    contact.verified_at = at
    contact.save(update_fields=["verified_at"])
    town, postcode = TOWNS[number % len(TOWNS)]
    person = contact.person
    person.group, person.area, person.made_on = nearest_group(postcode), department(postcode), came
    person.save(update_fields=["group", "area", "made_on"])
    details = {"name": f"{first} {last}", "town": town, "postcode": postcode}
    if number % 3:
        details["phone"] = f"02 61 99 20 {number:02d}"  # 0261 99 is kept for made-up people
    dossiers.write(person, details, scope=groups.scope_of(person.group) if person.group else "association")
    _agree(person, number, at=at)
    if number % 2 == 0 and person.group:
        level = Level.ORGANISER if number % 10 == 0 else Level.MEMBER
        Membership.objects.create(person=person, group=person.group, level=level, since=came)
    return person


def _agree(person: Person, number: int, *, at: datetime) -> None:
    subjects = [LETTER] if number % 8 != 7 else []
    subjects += [AGENDA] if number % 2 else []
    for subject in subjects:
        wording = consents.wording(Purpose.NEWSLETTER, locale="fr", text=WORDINGS[subject])
        consents.give(person, Purpose.NEWSLETTER, subject=subject, wording=wording, channel="demo", at=at)
    if number == 5:  # somebody changed their mind, so that a card shows how that looks
        later = at + timedelta(days=7)
        consents.withdraw(person, Purpose.NEWSLETTER, subject=LETTER, channel="one_click", at=later)
