"""Every public form of every app, found by its guard: whatever is sent, nobody gets an error of ours."""

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from banderole.people.models import InboxItem

URLENCODED = "application/x-www-form-urlencoded"
OWN = {"HTTP_SEC_FETCH_SITE": "same-origin"}
BAD = {
    "a megabyte": (b"name=" + b"a" * 1_000_000, URLENCODED),
    "a NUL": (b"name=a%00b&email=a%00@example.org", URLENCODED),
    "no UTF-8": (b"name=%E8%E9", URLENCODED),
    "another encoding": (b"name=a", URLENCODED + "; charset=utf-16"),
    "nothing": (b"", URLENCODED),
    "every field twice": (b"name=a&name=b&email=a@b.fr&email=c@d.fr&address=a&address=b", URLENCODED),
    "thousands of fields": (b"&".join(b"f%d=a" % n for n in range(6000)), URLENCODED),
    "JSON": (b'{"name": "a"}', "application/json"),
    "a file": (b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\na\r\n--x--', "multipart/form-data; boundary=x"),
    "parts without end": (b"--x\r\nContent-Disposition: form-data", "multipart/form-data; boundary=x"),
    "a forged proof": (b"altcha=eyJ9&name=a", URLENCODED),
    "a robot": (b"website=http%3A%2F%2Fspam.example&email=a%40b.fr", URLENCODED),
    "a lone surrogate": (b"name=%ED%A0%80", URLENCODED),
    "an address of ten thousand letters": (b"email=" + b"a" * 10_000 + b"@example.org", URLENCODED),
    "an address that is none": (b"email=camille&address=camille&name=Camille", URLENCODED),
}  # fmt: skip


def patterns(of, prefix=""):
    for pattern in of:
        if isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.callback
        else:
            yield from patterns(pattern.url_patterns, prefix + str(pattern.pattern))


def public_forms():
    """Addresses of all guarded views that stand alone; those of one event or person have their own tests."""
    return sorted(
        {
            f"/{path}"
            for path, view in patterns(get_resolver().url_patterns)
            if hasattr(view, "public_form") and "<" not in path
        }
    )


def test_the_forms_are_found():
    assert {"/abonnement/", "/rejoindre/"} <= set(public_forms())


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("address", public_forms())
def test_bad_input_is_a_page_with_a_sentence_and_nothing_is_kept(db, address, bad):
    body, content_type = BAD[bad]

    answer = Client().generic("POST", address, body, content_type=content_type, **OWN)

    assert answer.status_code in ({303} if bad == "a robot" else {200, 400, 413, 422})
    assert answer.cookies == {}
    assert InboxItem.objects.count() == 0


@pytest.mark.parametrize("address", public_forms())
def test_a_form_from_elsewhere_is_refused(db, address):
    answers = [
        Client().post(address, {"email": "a@b.fr"}, HTTP_SEC_FETCH_SITE="cross-site"),
        Client().post(address, {"email": "a@b.fr"}, HTTP_ORIGIN="https://elsewhere.example"),
        Client().post(address, {"email": "a@b.fr"}, HTTP_ORIGIN="null"),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
