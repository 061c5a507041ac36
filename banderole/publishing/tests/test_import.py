import functools
import io
import json
import re
import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from PIL import Image

from banderole.publishing.models import Article, Byline, Section, SiteImage
from banderole.publishing.tests.conftest import drawn_photo

pytestmark = pytest.mark.django_db
N = "\u202f"
OWN = Path(__file__).parent / "data" / "la-crue.md"
SHARED = Path(__file__).parents[4] / "shared" / "data" / "articles" / "contre-sommet.md"
HEAD = "---\ntitle: Un titre\ndate: 2026-02-16\n---\n"


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    shutil.copy(OWN, folder)
    (folder / "quai.jpg").write_bytes(drawn_photo())
    Image.new("RGB", (30, 20), "red").save(folder / "sac.png")
    return folder


def imported(*files, **options):
    said = io.StringIO()
    call_command("import", "article", *map(str, files), stdout=said, **options)
    return said.getvalue()


def refusal_of(*files, capsys):
    with pytest.raises(SystemExit) as stopped:
        imported(*files)
    assert stopped.value.code == 2
    return capsys.readouterr().err.strip()


def written(folder, text, name="essai.md"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def everything_stored(settings):
    counts = [model.objects.count() for model in (Article, Byline, Section, SiteImage)]
    return counts, sorted(str(path) for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def test_an_article_file_becomes_the_page_it_describes(folder, client):
    said = imported(folder / "la-crue.md")

    page = client.get("/actualite/la-crue-de-l-aure-ce-qu-on-a-vu/").content.decode()
    assert (
        said.splitlines()[0]
        == "made: La crue de l'Aure : ce qu'on a vu → /actualite/la-crue-de-l-aure-ce-qu-on-a-vu/"
    )
    assert f'<h1 class="title">La crue de l’Aure{N}: ce qu’on a vu</h1>' in page
    assert "<strong>Les Riverains de l’Aure</strong>, <strong>Ada</strong>" in page
    assert '<time datetime="2026-02-16">16\u00a0février 2026</time>' in page
    assert "Mardi matin, quai de l’Aure." in page
    assert f"Qui l’avait prévu{N}? «{N}Personne{N}», dit-on." in page
    assert "<h2>Ce qu’on a fait</h2>" in page
    assert '<a href="https://example.org/arrete?a=1&amp;b=2">lire l’arrêté</a>' in page
    assert "<footer>Chloé</footer>" in page
    assert "Un sac, parmi cent." in page
    assert page.count('<ul class="share"') == 2


def test_what_could_run_is_left_out_and_said(folder, client):
    said = imported(folder / "la-crue.md")

    body = str(Article.objects.get().body.raw_data)
    assert "<script> is left out" in said
    assert "“tags” is ignored." in said
    assert "alert" not in body
    assert "javascript" not in body


def test_importing_again_makes_no_second_page_picture_or_byline(folder, settings):
    imported(folder / "la-crue.md")
    before = everything_stored(settings)

    said = imported(folder / "la-crue.md")

    assert said.startswith("unchanged: ")
    assert everything_stored(settings) == before
    assert Article.objects.get().revisions.count() == 1


def test_importing_a_changed_file_updates_the_page(folder, client):
    imported(folder / "la-crue.md")
    path = folder / "la-crue.md"
    path.write_text(
        path.read_text().replace("La crue", "Une crue").replace("section: Actualité", "section: Dossiers")
    )

    said = imported(path)

    assert said.startswith("updated: Une crue")
    assert Article.objects.get().url == "/dossiers/une-crue-de-l-aure-ce-qu-on-a-vu/"
    assert client.get("/dossiers/").status_code == 200


def test_a_dry_run_says_what_would_be_and_keeps_nothing(folder, settings):
    before = everything_stored(settings)

    said = json.loads(imported(folder / "la-crue.md", dry_run=True, json=True))

    assert [(one["state"], one["address"], one["dry_run"]) for one in said] == [
        ("made", "/actualite/la-crue-de-l-aure-ce-qu-on-a-vu/", True)
    ]
    assert everything_stored(settings) == before


def test_html_files_are_read_too_and_english_opens_its_own_home(folder, client):
    path = written(
        folder,
        "---\ntitle: Whose river?\ndate: 2026-02-16\nlang: en\nsection: News\n---\n"
        '<div><h1>One</h1>loose <em>words</em><p onclick="x()">Two</p><table><tr><td>a</td><td>b</td></tr></table></div>',
        "river.html",
    )

    imported(path)

    assert Article.objects.get().url == "/en/news/whose-river/"
    page = client.get("/en/news/whose-river/").content.decode()
    assert "<h2>One</h2>" in page
    assert "<p>loose <em>words</em></p><p>Two</p><p>a – b</p>" in page


@functools.cache
def sixty_megapixels():
    written_picture = io.BytesIO()
    Image.new("1", (10000, 6000)).save(written_picture, "PNG")
    return written_picture.getvalue()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("---\ndate: 2026-02-16\n---\n", "line 1: the title is missing: add “title: …” to the front matter."),
        ("---\ntitle: ''\ndate: 2026-02-16\n---\n", "line 2: the title is missing: add “title: …” to the front matter."),
        ("---\ntitle: a\n---\n", "line 1: the date is missing: add “date: 2025-02-10” to the front matter."),
        ("---\ntitle: a\ndate: 2025-02-30\n---\n", "line 3: the date “2025-02-30” cannot be read: write it as 2025-02-10."),
        ("---\ntitle: a\ndate: 10 février\n---\n", "line 3: the date “10 février” cannot be read: write it as 2025-02-10."),
        ("---\ntitle: a\ndate: 2025-02-10\nlang: de\n---\n", "line 4: the language “de” is unknown: use fr or en."),
        ("---\ntitle: a: b\n---\n", "line 2: the front matter is no YAML (mapping values are not allowed here): put texts with colons or quotes in quotes."),
        ("---\ntitle: a\ntitle: b\n---\n", "line 3: “title” stands there twice: keep one."),
        ("---\ntitle: [a, b]\n---\n", "line 2: “title” is a list: write one text."),
        ("---\ntitle: a\n", "line 1: the front matter does not end: close it with ---."),
        ("Bonjour", "line 1: the front matter is missing: begin with ---, a title, and --- again."),
        ("", "line 1: the front matter is missing: begin with ---, a title, and --- again."),
        (HEAD.encode() + b"\nrivi\xe8re", "line 6: this is not UTF-8: save the file as UTF-8."),
        (HEAD + "a\n\0", "line 6: there is a NUL character: take it out."),
        ("---\ntitle: " + "a" * 256 + "\ndate: 2025-02-10\n---\n", "line 2: “title” has 256 characters: at most 255 will do."),
        (HEAD.replace("---\n", "---\ncover: none.jpg\n", 1), "line 2: the picture none.jpg cannot be read: put it beside the article."),
        (HEAD.replace("---\n", "---\ncover: broken.jpg\n", 1), "line 2: broken.jpg is cut off or broken: send it again."),
        (HEAD.replace("---\n", "---\ncover: large.png\n", 1), "line 2: large.png has 60 megapixels: at most 40 will do."),
        (HEAD.replace("---\n", "---\ncover: drawing.svg\n", 1), "line 2: drawing.svg is not a picture that can be used: send a JPEG, PNG, WebP or HEIC."),
        (HEAD.replace("---\n", "---\ncover: https://example.org/a.jpg\n", 1), "line 2: the picture https://example.org/a.jpg is elsewhere: put its file beside the article, and name that."),
        (HEAD + "Texte\n\n![x](none.png)\n", "line 7: the picture none.png cannot be read: put it beside the article."),
        ("---\ntitle: a\ndate: 2025-02-10\nsection: Vie privée\n---\n", "line 4: “Vie privée” is a page, and no section: name another."),
        ("---\ntitle: a\ndate: 2025-02-10\nsection: Admin\n---\n", "line 4: The address /admin/ is taken by the program itself: choose another."),
        ("---\ntitle: a\ndate: 2025-02-10\nslug: a/b\n---\n", "line 4: "),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_is_named_with_its_line_and_leaves_nothing(
    text, sentence, folder, capsys, settings
):
    settings.LANGUAGE_CODE = "fr"
    (folder / "broken.jpg").write_bytes(drawn_photo()[:2000])
    (folder / "drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder / "large.png").write_bytes(sixty_megapixels())
    before = everything_stored(settings)

    said = refusal_of(folder / "la-crue.md", written(folder, text), capsys=capsys)

    assert said.startswith(f"{folder / 'essai.md'}, {sentence}")
    assert len(said.splitlines()) == 1
    assert everything_stored(settings) == before


def test_two_files_for_one_address_are_refused(folder, capsys, settings):
    first, second = written(folder, HEAD, "a.md"), written(folder, HEAD, "b.md")

    assert refusal_of(first, second, capsys=capsys) == (
        f"{second}: it has the same address as {first}: give one of them another slug."
    )
    assert Article.objects.count() == 0


@pytest.mark.parametrize("name", ["nulle-part.md", "."])
def test_a_file_that_is_none_is_refused(folder, capsys, name):
    assert str(folder) in refusal_of(folder / name, capsys=capsys)


@pytest.mark.shared
def test_the_page_that_it_started_from(client, settings):
    if not SHARED.exists():
        pytest.skip("reads ../shared, which only a developer's machine has")

    imported(SHARED)
    said = imported(SHARED)

    page = client.get(Article.objects.get().url).content.decode()
    assert said.startswith("unchanged: ")
    assert '<a class="label" href="/actualite/">Actualité</a>' in page
    assert "ATR s’invite au Contre-sommet de l’IA d’Eric Sadin et Anne Hidalgo</h1>" in page
    assert "<strong>ATR</strong>" in page
    assert '<time datetime="2025-02-10">10\u00a0février 2025</time>' in page
    assert f"grande fanatique de la ville «{N}intelligente{N}»" in page
    assert len(re.findall(r"<p>[^<]{90,}", page.split('class="prose')[1].split('class="wrap"')[0])) == 9
    assert page.count('<ul class="share"') == 2
    for stored in Path(settings.MEDIA_ROOT).rglob("*.*"):
        if stored.is_file():
            with Image.open(stored) as opened:
                assert (opened.getexif(), "exif" in opened.info, "xmp" in opened.info) == ({}, False, False)
