"""One click, at once, from any mailbox."""

import pytest
from django.test import Client
from django.utils import timezone

from banderole.common import links
from banderole.letters.domain.starting import start_letter
from banderole.letters.models import Recipient
from banderole.letters.queries import subscribers
from banderole.people.models import Consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def chloe(newsletter, subscribe):
    return subscribe(newsletter, "chloe@example.org")[0].person


@pytest.fixture
def path(newsletter, chloe):
    return f"/desabonnement/{links.make('unsubscribe', newsletter.pk, chloe.pk)}/"


def channels():
    return list(Consent.objects.filter(given=False).values_list("channel", flat=True))


def test_a_mailbox_posts_without_cookie_token_or_origin(newsletter, path):
    strict = Client(enforce_csrf_checks=True)

    response = strict.post(
        path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )

    assert response.status_code == 200
    assert response.cookies == {}
    assert list(subscribers(newsletter)) == []
    assert channels() == ["one_click"]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", "text/plain"),
        (b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n', "multipart/form-data; boundary=x"),
        (b"\xff\xfe\x00", "multipart/form-data"),
    ],
)  # fmt: skip
def test_whatever_the_body_it_counts(newsletter, path, body, content_type, client):
    assert client.post(path, body, content_type=content_type).status_code == 200
    assert list(subscribers(newsletter)) == []


def test_a_foreign_origin_is_no_reason_to_refuse(newsletter, path, client):
    response = client.post(path, HTTP_ORIGIN="https://mail.example", HTTP_SEC_FETCH_SITE="cross-site")

    assert response.status_code == 200
    assert channels() == ["link"]


def test_doing_it_twice_changes_nothing(path, client):
    client.post(path)
    client.post(path)

    assert channels() == ["one_click"]


def test_opening_the_link_only_shows_a_button(newsletter, chloe, path, client):
    response = client.get(path)

    assert response.status_code == 200
    assert '<form method="post">' in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert list(subscribers(newsletter)) == [chloe]


def test_only_this_newsletter_ends(newsletter, agenda, chloe, path, subscribe, client):
    subscribe(agenda, "chloe@example.org")
    client.post(path)

    assert list(subscribers(newsletter)) == []
    assert list(subscribers(agenda)) == [chloe]


def test_it_takes_a_letter_that_is_under_way_off(letter, path, client):
    start_letter(letter, now=timezone.now())
    client.post(path)

    assert list(Recipient.objects.values_list("cause", flat=True)) == ["unsubscribed"]


def test_a_cut_or_forged_link_says_what_to_do(newsletter, chloe, path, client):
    other_purpose = links.make("subscribe", newsletter.pk, chloe.pk)
    for bad in (path[:-9] + "/", "/desabonnement/x/", f"/desabonnement/{other_purpose}/"):
        assert client.post(bad).status_code == 404
        assert client.get(bad).status_code == 404
    assert list(subscribers(newsletter)) == [chloe]


def test_who_is_erased_meanwhile_gets_the_same_answer(chloe, path, client):
    chloe.delete()

    assert client.post(path).status_code == 200


def test_it_follows_a_person_who_was_merged(newsletter, chloe, path, subscribe, client):
    dario = subscribe(newsletter, "dario@example.org")[0].person
    chloe.merged_into = dario
    chloe.save()
    client.post(path)

    assert list(subscribers(newsletter)) == []
