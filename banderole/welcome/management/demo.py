"""The newcomers of the demo: seven made-up people at different points of the way."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.utils import timezone

from banderole.accounts.models import Account
from banderole.people.domain import persons
from banderole.people.models import Mail
from banderole.welcome.domain import accompanying, joining
from banderole.welcome.models import Enrolment


class Made(NamedTuple):
    name: str
    address: str
    phone: str
    postcode: str
    sentence: str
    days_ago: int  # when they confirmed
    words: tuple[str, ...] = ()  # a note for each step that they went
    comes_on_sunday: bool = False


NEWCOMERS = [
    Made("Camille Duvallet", "camille.duvallet@example.org", "02 61 99 10 01", "14520", "Je cuisine, je conduis, je n’ai jamais milité.", 6),
    Made("Youssef Benhaïm", "youssef.benhaim@example.org", "02 61 99 10 02", "14400", "Vu votre stand au marché de Bayeux.", 1),
    Made("Maëlle Hébertot", "maelle.hebertot@example.org", "", "14000", "J’étudie l’hydrologie à Caen et j’ai mes samedis.", 2),
    Made("Jeanne Lemonnier", "jeanne.lemonnier@example.org", "02 61 99 10 03", "14400", "Retraitée, j’ai une voiture et du temps le matin.", 24, ("Très aimable, connaît tout le monde à Bayeux.", "Un café près de la cathédrale. Elle aime jardiner."), comes_on_sunday=True),
    Made("Tuan Phamel", "tuan.phamel@example.org", "02 61 99 10 04", "14230", "Je peux réparer des vélos et tenir un stand.", 4, ("Travaille de nuit : appeler l’après-midi.",)),
    Made("Odile Marescq", "odile.marescq@example.org", "02 61 99 10 05", "14400", "Je voudrais apprendre à parler en public.", 40, ("Hésite, mais curieuse.", "A tenu le stand une heure.", "Est venue à l’assemblée avec sa sœur.")),
]  # fmt: skip
UNCONFIRMED = Made("Basile Quesnot", "basile.quesnot@example.org", "", "14710", "Je filme et je monte.", 0)


def build(today: date) -> None:
    """Walk each of them to their place with the same functions that a form and a welcomer call."""
    for made in NEWCOMERS:
        _walk(made, today)
    _ask(UNCONFIRMED, _at(today, 9))


def _walk(made: Made, today: date) -> None:
    confirmed_at = _at(today - timedelta(days=made.days_ago), 18)
    enrolment = _ask(made, confirmed_at)
    contact = persons.contact_for(persons.normalise(made.address), locale="fr")
    enrolment = joining.confirm(enrolment.pk, contact.pk, now=confirmed_at)
    # Their mails were answered long ago; the outbox shows what a visitor may still try.
    Mail.objects.filter(contact=contact).delete()
    for number, text in enumerate(made.words, start=1):
        last = number == len(made.words)
        enrolment = accompanying.reached(
            enrolment,
            by=enrolment.welcomer or Account.objects.order_by("pk")[0],
            now=confirmed_at + timedelta(days=number * made.days_ago / (len(made.words) + 1)),
            text=text,
            meet_at=_next_sunday(today) if last and made.comes_on_sunday else None,
        )


def _ask(made: Made, received: datetime) -> Enrolment:
    fields = {
        "name": made.name,
        "email": made.address,
        "phone": made.phone,
        "postcode": made.postcode,
        "sentence": made.sentence,
        "locale": "fr",
        "wording": joining.wording_text("fr"),
    }
    joining.open_join(fields, received)
    return Enrolment.objects.order_by("-pk")[0]


def _next_sunday(today: date) -> datetime:
    return _at(today + timedelta(days=6 - today.weekday() or 7), 15)


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
