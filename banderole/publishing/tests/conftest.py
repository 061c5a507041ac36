import io
from datetime import date

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Locale

from banderole.publishing.models import Article, Byline, Section, SiteImage, SitePage


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    cache.clear()  # Wagtail remembers renditions by number, and each test begins to count anew
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def home(db):
    return SitePage.objects.get()


@pytest.fixture
def news(home):
    return Section.objects.get(slug="actualite")


def drawn_photo(width=1000, height=600, kind="JPEG"):
    """A small photo as a phone makes it: it knows where and when it was taken, and lies on its side."""
    exif = Image.Exif()
    exif[0x010F] = "Camera of Ada"
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (49.0, 16.0, 33.0), 3: "W", 4: (0.0, 42.0, 11.0)})
    written = io.BytesIO()
    picture = Image.new("RGB", (width, height), "#0b6b6f")
    picture.paste("#c8102e", (0, 0, width // 2, height))
    picture.save(written, kind, exif=exif)
    return written.getvalue()


@pytest.fixture
def photo():
    return drawn_photo()


@pytest.fixture
def make_article(news):
    def make(title="Trois cents personnes", *, section=news, on=date(2026, 2, 16), live=True, **fields):
        text = fields.pop("text", "<p>Qui décide de l'eau ?</p>")
        article = Article(
            title=title,
            date=on,
            live=live,
            locale=section.locale,
            body=[{"type": "text", "value": text}],
            **fields,
        )
        section.add_child(instance=article)
        return article

    return make


@pytest.fixture
def english_news(home):
    english = Locale.objects.get(language_code="en")
    english_home = home.copy_for_translation(english)
    english_home.title = "Home"
    english_home.save_revision().publish()
    section = Section.objects.get(slug="actualite").copy_for_translation(english)
    section.title, section.slug = "News", "news"
    section.save_revision().publish()
    return section


@pytest.fixture
def picture(photo, db):
    return SiteImage.objects.create(
        title="Le parvis",
        file=ContentFile(photo, name="parvis.jpg"),
        description="Une foule devant une banderole",
        caption="Lundi soir, sur le parvis.",
        credit="Photo : Ada",
    )


@pytest.fixture
def byline(db):
    return Byline.objects.create(name="Les Riverains de l'Aure")
