"""What every public form gives back to bad input: a sentence, never a crash, never a word about who is known."""

import base64
import json
from collections.abc import Iterator
from urllib.parse import urlencode

import altcha
import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from banderole.campaigns.tests.conftest import make_event  # noqa: F401 -- a fixture
from banderole.common import proofs
from banderole.letters.tests.conftest import newsletter, subscribe  # noqa: F401 -- fixtures
from banderole.people.models import InboxItem
from banderole.people.tests.conftest import ada, bayeux, machine  # noqa: F401 -- fixtures

pytestmark = pytest.mark.django_db

ORIGIN = {"HTTP_ORIGIN": "http://testserver"}


def public_form_names() -> Iterator[str]:
    def walk(patterns, namespaces):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                inside = [*namespaces, pattern.namespace] if pattern.namespace else namespaces
                yield from walk(pattern.url_patterns, inside)
            elif isinstance(pattern, URLPattern) and hasattr(pattern.callback, "public_form"):
                yield ":".join([*namespaces, pattern.name])

    yield from walk(get_resolver().url_patterns, [])


class Form:
    def __init__(
        self, name: str, address_field: str, fields: dict[str, str], args: tuple[str, ...] = ()
    ) -> None:
        self.name, self.address_field, self.fields, self.args = name, address_field, fields, args

    @property
    def url(self) -> str:
        return reverse(self.name, args=self.args)

    def filled(self, **changes: str) -> dict[str, str]:
        return {**self.fields, **changes}


FORMS = [
    Form(
        "letters:subscribe",
        "address",
        {"address": "reader@example.org", "newsletters": "la-lettre-de-l-aure"},
    ),
    Form(
        "welcome:join",
        "email",
        {
            "name": "Camille",
            "email": "reader@example.org",
            "postcode": "14400",
            "phone": "",
            "sentence": "Hello",
        },
    ),
    Form(
        "campaigns:come",
        "address",
        {"name": "Camille", "address": "reader@example.org", "seats": "1"},
        ("assembly",),
    ),
    Form("my_data:ask", "email", {"email": "reader@example.org"}),
]
every_form = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)


@pytest.fixture(autouse=True)
def _quick_passphrases(settings):
    settings.PASSPHRASE_COST = (1024, 1, 1)


@pytest.fixture
def site(bayeux, make_event, newsletter):  # noqa: F811 -- fixtures by their names
    """A site whose forms are all open, seen by a visitor: an error is a page, as in life."""
    make_event(slug="assembly")
    return Client(raise_request_exception=False)


@pytest.fixture
def a_subscriber(newsletter, subscribe) -> str:  # noqa: F811 -- fixtures by their names
    [contact] = subscribe(newsletter, "known@example.org")
    assert contact.verified_at
    return "known@example.org"


def solved() -> str:
    challenge = altcha.Challenge.from_dict(proofs.challenge())
    solution = altcha.solve_challenge(challenge)
    return altcha.Payload(challenge, solution).to_base64()


def test_every_public_form_stands_in_this_list():
    assert sorted(set(public_form_names())) == sorted(form.name for form in FORMS)


@every_form
def test_a_good_form_is_taken_and_sent_on_by_a_see_other(site, form):
    answer = site.post(form.url, form.filled(), **ORIGIN)

    assert (answer.status_code, InboxItem.objects.count()) == (303, 1)


@every_form
def test_a_proof_of_work_counts_once(site, form):
    proof = solved()

    first = site.post(form.url, form.filled(altcha=proof), **ORIGIN)
    second = site.post(form.url, form.filled(altcha=proof), **ORIGIN)

    assert (first.status_code, second.status_code) == (303, 400)
    assert InboxItem.objects.count() == 1


