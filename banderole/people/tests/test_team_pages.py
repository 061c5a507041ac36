import re

import pytest

from banderole.people.domain import consents, dossiers, notes
from banderole.people.enums import Purpose, Right
from banderole.people.models import Consent, Dossier, Duty, Group, Note, Person, Record
from banderole.people.tests.conftest import NOON, PASSPHRASE, Member

pytestmark = pytest.mark.django_db


@pytest.fixture
def chloe(bayeux):
    person = Person.objects.create(group=bayeux, area="14")
    dossiers.write(
        person,
        {"name": "Chloé Vandenbroucke", "phone": "+33 6 12 34 56 78", "town": "Port-en-Bessin"},
        scope=f"group:{bayeux.pk}",
    )
    return person


def card(person):
    return f"/espace/personnes/{person.public_id}/"


def page(browser, path, status=200):
    response = browser.get(path)
    assert response.status_code == status
    return response.content.decode()


TEAM_PAGES = [
    "/espace/",
    "/espace/groupes/",
    "/espace/groupes/nouveau/",
    "/espace/groupes/sans/",
    "/espace/groupes/bayeux/",
    "/espace/groupes/bayeux/modifier/",
    "/espace/responsabilites/",
    "/espace/registre/",
]


@pytest.mark.parametrize("path", TEAM_PAGES)
def test_strangers_are_asked_to_log_in_and_who_has_no_duty_sees_nothing(client, eve, bayeux, path):
    response = client.get(path)

    assert response.status_code == 302
    assert response["Location"] == f"/espace/entrer/?next={path}"
    if path != "/espace/":
        assert "aucune" in page(eve.sign_in(), path, status=403).lower()


def test_who_has_no_duty_yet_is_told_that_the_account_is_ready_and_nothing_else(eve, bayeux):
    response = eve.sign_in().get("/espace/")

    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    shown = response.content.decode()
    assert "Votre compte est prêt. Une personne qui coordonne vous confie" in shown
    assert "Bayeux" not in shown
    assert "<section" not in shown


@pytest.mark.parametrize("path", TEAM_PAGES)
@pytest.mark.parametrize("locale", ["fr", "en"])
def test_each_page_opens_for_who_coordinates_in_both_languages_and_stays_in_no_cache(
    ada, bayeux, path, locale
):
    ada.account.locale = locale
    ada.account.save()

    response = ada.sign_in().get(path)

    assert response.status_code == 200
    assert f'<html lang="{locale}">' in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert response.content.count(b"<h1>") == 1


def test_a_locked_vault_asks_for_the_passphrase_and_comes_back(ada, bayeux):
    browser = ada.sign_in()
    del browser.cookies["vault"]

    response = browser.get("/espace/groupes/bayeux/?a=b")

    assert response["Location"] == "/espace/ouvrir/?next=%2Fespace%2Fgroupes%2Fbayeux%2F%3Fa%3Db"
    opened = browser.post("/espace/ouvrir/", {"passphrase": PASSPHRASE, "next": "/espace/groupes/bayeux/"})
    assert opened["Location"] == "/espace/groupes/bayeux/"
    assert browser.get("/espace/groupes/bayeux/").status_code == 200


def test_the_list_shows_names_counts_and_finds_without_accents(bruno, bayeux, chloe):
    nameless = Person.objects.create(group=bayeux)
    browser = bruno.sign_in()

    whole = page(browser, "/espace/groupes/bayeux/")
    found = browser.post("/espace/groupes/bayeux/", {"q": "VANDEN chloe"}).content.decode()
    nobody = browser.post("/espace/groupes/bayeux/", {"q": "zoe"}).content.decode()

    assert "Chloé Vandenbroucke" in whole
    assert "Port-en-Bessin" in whole
    assert card(nameless) in whole
    assert "2 personnes" in whole
    assert card(chloe) in found
    assert card(nameless) not in found
    assert "Chloé" not in nobody
    assert Record.objects.filter(verb="read", who="bruno", subject=f"group:{bayeux.pk} list").count() == 3


