import base64
import re
import time
import unicodedata

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import Group, Permission
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from banderole.accounts import delays, entries, logins, recovery, sessions
from banderole.accounts.enums import EDITORS
from banderole.accounts.middleware import ENTERED, TeamMiddleware
from banderole.accounts.models import Account, RecoveryCard
from banderole.accounts.tests.conftest import PASSPHRASE
from banderole.accounts.tests.test_begin import check_card, words_on
from banderole.accounts.unlocking import CARD, COOKIE, LOAN, SEEN, UNLOCKED, keyring_of
from banderole.vault import cards
from banderole.vault.exceptions import NoSuchKey, WrongSecret
from banderole.vault.keys import current_key
from banderole.vault.models import KeyKind

pytestmark = pytest.mark.django_db
PAGE = "/espace/carte/"  # any page of the team: it offers a new card to who has opened the vault
OPEN = 'action="/espace/carte/nouvelle/"'


@pytest.fixture(autouse=True)
def _verified_card(founding):
    recovery.verify(founding[2], at=timezone.now())


def is_open(client):
    return OPEN in client.get(PAGE).content.decode()


def set_back(client, **seconds):
    session = client.session
    for name, value in seconds.items():
        session[name] = session[name] - value
    session.save()


def test_the_passphrase_that_logs_in_unlocks_in_the_same_step(client, enter):
    response = enter(next="/espace/personnes/")

    assert response["Location"] == "/espace/personnes/"
    assert is_open(client)


def test_accents_typed_in_two_parts_and_capitals_of_the_login_do_not_matter(client, enter):
    assert enter("ADA", unicodedata.normalize("NFD", PASSPHRASE)).status_code == 302
    assert is_open(client)


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_nobody_is_sent_to_another_site(enter, wanted):
    assert enter(next=wanted)["Location"] == "/espace/"


def test_the_answer_is_the_same_whether_or_not_the_account_exists(client, enter):
    wrong = enter("ada", "not the passphrase at all")
    unknown = enter("eve", "not the passphrase at all")

    def bare(page):
        return page.content.decode().replace('value="ada"', "").replace('value="eve"', "").split("<main")[1]

    assert wrong.status_code == unknown.status_code == 200
    assert without_token(bare(wrong)) == without_token(bare(unknown))
    assert COOKIE not in client.cookies


def without_token(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_the_work_is_the_same_whether_or_not_the_account_exists(settings, enter, monkeypatch):
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, *args, **kw: hashed.append(1) or encode(self, *args, **kw)
    )

    enter("ada", "not the passphrase at all")
    known = len(hashed)
    enter("eve", "not the passphrase at all")

    assert (known, len(hashed)) == (1, 2)


def test_wrong_tries_wait_longer_and_longer_but_nobody_is_locked_out(client, enter, monkeypatch):
    now = [time.monotonic()]
    monkeypatch.setattr(delays.time, "monotonic", lambda: now[0])
    for _ in range(delays.FREE_TRIES):
        assert enter(passphrase="wrong every time, and long").status_code == 200

    refused = enter()
    assert refused.status_code == 429
    assert "2 secondes" in refused.content.decode()
    now[0] += 2
    assert enter(passphrase="wrong every time, and long").status_code == 200
    now[0] += 2
    assert enter().status_code == 429
    for _ in range(20):
        now[0] += 61
        enter(passphrase="wrong every time, and long")
    now[0] += 61
    assert enter().status_code == 302
    assert is_open(client)


def test_a_stranger_who_tries_slows_only_himself(client, enter):
    stranger = {"REMOTE_ADDR": "203.0.113.9"}
    for _ in range(delays.FREE_TRIES + 1):
        wrong = client.post(
            "/espace/entrer/", {"login": "ada", "passphrase": "wrong, and long enough"}, **stranger
        )

    assert wrong.status_code == 429
    assert enter().status_code == 302


