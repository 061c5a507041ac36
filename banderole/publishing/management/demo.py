"""The site of the demo: « Les Riverains de l'Aure », its articles, its pages, its pictures."""

import re
import tempfile
from datetime import date, timedelta
from pathlib import Path

from banderole.common.imports import Imported
from banderole.publishing.domain.article_files import import_articles
from banderole.publishing.domain.article_files.front_matter import ArticleFile, read_article_file
from banderole.publishing.domain.article_files.text import parts_of_markdown
from banderole.publishing.domain.sections import open_language
from banderole.publishing.management.drawings import SCENES, draw
from banderole.publishing.models import Article, Section, SitePage, SiteSettings, SocialLink, StandardPage

TEXTS = Path(__file__).parents[1] / "data" / "demo"
TRANSLATED_SECTIONS = {"news": "actualite", "in-depth": "dossiers"}
TRANSLATED_PAGES = {
    "who-we-are": "qui-nous-sommes",
    "legal-notice": "mentions-legales",
    "privacy": "vie-privee",
}
FACTS = {"legal-notice": "legal_facts", "privacy": "data_contact"}
LEADS = {
    "actualite": "Ce qui se passe au bord de l'eau, cette semaine et les autres.",
    "dossiers": "Ce que nous avons appris, avec les chiffres et les cartes, pour qui veut vérifier.",
    "vie-des-groupes": "Trois groupes, trois façons de faire, et ce que l'on se raconte en rentrant.",
    "news": "What happens beside the water, this week and others.",
    "in-depth": "What we have learned, with figures and maps, for those who want to check.",
}


def build(today: date) -> None:
    """Fill the site, the same every time; dates count from `today`."""
    if Article.objects.exists():
        return
    _describe_association()
    _open_homes()
    with tempfile.TemporaryDirectory() as folder:
        files = _written(Path(folder), today)
        for name in SCENES:
            (Path(folder) / name).write_bytes(draw(name))
        articles = [path for path in files if not path.name.startswith("page-")]
        imported = {done.file.stem: done for done in import_articles(articles)}
        _pair_articles(imported)
        for path in reversed(files):  # French before English: a translation knows what it translates
            if path.name.startswith("page-"):
                _make_page(read_article_file(path))
    _arrange_sections()


def _describe_association() -> None:
    association = SiteSettings.load()
    association.name = "Les Riverains de l'Aure"
    association.tagline = "Une rivière, ses voisins, et ce que l'on en décide ensemble."
    association.cloth = "#0b5f63"
    association.founded = 2022
    association.legal_form = "association loi de 1901"
    association.registration = "RNA W142000000"
    association.address = "Maison des associations\n12 rue du Gué\n14400 Bayeux"
    association.contact_email = association.data_contact = "bonjour@riverains-de-l-aure.example"
    association.contact_phone = "02 61 91 00 00"
    association.director = "Nadia Rivoal, présidente"
    association.host_name = "Hébergement associatif du Bessin"
    association.host_address = "3 venelle des Tisserands\n14000 Caen"
    association.host_phone = "02 61 91 00 01"
    association.social_links = [SocialLink(label="Mastodon", url="https://mastodon.example/@riverains")]
    association.save()


def _open_homes() -> None:
    french = SitePage.objects.get(locale__language_code="fr")
    french.headline = "La rivière est à tout le monde"
    french.lead = (
        "Nous rouvrons le chemin de l'Aure, nous mesurons son eau, nous ouvrons nos portes à qui arrive. "
        "Trois groupes, à Bayeux, Caen et Isigny ; le vôtre vous attend."
    )
    french.save_revision().publish()
    english = open_language("en")
    english.tagline = "A river, its neighbours, and what they decide together."
    english.headline = "The river is everybody's"
    english.lead = (
        "We reopen the path along the Aure, we measure its water, we open our doors to whoever arrives. "
        "Three groups, in Bayeux, Caen and Isigny; yours is waiting."
    )
    english.save_revision().publish()


def _written(folder: Path, today: date) -> list[Path]:
    """The texts of the demo with real dates: in them, `date: -3` means three days ago."""
    files = []
    for text in sorted(TEXTS.glob("*.md")):
        dated = re.sub(
            r"^date: -?(\d+)$",
            lambda found: f"date: {today - timedelta(days=int(found[1]))}",
            text.read_text(encoding="utf-8"),
            flags=re.MULTILINE,
        )
        files.append(folder / text.name)
        files[-1].write_text(dated, encoding="utf-8")
    return files


def _pair_articles(imported: dict[str, Imported]) -> None:
    """`en-02-…` is the translation of `fr-02-…`."""
    by_number = {stem[:5]: done.address.rstrip("/").rsplit("/", 1)[-1] for stem, done in imported.items()}
    for place, slug in by_number.items():
        if place.startswith("en"):
            _pair(Article, slug, by_number[f"fr{place[2:]}"])


def _pair(model: type[Article | Section | StandardPage], english_slug: str, french_slug: str) -> None:
    french = model.objects.get(slug=french_slug, locale__language_code="fr")
    model.objects.filter(slug=english_slug, locale__language_code="en").update(
        translation_key=french.translation_key
    )


def _make_page(said: ArticleFile) -> None:
    home = SitePage.objects.get(locale__language_code=said.language)
    body = [{"type": kind, "value": value} for kind, value in parts_of_markdown(said.text)]
    if said.slug in FACTS:
        body.append({"type": FACTS[said.slug], "value": None})
    page = StandardPage(title=said.title, slug=said.slug, lead=said.lead, body=body, locale=home.locale)
    home.add_child(instance=page)
    page.save_revision().publish()
    if said.slug in TRANSLATED_PAGES:
        _pair(StandardPage, said.slug, TRANSLATED_PAGES[said.slug])


def _arrange_sections() -> None:
    for english, french in TRANSLATED_SECTIONS.items():
        _pair(Section, english, french)
    for section in Section.objects.all():
        section.lead = LEADS[section.slug]
        section.show_in_menus = section.slug != "vie-des-groupes"
        section.save_revision().publish()