def test_who_welcomes_in_one_group_finds_no_other_group_and_none_of_its_people(bruno, caen, ada):
    elsewhere = Person.objects.create(group=caen)
    dossiers.write(elsewhere, {"name": "Secret"}, scope=f"group:{caen.pk}")
    browser = bruno.sign_in()

    for path in (
        "/espace/groupes/caen/",
        card(elsewhere),
        "/espace/groupes/bayeux/modifier/",
        "/espace/registre/",
    ):
        assert browser.get(path).status_code in {403, 404}
    assert "Caen" not in page(browser, "/espace/groupes/")
    assert browser.post(card(elsewhere) + "noter/", {"text": "x"}).status_code == 404
    assert Note.objects.count() == 0
    assert "Secret" in page(ada.sign_in(), card(elsewhere))


def test_the_card_says_who_what_they_agreed_to_and_what_happened(bruno, chloe):
    wording = consents.wording(Purpose.WELCOME, locale="fr", text="Le groupe le plus proche peut m’écrire.")
    consents.give(chloe, Purpose.WELCOME, wording=wording, channel="form", at=NOON)
    notes.write_note(chloe, "Conduit, a une remorque.", by=bruno.account)

    shown = page(bruno.sign_in(), card(chloe))

    for text in (
        "Chloé Vandenbroucke",
        'href="tel:+33612345678"',
        "Le groupe le plus proche peut m’écrire.",
        "1 mars 2026",
        "Conduit, a une remorque.",
    ):
        assert text in shown
    assert Record.objects.filter(verb="read", who="bruno", subject__endswith="card").count() == 1


def test_a_note_is_written_sealed_and_shown(bruno, chloe):
    browser = bruno.sign_in()

    browser.post(card(chloe) + "noter/", {"text": "Rappelle <jeudi>."})

    assert b"jeudi" not in bytes(Note.objects.get().envelope)
    assert "Rappelle &lt;jeudi&gt;." in page(browser, card(chloe))
    browser.post(card(chloe) + "noter/", {"text": "x" * 2001})
    assert Note.objects.count() == 1


def test_only_who_coordinates_erases_and_a_get_erases_nobody(ada, bruno, chloe):
    assert bruno.sign_in().post(card(chloe) + "effacer/").status_code == 403
    browser = ada.sign_in()
    assert page(browser, card(chloe) + "effacer/")
    assert Dossier.objects.count() == 1

    browser.post(card(chloe) + "effacer/")

    assert Dossier.objects.count() == 0
    assert browser.get(card(chloe)).status_code == 404


def test_a_group_is_made_with_a_key_that_who_coordinates_opens(ada):
    browser = ada.sign_in()
    fields = {
        "name": "Isigny-sur-Mer",
        "kind": "local",
        "town": "Isigny-sur-Mer",
        "postcodes": "14230, 14710",
    }

    browser.post("/espace/groupes/nouveau/", fields | {"join_mode": "open", "description": ""})

    group = Group.objects.get()
    assert (group.slug, group.postcodes) == ("isigny-sur-mer", "14230 14710")
    assert ada.keys.reaches(dossiers.key_of(f"group:{group.pk}"))
    assert Record.objects.filter(verb="make_group").get().who == "ada"


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"postcodes": "Bayeux"}, {"town": "", "postcodes": ""}, {"name": "Bayeux"}, {"kind": "x"}],
)
def test_a_group_that_cannot_be_made_is_explained_and_not_made(ada, bayeux, wrong):
    fields = {"name": "Autre", "kind": "local", "town": "Caen", "postcodes": "14", "join_mode": "open"}

    response = ada.sign_in().post("/espace/groupes/nouveau/", fields | wrong)

    assert response.status_code == 200
    assert 'class="field__error"' in response.content.decode()
    assert Group.objects.count() == 1


def test_people_of_no_group_are_seen_to_by_who_coordinates(ada, bruno, chloe):
    alone = Person.objects.create()
    dossiers.write(alone, {"name": "Sans Groupe"}, scope="association")

    shown = page(ada.sign_in(), "/espace/groupes/sans/")

    assert "Sans Groupe" in shown
    assert "Chloé" not in shown
    assert bruno.sign_in().get("/espace/groupes/sans/").status_code == 403