def test_old_tries_are_forgotten(enter, monkeypatch):
    now = [time.monotonic()]
    monkeypatch.setattr(delays.time, "monotonic", lambda: now[0])
    for _ in range(delays.FREE_TRIES):
        enter(passphrase="wrong every time, and long")
    now[0] += delays.FORGOTTEN_AFTER + 1

    assert enter(passphrase="wrong every time, and long").status_code == 200
    assert enter().status_code == 302


def test_tries_are_counted_for_so_many_names_only(monkeypatch):
    monkeypatch.setattr(delays, "_MOST_KEYS", 3)

    for number in range(9):
        delays.count_try(f"eve{number}", "203.0.113.0/24")

    assert len(delays._tries) == 3


def test_fifteen_idle_minutes_lock_and_the_passphrase_opens_again(client, enter):
    enter()
    client.get(PAGE)
    set_back(client, **{SEEN: 14 * 60})
    assert is_open(client)
    set_back(client, **{SEEN: 15 * 60 + 5})

    assert not is_open(client)
    assert LOAN not in client.session
    assert client.get("/espace/ouvrir/").status_code == 200
    wrong = client.post("/espace/ouvrir/", {"passphrase": "not the passphrase at all"})
    assert wrong.status_code == 200
    assert not is_open(client)
    opened = client.post("/espace/ouvrir/", {"passphrase": PASSPHRASE, "next": PAGE})
    assert opened["Location"] == PAGE
    assert is_open(client)


def test_activity_keeps_the_vault_open_for_twelve_hours_at_most(client, enter):
    enter()
    client.get(PAGE)
    set_back(client, **{UNLOCKED: 12 * 3600 - 60})
    assert is_open(client)

    set_back(client, **{UNLOCKED: 120})

    assert not is_open(client)


def test_a_login_lasts_twelve_hours_at_most(client, enter):
    enter()
    client.get(PAGE)
    set_back(client, **{ENTERED: 12 * 3600 + 5})

    assert client.get(PAGE)["Location"] == f"/espace/entrer/?next={PAGE}"
    assert Session.objects.count() == 0


def test_a_stolen_session_row_opens_nothing_without_the_cookie(client, enter):
    enter()
    del client.cookies[COOKIE]

    assert not is_open(client)


def test_a_stolen_cookie_opens_nothing_without_the_session(client, enter, bruno):
    enter()
    stolen = client.cookies[COOKIE].value
    client.cookies.clear()
    assert client.get(PAGE).status_code == 302

    enter("bruno", PASSPHRASE + " aussi")
    client.cookies[COOKIE] = stolen

    assert client.get(PAGE).status_code == 200
    assert not is_open(client)


def test_the_database_holds_nothing_that_opens_the_vault_of_an_open_session(client, enter, founding):
    enter()
    half = founding[1].half(founding[0].key.id)
    row = str(Session.objects.get().get_decoded())

    assert client.cookies[COOKIE].value not in row
    assert base64.b64encode(half).decode() not in row


def test_the_cookies_are_for_this_site_and_its_server_only(client, enter):
    response = enter()

    for cookie in (response.cookies[COOKIE], response.cookies["session"]):
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
    assert response.cookies[COOKIE]["max-age"] == ""


def test_the_session_is_a_new_one_after_login(client, enter):
    client.get("/espace/entrer/")
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key

    enter()

    assert client.session.session_key != before
    assert "planted" not in client.session


def test_signing_out_closes_everything(client, enter):
    enter()
    assert client.get("/espace/sortir/").status_code == 405

    response = client.post("/espace/sortir/")

    assert response["Location"] == "/espace/entrer/"
    assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert Session.objects.count() == 0
    assert client.get(PAGE).status_code == 302


def test_every_page_of_the_team_has_a_way_out_and_stays_out_of_caches(client, enter):
    enter()

    page = client.get(PAGE)

    assert 'action="/espace/sortir/"' in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "same-origin"


