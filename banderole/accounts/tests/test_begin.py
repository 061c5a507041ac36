import re
from datetime import timedelta
from itertools import pairwise

import pytest
from django.contrib.sessions.models import Session
from django.core import serializers
from django.utils import timezone

from banderole.accounts import beginnings, entries, logins, recovery
from banderole.accounts.exceptions import AlreadyFounded, LinkSpent, LoginTaken
from banderole.accounts.models import Account, EntryLink
from banderole.accounts.signals import association_founded
from banderole.accounts.tests.conftest import PASSPHRASE
from banderole.vault.keys import current_key, find_key, make_key
from banderole.vault.models import Key, KeyKind

pytestmark = pytest.mark.django_db
WORDS = re.compile(r"<li>(\w+)</li>")


def path_of(link):
    assert link is not None
    return link.removeprefix("http://testserver")


def begin(client, *, path, login="ada", passphrase=PASSPHRASE, again=None):
    return client.post(path, {"login": login, "passphrase": passphrase, "again": again or passphrase})


def words_on(page):
    return WORDS.findall(page.content.decode().split("people__words")[1].split("</ol>")[0])


def asked_for(page):
    return [int(number) for number in re.findall(r"<label[^>]*>\D*(\d+)", page.content.decode())]


def check_card(client, words):
    first, second = asked_for(client.get("/espace/carte/"))
    return client.post("/espace/carte/", {"first": words[first - 1], "second": words[second - 1]})


def test_the_first_coordinator_begins_prints_the_card_and_types_two_words_back(client, keys_root):
    path = path_of(beginnings.make_setup_link())
    assert client.get(path).status_code == 200

    response = begin(client, path=path)
    page = client.get("/espace/carte/")

    assert response["Location"] == "/espace/carte/"
    words = words_on(page)
    assert len(words) == 24
    assert not recovery.is_complete()
    assert check_card(client, words)["Location"] == "/espace/"
    assert recovery.is_complete()


def test_the_words_are_shown_until_they_are_checked_and_never_again(client, keys_root):
    begin(client, path=path_of(beginnings.make_setup_link()))
    words = words_on(client.get("/espace/carte/"))
    wrong = client.post("/espace/carte/", {"first": "wrong", "second": "words"})
    assert wrong.status_code == 200
    assert words_on(client.get("/espace/carte/")) == words

    check_card(client, words)

    page = client.get("/espace/carte/").content.decode()
    assert "people__words" not in page
    assert " ".join(words) not in page


def test_the_words_of_the_card_lie_nowhere_on_the_server(client, keys_root):
    begin(client, path=path_of(beginnings.make_setup_link()))
    words = words_on(client.get("/espace/carte/"))
    session = Session.objects.get()

    stored = str(session.get_decoded()) + serializers.serialize(
        "json", [*Key.objects.all(), *Account.objects.all()]
    )

    # One word alone proves nothing: "machine" is a word of the list and the name of a key.
    pairs = [f"{one} {next_one}" for one, next_one in pairwise(words)]
    assert [pair for pair in pairs if pair in stored] == []


def test_the_link_works_once(client, keys_root):
    path = path_of(beginnings.make_setup_link())
    begin(client, path=path)

    assert client.get(path).status_code == 410
    assert begin(client, path=path, login="eve").status_code == 410
    assert list(Account.objects.values_list("login", flat=True)) == ["ada"]
    assert beginnings.make_setup_link() is None


def test_a_new_link_ends_the_one_before_and_a_week_ends_every_link(client, keys_root):
    first = path_of(beginnings.make_setup_link())
    second = path_of(beginnings.make_setup_link())
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200

    EntryLink.objects.update(made_at=timezone.now() - timedelta(days=8))

    assert client.get(second).status_code == 410
    assert entries.forget_old_links() == 1
    assert EntryLink.objects.count() == 0


def test_only_a_hash_of_the_link_is_kept(keys_root):
    token = path_of(beginnings.make_setup_link()).split("/")[-2]

    assert token.encode() not in bytes(EntryLink.objects.get().token_hash)
    with pytest.raises(LinkSpent):
        entries.find_link(token + "x", now=timezone.now())