def test_an_account_is_made_given_a_duty_and_works(ada, bayeux, chloe, client):
    browser = ada.sign_in()

    made = browser.post(
        "/espace/responsabilites/inviter/", {"login": "paul", "locale": "fr"}
    ).content.decode()
    paul = Member.find("paul")
    browser.post(
        "/espace/responsabilites/confier/", {"account": paul.pk, "right": "welcome", "group": bayeux.pk}
    )
    link = re.search(r"/espace/commencer/[\w.-]+/", made)[0]
    new = {"passphrase": "une-phrase-bien-à-moi", "again": "une-phrase-bien-à-moi"}
    client.post(link, new)

    assert "Chloé Vandenbroucke" in page(client, "/espace/groupes/bayeux/")
    assert Duty.objects.get(account=paul).granted_by == ada.account
    assert "commencer" not in page(browser, "/espace/responsabilites/")


def test_a_login_that_is_taken_or_wrong_is_explained(ada, bruno):
    browser = ada.sign_in()

    for login in ("bruno", "BRUNO", "x", "a b", ""):
        shown = browser.post("/espace/responsabilites/inviter/", {"login": login, "locale": "fr"})
        assert 'class="field__error"' in shown.content.decode()


def test_a_duty_is_ended_and_its_page_closed_at_once(ada, bruno, chloe):
    theirs = bruno.sign_in()
    assert theirs.get(card(chloe)).status_code == 200

    ada.sign_in().post(f"/espace/responsabilites/{Duty.objects.get(account=bruno.account).pk}/terminer/")

    assert theirs.get(card(chloe)).status_code == 403


@pytest.mark.parametrize(
    "wrong", [{"group": ""}, {"right": "host"}, {"right": "all"}, {"until": "2020-01-01"}, {"account": "0"}]
)
def test_a_duty_that_makes_no_sense_is_explained_and_not_given(ada, eve, bayeux, wrong):
    fields = {"account": eve.account.pk, "right": "welcome", "group": bayeux.pk, "until": ""}

    response = ada.sign_in().post("/espace/responsabilites/confier/", fields | wrong)

    assert 'class="field__error"' in response.content.decode()
    assert Duty.objects.filter(account=eve.account).count() == 0


@pytest.mark.parametrize(
    ("last_day", "told"),
    [("2099-01-01", "jusqu’au 1er janvier 2099"), ("2099-12-31", "jusqu’au 31 décembre 2099")],
)
def test_the_last_day_of_a_duty_is_shown_as_it_was_given(ada, eve, bayeux, last_day, told):
    browser = ada.sign_in()
    fields = {"account": eve.account.pk, "right": "welcome", "group": bayeux.pk, "until": last_day}

    browser.post("/espace/responsabilites/confier/", fields)

    assert f"{told}</p>" in page(browser, "/espace/responsabilites/")


def test_the_last_who_coordinates_cannot_end_it(ada):
    browser = ada.sign_in()

    browser.post(f"/espace/responsabilites/{Duty.objects.get(right=Right.COORDINATE).pk}/terminer/")

    assert Duty.objects.in_force().count() == 1
    assert "Personne d’autre" in page(browser, "/espace/responsabilites/")


def test_a_forgotten_passphrase_gets_a_link_that_keeps_what_the_account_opens(ada, bruno, chloe, client):
    shown = ada.sign_in().post(f"/espace/comptes/{bruno.account.pk}/lien/").content.decode()
    link = re.search(r"/espace/commencer/[\w.-]+/", shown)[0]

    client.post(link, {"passphrase": "encore-une-autre-phrase", "again": "encore-une-autre-phrase"})

    assert "Chloé Vandenbroucke" in page(client, card(chloe))


def test_the_record_says_when_it_was_changed(ada, bayeux):
    browser = ada.sign_in()
    assert "notice--stop" not in page(browser, "/espace/registre/")

    Record.objects.filter(verb="make_group").update(who="eve")

    assert "notice--stop" in page(browser, "/espace/registre/")


def test_consents_are_never_changed_by_looking(ada, chloe):
    page(ada.sign_in(), card(chloe))

    assert Consent.objects.count() == 0
