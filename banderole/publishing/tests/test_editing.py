from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from banderole.common.signals import public_changed
from banderole.publishing.domain.schedule import publish_what_is_due
from banderole.publishing.models import Article, Section, SiteSettings

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, django_user_model):
    editor = django_user_model.objects.create(login="ines")
    editor.groups.add(Group.objects.get(name="editors"))
    client.force_login(editor)
    return editor


@pytest.fixture
def told():
    """Which addresses were announced as changed."""
    heard = []

    def listen(urls, **_kwargs):
        heard.append(urls)

    public_changed.connect(listen)
    yield heard
    public_changed.disconnect(listen)


def article_form(byline, **changed):
    return nested_form_data(
        {
            "title": "La soirée",
            "slug": "la-soiree",
            "lead": "Récit.",
            "date": "2026-02-16",
            "cover": "",
            "cover_caption": "",
            "body": streamfield([("text", rich_text("<p>L'eau ?</p>"))]),
            "signatures": inline_formset([{"byline": byline.pk, "ORDER": 1, "id": "", "DELETE": ""}]),
            "comments": inline_formset([]),
            "action-publish": "1",
            **changed,
        }
    )


@pytest.mark.usefixtures("editor")
def test_an_editor_writes_and_publishes_an_article(
    client, news, byline, told, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"/admin/pages/add/publishing/article/{news.pk}/", article_form(byline))

    assert answer.status_code == 302
    page = client.get("/actualite/la-soiree/").content.decode()
    assert "<strong>Les Riverains de l’Aure</strong>" in page
    assert [urls[:3] for urls in told if urls] == [["/actualite/la-soiree/", "/actualite/", "/"]]


@pytest.mark.usefixtures("editor")
def test_the_admin_speaks_french_and_leads_to_writing(client, news):
    page = client.get("/admin/").content.decode()

    assert '<html lang="fr"' in page
    assert f'href="/admin/pages/add/publishing/article/{news.pk}/">Actualité</a>' in page


@pytest.mark.usefixtures("editor")
def test_a_draft_can_be_previewed_and_is_seen_by_nobody_else(client, make_article, django_user_model):
    draft = make_article("Un brouillon", live=False)
    revision = draft.save_revision()

    preview = client.get(f"/admin/pages/{draft.pk}/revisions/{revision.pk}/view/")

    assert "Un brouillon" in preview.content.decode()
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    client.logout()
    assert client.get(draft.url).status_code == 404


def test_strangers_do_not_get_in(client, django_user_model):
    assert client.get("/admin/").status_code == 302
    client.force_login(django_user_model.objects.create(login="eve"))
    assert client.get("/admin/").status_code in {302, 403}


@pytest.mark.parametrize("address", ["admin", "static", "agenda"])
def test_a_page_cannot_take_an_address_that_the_program_answers(home, address):
    with pytest.raises(ValidationError, match="prise par le programme"):
        home.add_child(instance=Section(title="x", slug=address, locale=home.locale))


@pytest.mark.parametrize(
    ("colour", "sentence"),
    [
        ("red", "Écrivez la couleur avec # et six signes"),
        (
            "#7a7a7a",
            "Sur #7a7a7a, ni des lettres blanches ni des noires ne se lisent bien. Un peu plus foncé convient : #",
        ),
    ],
)
def test_a_colour_on_which_nothing_can_be_read_is_refused_with_a_better_one(colour, sentence):
    association = SiteSettings.load()
    association.cloth = colour

    with pytest.raises(ValidationError) as refused:
        association.full_clean()

    assert refused.value.message_dict["cloth"][0].startswith(sentence)


def test_settings_bylines_moves_and_taking_down_announce_a_change(
    make_article, byline, home, told, django_capture_on_commit_callbacks
):
    article = make_article()
    other = Section(title="Dossiers", slug="dossiers", locale=home.locale)
    home.add_child(instance=other)

    def heard_of(act):
        told.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return [urls[:2] for urls in told]

    assert heard_of(SiteSettings.load().save) == [[]]
    assert heard_of(byline.save) == [[]]
    assert heard_of(lambda: article.move(other, pos="last-child"))[-1] == [
        "/dossiers/trois-cents-personnes/",
        "/dossiers/",
    ]
    assert heard_of(Article.objects.get().unpublish) == [["/dossiers/trois-cents-personnes/", "/dossiers/"]]


def test_what_is_due_appears_and_what_ends_goes(make_article):
    past = timezone.now() - timedelta(minutes=1)
    draft = make_article("À paraître", live=False)
    draft.go_live_at = past + timedelta(hours=1)
    draft.save_revision().publish()
    draft.refresh_from_db()
    assert (draft.live, publish_what_is_due()) == (False, 0)
    ending = make_article("Finit")
    Article.objects.filter(pk=ending.pk).update(expire_at=past)
    revision = draft.get_latest_revision()
    revision.approved_go_live_at = past
    revision.content["go_live_at"] = past.isoformat()
    revision.save()

    assert publish_what_is_due() == 2

    assert Article.objects.get(pk=draft.pk).live
    assert not Article.objects.get(pk=ending.pk).live
    assert publish_what_is_due() == 0