@every_form
def test_a_forged_proof_is_refused_with_a_sentence(site, form):
    forged = base64.b64encode(json.dumps({"challenge": {}, "solution": {}}).encode()).decode()

    answer = site.post(form.url, form.filled(altcha=forged), **ORIGIN)

    assert (answer.status_code, InboxItem.objects.count()) == (400, 0)
    assert "<h1" in answer.content.decode()


@every_form
@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a NUL", {"changed": "a\0b@example.org"}),
        ("no address", {"changed": "not an address"}),
        ("a header in the address", {"changed": "a@example.org\r\nBcc: b@example.org"}),
        ("a very long address", {"changed": "a" * 5_000 + "@example.org"}),
    ],
)
def test_a_bad_address_is_answered_with_a_sentence_and_nothing_is_kept(site, form, name, body):
    answer = site.post(form.url, form.filled(**{form.address_field: body["changed"]}), **ORIGIN)

    assert 400 <= answer.status_code < 500, name
    assert "<h1" in answer.content.decode()
    assert InboxItem.objects.count() == 0


@every_form
def test_a_field_of_one_megabyte_is_too_long(site, form):
    answer = site.post(form.url, form.filled(**{form.address_field: "a" * 1_000_000}), **ORIGIN)

    assert (answer.status_code, InboxItem.objects.count()) == (413, 0)


@every_form
def test_bytes_that_are_no_utf_8_are_not_taken(site, form):
    body = urlencode(form.filled(**{form.address_field: "é@example.org"}), encoding="latin-1")

    answer = site.generic(
        "POST", form.url, body.encode(), content_type="application/x-www-form-urlencoded", **ORIGIN
    )

    assert (answer.status_code, InboxItem.objects.count()) == (400, 0)


@every_form
def test_a_field_given_twice_is_not_taken(site, form):
    body = urlencode([*form.filled().items(), (form.address_field, "other@example.org")])

    answer = site.generic(
        "POST", form.url, body.encode(), content_type="application/x-www-form-urlencoded", **ORIGIN
    )

    assert 400 <= answer.status_code < 500
    assert InboxItem.objects.count() == 0


@every_form
def test_ten_thousand_fields_are_not_read(site, form):
    body = "&".join(f"f{n}=1" for n in range(10_001))

    answer = site.generic(
        "POST", form.url, body.encode(), content_type="application/x-www-form-urlencoded", **ORIGIN
    )

    assert (answer.status_code, InboxItem.objects.count()) == (400, 0)


@every_form
@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null"])
def test_a_form_on_another_site_is_refused(site, form, origin):
    answer = site.post(form.url, form.filled(), HTTP_ORIGIN=origin)

    assert (answer.status_code, InboxItem.objects.count()) == (403, 0)


@every_form
def test_a_browser_that_names_no_origin_has_the_tighter_limits(site, form):
    answers = [site.post(form.url, form.filled()).status_code for _ in range(11)]

    assert answers == [303] * 10 + [429]


@every_form
def test_a_robot_that_fills_the_hidden_field_sees_success_and_leaves_nothing(site, form):
    good = site.post(form.url, form.filled(), **ORIGIN)
    InboxItem.objects.all().delete()

    robot = site.post(form.url, form.filled(website="https://spam.example"), **ORIGIN)

    assert (robot.status_code, robot["Location"]) == (good.status_code, good["Location"])
    assert InboxItem.objects.count() == 0


@every_form
def test_a_known_address_is_answered_like_an_unknown_one(site, form, a_subscriber):
    known = site.post(form.url, form.filled(**{form.address_field: a_subscriber}), **ORIGIN)
    unknown = site.post(form.url, form.filled(**{form.address_field: "nobody@example.org"}), **ORIGIN)

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert known.content == unknown.content
    assert set(known.cookies) == set(unknown.cookies) == set()


@every_form
def test_a_json_body_is_no_form(site, form):
    answer = site.post(form.url, json.dumps(form.filled()), content_type="application/json", **ORIGIN)

    assert (answer.status_code, InboxItem.objects.count()) == (400, 0)