def test_a_new_passphrase_opens_the_old_one_does_not_and_other_sessions_end(client, enter, client_of_ada):
    enter()
    fresh = "un vélo bleu sous la pluie"

    page = client.post(
        "/espace/phrase-de-passe/", {"current": PASSPHRASE, "passphrase": fresh, "again": fresh}
    )

    assert page["Location"] == "/espace/"
    assert is_open(client)
    assert client_of_ada.get(PAGE).status_code == 302
    client.post("/espace/sortir/")
    assert enter().status_code == 200
    assert enter(passphrase=fresh).status_code == 302
    assert is_open(client)


@pytest.fixture
def client_of_ada(enter):
    other = Client()
    other.post("/espace/entrer/", {"login": "ada", "passphrase": PASSPHRASE})
    assert other.get(PAGE).status_code == 200
    return other


def test_the_passphrase_is_not_changed_by_who_does_not_know_it(client, enter):
    enter()
    fresh = "un vélo bleu sous la pluie"

    page = client.post("/espace/phrase-de-passe/", {"current": "x" * 20, "passphrase": fresh, "again": fresh})

    assert page.status_code == 200
    assert logins.check_passphrase("ada", PASSPHRASE).login == "ada"


@pytest.mark.parametrize("login", ["ada", "bruno"])
def test_the_card_gives_any_account_a_new_passphrase(client, enter, founding, bruno, login):
    words, fresh = founding[3], "un vélo bleu sous la pluie"

    page = client.post(
        "/espace/retrouver/", {"login": login, "words": words.upper(), "passphrase": fresh, "again": fresh}
    )

    assert page["Location"] == "/espace/"
    assert is_open(client) == (login == "ada")
    client.post("/espace/sortir/")
    assert enter(login, fresh).status_code == 302


def test_other_words_or_names_give_nothing_and_the_answer_does_not_say_which(client, founding):
    fresh = "un vélo bleu sous la pluie"
    answers = set()
    for login, words in (("ada", "abaisser " * 24), ("eve", founding[3]), ("ada", "no words")):
        page = client.post(
            "/espace/retrouver/", {"login": login, "words": words, "passphrase": fresh, "again": fresh}
        )
        answers.add(page.content.decode().split('role="alert">')[1].split("<")[0])

    assert len(answers) == 1
    assert logins.check_passphrase("ada", PASSPHRASE).login == "ada"


def test_a_new_card_takes_over_only_when_it_was_checked(client, enter, founding):
    enter()
    assert client.post("/espace/carte/nouvelle/", {"passphrase": "wrong passphrase"}).status_code == 200
    assert client.post("/espace/carte/nouvelle/", {"passphrase": PASSPHRASE})["Location"] == PAGE
    words = words_on(client.get(PAGE))
    assert cards.keyring_of_card(founding[3]).reaches(current_key(KeyKind.ASSOCIATION))

    check_card(client, words)

    assert cards.keyring_of_card(" ".join(words)).reaches(current_key(KeyKind.ASSOCIATION))
    with pytest.raises(WrongSecret):
        cards.keyring_of_card(founding[3])


def test_who_does_not_coordinate_draws_no_card(client, enter, bruno):
    enter("bruno", PASSPHRASE + " aussi")

    response = client.post("/espace/carte/nouvelle/", {"passphrase": PASSPHRASE + " aussi"})

    assert response["Location"] == f"/espace/ouvrir/?next={PAGE}"
    assert "people__words" not in client.get(PAGE).content.decode()


def test_the_pages_speak_the_account_s_language(client, enter, ada):
    Account.objects.update(locale="en")
    enter()

    assert "Recovery card" in client.get(PAGE, headers={"accept-language": "fr"}).content.decode()


