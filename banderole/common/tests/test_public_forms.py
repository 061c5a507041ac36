import json
import types

import altcha
import pytest
from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client
from django.urls import include, path

from banderole.common import proofs, public_forms
from banderole.common.public_forms import PublicForm, public_form
from banderole.common.visitors import network_of

OWN = {"HTTP_ORIGIN": "http://testserver"}
received = []


class WordForm(PublicForm):
    word = forms.CharField(max_length=20)


@public_form("word", done="done")
def say(request):
    form = WordForm(request.POST)
    if not form.is_valid():
        return HttpResponse(form.errors.as_text(), status=400)
    received.append(form.cleaned_data["word"])
    return HttpResponseRedirect("/done/", status=303)


here = types.ModuleType("urls_of_this_test")
here.urlpatterns = [
    path("say/", say),
    path("done/", lambda _request: HttpResponse("thanks"), name="done"),
    path("", include("banderole.common.urls")),
]


@pytest.fixture(autouse=True)
def _site(settings):
    settings.ROOT_URLCONF = here
    settings.LANGUAGE_CODE = "en"
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "redirects" not in name]
    received.clear()


@pytest.fixture
def reader():
    return Client(enforce_csrf_checks=True, raise_request_exception=True)


def solved():
    challenge = altcha.Challenge.from_dict(Client().get("/preuve/").json())
    return altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_base64()


def test_a_form_from_our_page_arrives_without_cookie_or_token(reader):
    answer = reader.post("/say/", {"word": "rivière", "website": "", "altcha": ""}, **OWN)

    assert (answer.status_code, answer.url, received) == (303, "/done/", ["rivière"])
    assert answer.cookies == {}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_ORIGIN": "null"}, 303),
        ({"HTTP_SEC_FETCH_SITE": "none"}, 303),
        ({"HTTP_SEC_FETCH_SITE": "same-site", "HTTP_ORIGIN": "http://testserver"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
        ({"HTTP_ORIGIN": "http://testserver"}, 303),
        ({"HTTP_ORIGIN": "http://testserver.example.org"}, 403),
        ({"HTTP_ORIGIN": "null"}, 403),
        ({}, 303),
    ],
)
def test_where_a_form_comes_from_decides_whether_it_is_taken(reader, headers, status):
    answer = reader.post("/say/", {"word": "a"}, **headers)

    assert answer.status_code == status
    assert received == (["a"] if status == 303 else [])


URLENCODED = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"word=" + b"a" * 1_000_000, URLENCODED, 413),
        (b"word=a%00b", URLENCODED, 400),
        (b"word=a\x00b", URLENCODED, 400),
        (b"wo%00rd=a&word=b", URLENCODED, 400),
        (b"word=rivi%E8re", URLENCODED, 400),
        (b"word=%ED%A0%80", URLENCODED, 400),
        (b"word=a", URLENCODED + "; charset=utf-16", 400),
        (b"&".join(b"f%d=a" % n for n in range(6000)), URLENCODED, 400),
        (b"word=a&word=b", URLENCODED, 400),
        (b'{"word": "a"}', "application/json", 400),
        (b"word=a", "text/plain", 400),
        (b"word=a", "", 400),
        (b"no parts", "multipart/form-data; boundary=x", 400),
        (b"no boundary", "multipart/form-data", 400),
        (b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\na\r\n--x--', "multipart/form-data; boundary=x", 400),
        (b'--x\r\nContent-Disposition: form-data; name="word"\r\n\r\na\0\r\n--x--', "multipart/form-data; boundary=x", 400),
        (b"", URLENCODED, 400),
    ],
)  # fmt: skip
def test_input_that_nobody_can_read_is_refused_with_a_sentence(reader, body, content_type, status):
    answer = reader.generic("POST", "/say/", body, content_type=content_type, **OWN)

    assert answer.status_code == status
    assert received == []
    assert "." in answer.content.decode()


@pytest.mark.parametrize(
    ("body", "content_type", "word"),
    [
        (b"word=rivi\xe8re", URLENCODED, "rivière"),
        (b"word=rivi\xc3\xa8re", URLENCODED + "; charset=no-such", "rivière"),
    ],
)
def test_old_encodings_that_can_be_told_are_read(reader, body, content_type, word):
    assert reader.generic("POST", "/say/", body, content_type=content_type, **OWN).status_code == 303
    assert received == [word]


