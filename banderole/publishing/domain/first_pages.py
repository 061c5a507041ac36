"""The words of the pages that every site must have: who answers for it, and what becomes of personal data.

They describe what this program does; the facts come from the settings of the site when a page is shown.
"""

from typing import Any, NamedTuple


class FirstPage(NamedTuple):
    slug: str
    title: str
    lead: str
    body: list[dict[str, Any]]


def heading(text: str) -> dict[str, Any]:
    return {"type": "heading", "value": {"text": text, "level": "2"}}


def text(html: str) -> dict[str, Any]:
    return {"type": "text", "value": html}


LEGAL_NOTICE = FirstPage(
    slug="mentions-legales",
    title="Mentions légales",
    lead="Qui publie ce site, qui en répond, et où il est hébergé.",
    body=[
        {"type": "legal_facts", "value": None},
        heading("Textes et images"),
        text(
            "<p>Sauf mention contraire, les textes et les images de ce site peuvent être partagés à condition "
            "d'en citer l'auteur et la source. Une photo où vous apparaissez vous gêne ? Écrivez-nous, nous la "
            "retirons.</p>"
        ),
    ],
)

PRIVACY = FirstPage(
    slug="vie-privee",
    title="Vie privée",
    lead="Ce que nous gardons de vous, pourquoi, combien de temps, et comment tout effacer.",
    body=[
        heading("Quand vous lisez"),
        text(
            "<p>Rien. Ce site ne dépose aucun cookie sur ses pages publiques, ne mesure pas qui lit quoi, et ne "
            "charge rien depuis un autre site.</p>"
        ),
        heading("Quand vous nous écrivez"),
        text(
            "<p>Si vous vous abonnez à une lettre, si vous demandez à nous rejoindre ou si vous venez à un "
            "rendez-vous, nous gardons ce que vous avez écrit dans le formulaire, le texte que vous avez accepté "
            "et la date. C'est votre consentement qui nous y autorise. Ces données sont chiffrées : une "
            "personne qui volerait le serveur n'y lirait aucun nom.</p>"
            "<p>Seules les personnes de l'association qui en ont la responsabilité les voient, et chaque lecture "
            "est notée. Nous ne les transmettons à personne.</p>"
        ),
        heading("Combien de temps"),
        text(
            "<ul><li>L'abonnement à une lettre : jusqu'à votre désabonnement, en un clic au bas de chaque "
            "lettre.</li><li>Une inscription à un rendez-vous : jusqu'à un mois après.</li>"
            "<li>Une demande sans suite : un an.</li></ul>"
        ),
        heading("Vos droits"),
        text(
            "<p>Vous pouvez demander à voir, à corriger, à emporter ou à faire effacer ce qui vous concerne. "
            'La page <a href="/vos-donnees/">Vos données</a> vous y mène en un courriel ; vous pouvez aussi nous écrire à '
            "l'adresse ci-dessous : nous répondons sous un mois. Si notre réponse ne vous convient "
            'pas, vous pouvez saisir la <a href="https://www.cnil.fr/">CNIL</a>.</p>'
        ),
        {"type": "data_contact", "value": None},
    ],
)