def test_wagtail_s_login_is_ours_and_editors_enter_with_it(client, enter, bruno):
    assert client.get("/admin/")["Location"] == "/espace/entrer/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/")["Location"] == "/espace/entrer/?next=/admin/"
    editors, _made = Group.objects.get_or_create(name=EDITORS)
    editors.permissions.add(Permission.objects.get(codename="access_admin"))
    bruno.groups.add(editors)

    response = enter("bruno", PASSPHRASE + " aussi", next="/admin/")

    assert response["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/password_reset/").status_code == 404
    assert client.post("/admin/logout/")["Location"] == "/espace/entrer/"


def test_an_account_without_a_key_may_enter_and_reads_nothing(client, enter):
    bare = Account.objects.create(login="bare")
    bare.set_password(PASSPHRASE)
    bare.save()

    assert enter("bare").status_code == 302
    assert client.get(PAGE).status_code == 200
    assert client.post("/espace/ouvrir/", {"passphrase": PASSPHRASE}).status_code == 302
    assert not is_open(client)
    with pytest.raises(NoSuchKey):
        logins.key_of(bare)


def test_a_closed_account_does_not_enter(client, enter, ada):
    Account.objects.update(is_active=False)

    assert enter().status_code == 200


def test_the_web_process_needs_no_private_key_file(client, enter, keys_root):
    for name in ("machine.key", "index.key"):
        (keys_root / name).unlink()

    enter()

    assert is_open(client)
    assert client.post("/espace/carte/nouvelle/", {"passphrase": PASSPHRASE})["Location"] == PAGE
    assert entries.invite("chloe", locale="fr")[0].login == "chloe"


def test_public_pages_do_not_look_at_the_session(rf):
    class NoLook:
        def __getattr__(self, name):
            raise AssertionError(name)

    request = rf.get("/rejoindre/")
    request.session = NoLook()

    assert TeamMiddleware(lambda _request: "page")(request) == "page"


def test_sessions_that_are_over_are_deleted(client, enter):
    enter()
    Session.objects.update(expire_date=timezone.now())

    assert sessions.forget_old_sessions() == 1
    assert sessions.forget_old_sessions() == 0


def test_the_keyring_is_asked_for_once_in_a_request(rf, founding, enter, client, django_assert_num_queries):
    enter()
    request = rf.get(PAGE)
    request.user = founding[0]
    request.session = client.session
    request.COOKIES[COOKIE] = client.cookies[COOKIE].value

    first = keyring_of(request)

    assert first is not None
    with django_assert_num_queries(0):
        assert keyring_of(request) is first


def test_every_login_leads_to_the_card_until_one_is_checked(client, enter, founding):
    RecoveryCard.objects.update(verified_at=None)

    assert enter(next="/espace/personnes/")["Location"] == PAGE


def test_a_card_that_waited_in_another_browser_is_not_shown_any_more(client, enter, founding):
    enter()
    client.post("/espace/carte/nouvelle/", {"passphrase": PASSPHRASE})
    RecoveryCard.objects.filter(verified_at=None).delete()

    page = client.get(PAGE).content.decode()

    assert "people__words" not in page
    assert OPEN in page


def test_a_card_that_was_changed_in_the_session_is_not_shown(client, enter):
    enter()
    client.post("/espace/carte/nouvelle/", {"passphrase": PASSPHRASE})
    session = client.session
    session[CARD] = session[LOAN]
    session.save()

    assert "people__words" not in client.get(PAGE).content.decode()


def test_guessing_at_the_card_waits_too(client, founding):
    fresh = "un vélo bleu sous la pluie"
    form = {"login": "ada", "words": "abaisser " * 24, "passphrase": fresh, "again": fresh}
    for _ in range(delays.FREE_TRIES):
        client.post("/espace/retrouver/", form)

    page = client.post("/espace/retrouver/", {**form, "words": founding[3]})

    assert page.status_code == 200
    assert "2 secondes" in page.content.decode()
    assert logins.check_passphrase("ada", PASSPHRASE).login == "ada"
