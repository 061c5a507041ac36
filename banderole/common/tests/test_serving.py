"""Files before Django: asked through WSGI, as Granian asks."""

import gzip
import os
from io import BytesIO

import brotli
import pytest

from banderole.common.serving.application import FilesFirst

PAGE = "<h1>Trois cents personnes pour la rivière</h1>" * 40


@pytest.fixture
def home(settings, tmp_path):
    settings.BAKED_ROOT, settings.MEDIA_ROOT = tmp_path / "baked", tmp_path / "media"
    for folder in (settings.BAKED_ROOT, settings.MEDIA_ROOT):
        folder.mkdir()
    (tmp_path / "secret.txt").write_text("machine key")
    return tmp_path


def put(file, text, *, at=1_700_000_000_000_000_000, siblings=True):
    file.parent.mkdir(parents=True, exist_ok=True)
    bodies = {"": text.encode()}
    if siblings:
        bodies |= {".br": brotli.compress(text.encode()), ".gz": gzip.compress(text.encode())}
    for suffix, body in bodies.items():
        beside = file.with_name(file.name + suffix)
        new = beside.with_name(f".new{suffix}")
        new.write_bytes(body)
        os.utime(new, ns=(at, at))
        new.rename(beside)


@pytest.fixture
def ask(home):
    asked = []

    def django(environ, start_response):
        asked.append(environ["PATH_INFO"])
        start_response("200 OK", [("Content-Type", "text/plain"), ("Set-Cookie", "a=b")])
        return [b"django"]

    application = FilesFirst(django)

    def ask(path, method="GET", query="", **headers):
        seen = {}

        def start_response(status, given, exc_info=None):
            seen.update(status=int(status[:3]), headers={name.lower(): value for name, value in given})

        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "wsgi.input": BytesIO(),
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }
        body = b"".join(application(environ, start_response))
        return seen["status"], seen["headers"], body

    ask.asked = asked
    return ask


def test_a_baked_page_is_served_without_django_and_without_cookie(ask, home):
    put(home / "baked" / "agenda" / "index.html", PAGE)

    status, headers, body = ask("/agenda/")

    assert (status, body, ask.asked) == (200, PAGE.encode(), [])
    assert headers == {
        "x-content-type-options": "nosniff",
        "referrer-policy": "strict-origin-when-cross-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": headers["permissions-policy"],
        "x-frame-options": "DENY",
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
            "font-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
            "object-src 'none'; frame-ancestors 'none'"
        ),
        "cache-control": "public, max-age=0, s-maxage=60, must-revalidate",
        "vary": "Accept-Encoding",
        "etag": headers["etag"],
        "content-length": str(len(PAGE.encode())),
    }


