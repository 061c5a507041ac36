"""The letters of the demo: two newsletters, a letter that was sent a while ago, one that waits for its author.

Who is subscribed stands with the people of the demo. Nothing is sent: the ledger of the old letter says so.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from banderole.letters.domain.starting import start_letter
from banderole.letters.enums import Delivery, LetterState, Rhythm
from banderole.letters.models import Letter, Newsletter, Recipient
from banderole.publishing.models import Article

SENDER = "Les Riverains de l’Aure"
NEWSLETTERS = [
    ("la-lettre-de-l-aure", "La Lettre de l’Aure", Rhythm.MONTHLY, "Une lettre par mois : ce que nous avons vu, fait et décidé le long de la rivière."),
    ("agenda-du-bassin", "L’Agenda du bassin", Rhythm.WEEKLY, "Les rendez-vous des quinze prochains jours, de Bayeux à Isigny."),
]  # fmt: skip
WELCOME = (
    "<p>Bonjour,</p><p>L’eau est haute et les saules bourgeonnent : voilà un mois que nous marchons le long de "
    "l’Aure, carnet en main. Douze personnes sont venues pour la première fois, et trois d’entre elles tiennent "
    "désormais un point de mesure. <b>Merci à vous toutes et tous.</b></p>"
)
MEASURES = (
    "<p>Les relevés de nitrates baissent à Trévières pour le deuxième mois de suite. Ils montent encore à "
    "l’embouchure. Nous les avons portés à la mairie, chiffres à l’appui :</p>"
    "<ul><li>onze points de mesure, contre sept à l’automne ;</li>"
    "<li>quarante-deux relevés, tous publiés ;</li><li>une réponse promise pour la fin du mois.</li></ul>"
)
FAREWELL = "<p>À bientôt au bord de l’eau,<br/>l’équipe de la lettre</p>"
DRAFT = "<p>Bonjour,</p><p>Deux textes à lire avant la marche de samedi, et une question : qui peut prêter des bottes ?</p>"


def build(today: date) -> None:
    """Make the newsletters and the letters; the same ones every time, dates relative to `today`."""
    for order, (slug, name, rhythm, promise) in enumerate(NEWSLETTERS, start=1):
        Newsletter.objects.get_or_create(
            slug=slug,
            defaults={
                "name": name, "rhythm": rhythm, "promise": promise, "sender_name": SENDER, "order": 10 * order,
            },
        )  # fmt: skip
    monthly = Newsletter.objects.get(slug=NEWSLETTERS[0][0])
    if monthly.letters.exists():
        return
    articles = list(Article.objects.live().filter(locale__language_code="fr").order_by("-date", "pk")[:4])
    _sent(monthly, articles[2:3], on=today - timedelta(days=12))
    Letter.objects.create(
        newsletter=monthly,
        subject="Avant la marche de samedi",
        preheader="Deux textes à lire, et une affaire de bottes",
        body=[_block("text", DRAFT), *map(_article, articles[:2]), _block("text", FAREWELL)],
    )


@transaction.atomic
def _sent(newsletter: Newsletter, articles: list[Article], *, on: date) -> None:
    letter = Letter.objects.create(
        newsletter=newsletter,
        subject="La rivière monte, et nous avec elle",
        preheader="Onze points de mesure, une réponse promise, et la suite",
        body=[
            _block("text", WELCOME),
            _block("heading", "Ce que disent les relevés"),
            _block("text", MEASURES),
            _block("quote", {"text": "On ne défend bien que ce que l’on a appris à connaître.", "source": "Inès, à la permanence de Bayeux"}),
            *map(_article, articles),
            _block("text", FAREWELL),
        ],
    )  # fmt: skip
    at = timezone.make_aware(datetime.combine(on, time(9)))
    with translation.override("fr"):
        start_letter(letter, now=at)
    # The transaction ends with every delivery accepted: no worker ever sees one that waits.
    Recipient.objects.filter(letter=letter).update(state=Delivery.ACCEPTED)
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.SENT, finished_at=at + timedelta(minutes=1))


def _block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value}


def _article(article: Article) -> dict[str, Any]:
    return _block("article", {"page": article.pk, "lead": ""})