def test_a_robot_sees_what_a_person_sees_and_nothing_is_kept(reader):
    person = reader.post("/say/", {"word": "a", "website": ""}, **OWN)
    robot = reader.post("/say/", {"word": "b", "website": "http://spam.example"}, **OWN)

    assert (robot.status_code, robot.url, robot.content) == (person.status_code, person.url, person.content)
    assert received == ["a"]


def test_a_solved_proof_counts_once(reader):
    proof = solved()

    first = reader.post("/say/", {"word": "a", "altcha": proof}, **OWN)
    again = reader.post("/say/", {"word": "b", "altcha": proof}, **OWN)

    assert (first.status_code, again.status_code, received) == (303, 400, ["a"])
    assert "This form waited too long. Go back, and send it again." in again.content.decode()


def forged(change):
    challenge = Client().get("/preuve/").json()
    solution = {"counter": 1, "derivedKey": "00" * 32}
    change(challenge, solution)
    return altcha.Payload.from_dict({"challenge": challenge, "solution": solution}).to_base64()


@pytest.mark.parametrize(
    "proof",
    [
        lambda: "x",
        lambda: "e30=",
        lambda: "é" * 10,
        lambda: "A" * 100_000,
        lambda: forged(lambda challenge, solution: None),
        lambda: forged(lambda challenge, solution: solution.update(derivedKey=None)),
        lambda: forged(lambda challenge, solution: challenge.update(signature=["a"])),
        lambda: forged(lambda challenge, solution: challenge["parameters"].update(cost=1, keySignature=None)),
        lambda: forged(lambda challenge, solution: challenge["parameters"].update(expiresAt="never")),
        lambda: json.dumps([[]] * 5),
    ],
)
def test_a_forged_proof_is_refused_with_a_sentence(reader, proof):
    answer = reader.post("/say/", {"word": "a", "altcha": proof()}, **OWN)

    assert (answer.status_code, received) == (400, [])


def test_an_old_proof_is_refused(reader, monkeypatch):
    monkeypatch.setattr(proofs, "VALID_FOR", -proofs.VALID_FOR)

    assert reader.post("/say/", {"word": "a", "altcha": solved()}, **OWN).status_code == 400


def test_forms_without_proof_are_taken_under_tighter_limits(reader):
    statuses = [reader.post("/say/", {"word": "a"}, **OWN).status_code for _ in range(11)]

    assert statuses == [303] * 10 + [429]
    assert reader.post("/say/", {"word": "a", "altcha": solved()}, **OWN).status_code == 303


def test_another_network_is_not_held_up_by_a_busy_one_until_all_are_many(reader):
    def send(address):
        return reader.post("/say/", {"word": "a"}, REMOTE_ADDR=address, **OWN).status_code

    first = [send(f"203.0.113.{n}") for n in range(11)]
    second = [send("198.51.100.7")]
    all_others = [send(f"10.0.{n}.1") for n in range(60)]

    assert (first, second) == ([303] * 10 + [429], [303])
    assert all_others.count(303) == 49
    assert public_forms.strain() > 1


@pytest.mark.parametrize(
    ("address", "forwarded", "behind_proxy", "network"),
    [
        ("203.0.113.9", "", False, "203.0.113.0/24"),
        ("2001:db8:1:2::3", "", False, "2001:db8:1::/48"),
        ("::ffff:203.0.113.9", "", False, "203.0.113.0/24"),
        ("127.0.0.1", "203.0.113.9", False, "loopback"),
        ("127.0.0.1", "6.6.6.6, 203.0.113.9", True, "203.0.113.0/24"),
        ("192.0.2.1", "203.0.113.9", True, "192.0.2.0/24"),
        ("127.0.0.1", "nonsense", True, "unknown"),
        ("", "", True, "unknown"),
    ],
)
def test_a_visitor_is_counted_by_network(rf, settings, address, forwarded, behind_proxy, network):
    settings.BEHIND_PROXY = behind_proxy

    assert network_of(rf.get("/", REMOTE_ADDR=address, HTTP_X_FORWARDED_FOR=forwarded)) == network


def test_other_methods_are_refused(reader):
    assert [reader.generic(method, "/say/").status_code for method in ("PUT", "DELETE")] == [405, 405]