@pytest.mark.parametrize(
    ("accepted", "encoding", "unpack"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_each_reader_gets_the_encoding_that_they_take(ask, home, accepted, encoding, unpack):
    put(home / "baked" / "index.html", PAGE)

    _status, headers, body = ask("/", accept_encoding=accepted)

    assert (headers.get("content-encoding"), unpack(body)) == (encoding, PAGE.encode())
    assert headers["content-length"] == str(len(body))


def test_a_reader_who_has_the_page_gets_no_second_copy(ask, home):
    put(home / "baked" / "index.html", PAGE)
    tags = {
        accepted: ask("/", accept_encoding=accepted)[1]["etag"] for accepted in ("br", "gzip", "identity")
    }

    again = {
        accepted: ask("/", accept_encoding=accepted, if_none_match=f'W/"x", {tag}')
        for accepted, tag in tags.items()
    }

    assert len(set(tags.values())) == 3
    assert [(status, body) for status, _headers, body in again.values()] == [(304, b"")] * 3
    assert "content-length" not in again["br"][1]
    assert ask("/", accept_encoding="gzip", if_none_match=tags["br"])[0] == 200


def test_head_says_the_same_without_the_page(ask, home):
    put(home / "baked" / "index.html", PAGE)

    get, head = ask("/"), ask("/", "HEAD")

    assert (head[0], head[1], head[2]) == (get[0], get[1], b"")


def test_a_page_that_is_replaced_is_new_for_the_next_reader_in_every_encoding(ask, home):
    page = home / "baked" / "index.html"
    put(page, PAGE)
    ask("/")
    put(page, PAGE.replace("Trois", "Cinq!"), at=1_700_000_000_000_000_001)

    bodies = [ask("/", accept_encoding=accepted)[2] for accepted in ("", "br", "gzip")]

    assert b"Cinq!" in bodies[0]
    assert bodies[0] == brotli.decompress(bodies[1]) == gzip.decompress(bodies[2])


def test_a_compressed_file_of_another_moment_is_not_served(ask, home):
    page = home / "baked" / "index.html"
    put(page, PAGE)
    put(page, "<p>new</p>", at=1_800_000_000_000_000_000, siblings=False)

    status, headers, body = ask("/", accept_encoding="br")

    assert (status, headers.get("content-encoding"), body) == (200, None, b"<p>new</p>")


@pytest.mark.parametrize(
    ("file", "content_type"),
    [
        ("flux.rss", "application/rss+xml; charset=utf-8"),
        ("flux.atom", "application/atom+xml; charset=utf-8"),
        ("actualite/flux.json", "application/feed+json; charset=utf-8"),
        ("agenda.ics", "text/calendar; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        (".well-known/security.txt", "text/plain; charset=utf-8"),
        ("groupes/isigny-sur-mer/été.html", "text/html; charset=utf-8"),
    ],
)
def test_each_file_has_its_content_type(ask, home, file, content_type):
    put(home / "baked" / file, "x")

    status, headers, _body = ask(f"/{file}".encode().decode("latin-1"))

    assert (status, headers["content-type"]) == (200, content_type)


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt", "/media/../../secret.txt", "/media/../secret.txt", "/static/../../settings.py", "/.lock",
        "/agenda/.unfinished-1-index.html", "//etc/passwd", "/..\\secret.txt", "/media//etc/passwd", "/media/link",
        "/media/.hidden", "/\xff\xfe", "/agenda", "/media/", "/media/folder", "/x" * 1500,
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_folders(ask, home, path):
    (home / "baked" / "agenda").mkdir()
    (home / "baked" / "agenda" / ".unfinished-1-index.html").write_text("half")
    (home / "baked" / ".lock").write_text("")
    (home / "media" / "folder").mkdir()
    (home / "media" / ".hidden").write_text("hidden")
    (home / "media" / "link").symlink_to(home / "secret.txt")

    status, _headers, body = ask(path)

    assert (status, body) in {(404, body), (200, b"django")}
    assert b"machine key" not in body


def test_nul_in_an_address_is_refused(ask):
    assert ask("/agenda\0/")[0] == 400


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "get"])
def test_methods_that_nobody_needs_are_refused(ask, method):
    assert ask("/", method)[0] == 405


@pytest.mark.parametrize(
    ("method", "query", "by_django"),
    [
        ("POST", "", True),
        ("GET", "q=rivi%C3%A8re", True),
        ("GET", "utm_source=mastodon&fbclid=1", False),
        ("GET", "utm_source=mastodon&page=2", True),
    ],
)
def test_django_is_asked_for_what_no_file_can_answer(ask, home, method, query, by_django):
    put(home / "baked" / "index.html", PAGE)

    assert (ask("/", method, query)[2] == b"django") is by_django


def test_what_django_answers_has_the_headers_too(ask):
    headers = ask("/espace/")[1]

    assert headers["cache-control"] == "private, no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert ask("/ailleurs/")[1]["cache-control"] == "no-cache"


def test_a_baked_redirect_is_answered(ask, home):
    (home / "baked" / "ancien").mkdir()
    (home / "baked" / "ancien" / "index.redirect").write_text("/nouveau/")

    assert [(ask(path)[0], ask(path)[1].get("location")) for path in ("/ancien/", "/ancien")] == [
        (301, "/nouveau/"),
        (301, "/nouveau/"),
    ]


@pytest.mark.parametrize(
    ("asked", "status", "body", "said"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=8-", 206, b"89", "bytes 8-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=5-500", 206, b"56789", "bytes 5-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=5-2", 416, b"", "bytes */10"),
        ("bytes=0-1,4-5", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
        ("bytes=a-b", 200, b"0123456789", None),
        (f"bytes=0-{'9' * 400}", 200, b"0123456789", None),
    ],
)
def test_media_is_given_by_range(ask, home, asked, status, body, said):
    (home / "media" / "film.mp4").write_bytes(b"0123456789")

    answer = ask("/media/film.mp4", range=asked)

    assert (answer[0], answer[2], answer[1].get("content-range")) == (status, body, said)


def test_a_range_of_an_older_file_gives_the_whole_new_one(ask, home):
    (home / "media" / "film.mp4").write_bytes(b"0123456789")

    assert ask("/media/film.mp4", range="bytes=0-3", if_range='"older"')[0] == 200


def test_uploads_can_run_nothing(ask, home):
    (home / "media" / "page.html").write_text("<script>alert(1)</script>")
    (home / "media" / "photo.jpg").write_bytes(b"jpeg")

    page, photo = ask("/media/page.html")[1], ask("/media/photo.jpg")[1]

    assert (
        page["content-security-policy"] == photo["content-security-policy"] == "default-src 'none'; sandbox"
    )
    assert (page["content-disposition"], photo["content-disposition"]) == ("attachment", "inline")
    assert page["x-content-type-options"] == "nosniff"


def test_a_large_film_is_not_read_into_memory(ask, home):
    with (home / "media" / "film.mp4").open("wb") as film:
        film.truncate(5_000_000)

    status, headers, body = ask("/media/film.mp4")

    assert (status, headers["content-length"], len(body)) == (200, "5000000", 5_000_000)


def test_static_files_come_from_the_apps_and_last_as_long_as_their_version(ask):
    plain, versioned = ask("/static/common/js/pow.js"), ask("/static/common/js/pow.js", query="v=1234abcd")

    assert (plain[0], plain[1]["cache-control"]) == (200, "public, max-age=3600")
    assert versioned[1]["cache-control"] == "public, max-age=31536000, immutable"
    assert brotli.decompress(ask("/static/common/js/pow.js", accept_encoding="br")[2]) == plain[2]
    assert ask("/static/common/js/none.js")[0] == 404