@pytest.mark.parametrize(
    ("login", "passphrase", "again", "sentence"),
    [
        ("ada", "too short", "too short", "15"),
        ("ada", PASSPHRASE, PASSPHRASE + "x", "ne sont pas les mêmes"),
        ("a", PASSPHRASE, PASSPHRASE, "2 à 40"),
        ("ada lovelace", PASSPHRASE, PASSPHRASE, "2 à 40"),
        ("ada\0", PASSPHRASE, PASSPHRASE, "errorlist"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_begins(
    client, keys_root, login, passphrase, again, sentence
):
    path = path_of(beginnings.make_setup_link())

    page = begin(client, path=path, login=login, passphrase=passphrase, again=again)

    assert page.status_code == 200
    assert sentence in page.content.decode() or "field__error" in page.content.decode()
    assert not Account.objects.exists()
    assert client.get(path).status_code == 200


def test_the_association_begins_with_what_apps_above_add(keys_root):
    heard = []

    def listen(account, keyring, **_kwargs):
        heard.append((account.login, keyring.reaches(current_key(KeyKind.ASSOCIATION))))

    association_founded.connect(listen)
    try:
        beginnings.found_association("ada", PASSPHRASE)
    finally:
        association_founded.disconnect(listen)

    assert heard == [("ada", True)]


def test_where_an_app_above_fails_nothing_has_begun(client, keys_root):
    def fail(**_kwargs):
        raise RuntimeError("planted")

    path = path_of(beginnings.make_setup_link())
    association_founded.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            begin(client, path=path)
    finally:
        association_founded.disconnect(fail)

    assert not Account.objects.exists()
    assert find_key(KeyKind.ASSOCIATION) is None
    assert client.get(path).status_code == 200


def test_an_association_is_founded_once(founding):
    with pytest.raises(AlreadyFounded):
        beginnings.found_association("eve", PASSPHRASE)
    assert not Account.objects.filter(login="eve").exists()


def test_a_login_name_is_taken_once_in_any_capitals(ada):
    with pytest.raises(LoginTaken):
        logins.make_account("Ada", PASSPHRASE)


def test_an_invited_account_can_be_trusted_before_it_chooses_its_passphrase(client, founding):
    chloe, link = entries.invite("chloe", locale="en")
    group = make_key(KeyKind.GROUP, "group:1", readers=[current_key(KeyKind.ASSOCIATION), chloe.key])

    page = client.post(path_of(link), {"passphrase": PASSPHRASE, "again": PASSPHRASE})

    assert page["Location"] == "/espace/"
    assert logins.keyring_for(chloe, PASSPHRASE).reaches(group)
    assert not logins.keyring_for(chloe, PASSPHRASE).reaches(current_key(KeyKind.ASSOCIATION))
    assert client.get(path_of(link)).status_code == 410
    assert not Key.objects.filter(kind=KeyKind.LINK).exists()


def test_a_coordinator_gives_a_new_link_to_who_forgot_and_the_old_one_ends(client, founding):
    _ada, adas, *_ = founding
    chloe, first = entries.invite("chloe", locale="fr")
    second = entries.renew(chloe, adas)

    assert client.get(path_of(first)).status_code == 410
    client.post(path_of(second), {"passphrase": PASSPHRASE, "again": PASSPHRASE})
    assert logins.check_passphrase("chloe", PASSPHRASE) == chloe


def test_the_page_speaks_both_languages(client, keys_root):
    path = path_of(beginnings.make_setup_link())

    assert "Votre site est prêt" in client.get(path).content.decode()
    assert "Your site is ready" in client.get(path, headers={"accept-language": "en"}).content.decode()


def test_a_link_that_somebody_was_faster_with_does_nothing(founding):
    chloe, link = entries.invite("chloe", locale="fr")
    token = path_of(link).split("/")[-2]
    row = entries.find_link(token, now=timezone.now())
    EntryLink.objects.update(used_at=timezone.now())

    with pytest.raises(LinkSpent):
        entries.enter(row, token, passphrase=PASSPHRASE)
    with pytest.raises(LinkSpent):
        entries.enter(EntryLink(), token, passphrase=PASSPHRASE)
    assert not chloe.check_password(PASSPHRASE)


def test_a_set_up_link_opens_nothing_once_there_is_an_account(client, keys_root):
    path = path_of(beginnings.make_setup_link())
    logins.make_account("ada", PASSPHRASE)

    assert client.get(path).status_code == 410


def test_an_invited_account_is_told_what_to_do_until_the_passphrase_is_long_enough(client, founding):
    _chloe, link = entries.invite("chloe", locale="fr")

    assert "chloe" in client.get(path_of(link)).content.decode()
    short = client.post(path_of(link), {"passphrase": "short", "again": "short"})

    assert "field__error" in short.content.decode()
    assert client.get(path_of(link)).status_code == 200


def test_two_who_take_one_login_name_at_once_are_told_apart_by_the_database(ada):
    with pytest.raises(LoginTaken):
        logins._store("ada", "fr")


def test_an_account_shows_its_login_name_and_nothing_else(ada):
    assert (str(ada), ada.get_full_name(), ada.get_short_name(), ada.is_staff) == ("ada", "ada", "ada", False)
