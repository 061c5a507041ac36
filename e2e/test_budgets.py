"""What look.md promises of every public page, measured in a browser that has never been here before."""

import urllib.request
from collections import Counter

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

from e2e.places import PUBLIC, address, log_in
from e2e.running_site import wait_for

ONE_ROUND_TRIP = 14_336
WITH_FONTS = 60_000
ALL_SCRIPTS = 5_000
MORE = ("agenda", "groups", "subscribe", "letters", "letter", "english")
EVERY_PUBLIC_PAGE = (*PUBLIC, *MORE)
# The smallest window that must do: 320 px wide, which is also 1280 px at 400 % zoom.
SMALLEST = {"width": 320, "height": 256}


@pytest.fixture(scope="session")
def addresses(demo_site, browser) -> dict[str, str]:
    context = browser.new_context()
    look = context.new_page()
    found = {name: address(look, demo_site.url, name) for name in EVERY_PUBLIC_PAGE}
    context.close()
    wait_for(lambda: all(map(is_baked, found.values())), seconds=120, what="every page to be baked")
    return found


def is_baked(url: str) -> bool:
    """Baked pages are compressed; what Django answers until then is not what readers get for long."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(request, timeout=20) as response:
        return response.headers["Content-Encoding"] == "br"


def first_visit(page: Page, url: str) -> list[Response]:
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))  # noqa: PLW0108 -- it takes no built-in
    page.goto(url, wait_until="networkidle")
    return responses


def weight(responses: list[Response], *kinds: str) -> int:
    """Bytes as they crossed the wire, compressed."""
    return sum(
        response.request.sizes()["responseBodySize"]
        for response in responses
        if response.request.resource_type in kinds and not response.url.startswith("data:")
    )


@pytest.mark.parametrize("name", PUBLIC)
def test_a_first_visit_keeps_to_the_budget(page, demo_site, addresses, name):
    responses = first_visit(page, addresses[name])

    assert [response.status for response in responses if response.status != 200] == []
    assert weight(responses, "document", "stylesheet") <= ONE_ROUND_TRIP
    assert weight(responses, "document", "stylesheet", "font", "script", "fetch") <= WITH_FONTS + ALL_SCRIPTS
    assert weight(responses, "document", "stylesheet", "font") <= WITH_FONTS
    assert weight(responses, "script") <= ALL_SCRIPTS


@pytest.mark.parametrize("name", EVERY_PUBLIC_PAGE)
def test_a_public_page_asks_nobody_else_and_leaves_no_cookie(page, demo_site, addresses, name):
    responses = first_visit(page, addresses[name])

    strangers = [r.url for r in responses if not r.url.startswith((demo_site.url, "data:"))]
    assert strangers == []
    assert [r.url for r in responses if "set-cookie" in r.headers] == []
    assert page.context.cookies() == []


@pytest.mark.parametrize("name", EVERY_PUBLIC_PAGE)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_public_page_has_no_barrier_that_axe_finds(page, addresses, name, theme):
    page.emulate_media(color_scheme=theme)
    page.goto(addresses[name])

    assert barriers(page) == []


@pytest.mark.parametrize("name", EVERY_PUBLIC_PAGE)
def test_a_public_page_is_valid_html(page_without_scripts, addresses, name):
    response = page_without_scripts.goto(addresses[name])
    text = response.text()

    html5lib.HTMLParser(strict=True).parse(text)
    ids = page_without_scripts.locator("[id]").evaluate_all("all => all.map(one => one.id)")
    assert [one for one, count in Counter(ids).items() if count > 1] == []
    assert page_without_scripts.locator("h1").count() == 1
    assert unlabelled_fields(page_without_scripts) == []
    assert text.count("style=") == text.count("<style") == 0


@pytest.mark.parametrize("name", EVERY_PUBLIC_PAGE)
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_a_public_page_never_scrolls_sideways(browser, addresses, name, width):
    context = browser.new_context(viewport={"width": width, "height": 256}, device_scale_factor=1280 / width)
    look = context.new_page()
    look.goto(addresses[name])

    assert overflow(look) == 0
    context.close()


@pytest.mark.parametrize("name", PUBLIC)
def test_a_page_and_its_menu_work_without_scripts(page_without_scripts, addresses, name):
    page = page_without_scripts
    page.goto(addresses[name])

    assert page.locator("h1").is_visible()
    menu = page.locator(".banderole__menu")
    assert not menu.is_visible()
    page.get_by_role("button", name="Menu").click()
    assert menu.is_visible()
    assert page.locator("form:not([action])").count() == 0


def test_the_theme_is_switched_and_remembered_here_only(page, addresses):
    page.goto(addresses["home"])
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)

    page.get_by_role("button", name="Clair ou sombre").click()
    dark = page.evaluate(paper)
    page.goto(addresses["join"])

    assert dark != light
    assert page.evaluate(paper) == dark
    assert page.context.cookies() == []


@pytest.mark.parametrize(
    "path", ["/espace/", "/espace/nouvelles-personnes/", "/espace/groupes/", "/espace/rendez-vous/"]
)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_page_of_the_team_has_no_barrier_and_fits_a_phone(page, demo_site, path, theme):
    page.emulate_media(color_scheme=theme)
    log_in(page, demo_site.url, "nadia")
    response = page.goto(demo_site.url + path)

    assert response.status == 200
    html5lib.HTMLParser(strict=True).parse(response.text())
    assert barriers(page) == []
    assert unlabelled_fields(page) == []
    page.set_viewport_size(SMALLEST)
    assert overflow(page) == 0


@pytest.mark.parametrize("path", ["/espace/entrer/", "/nulle-part/"])
def test_the_door_and_the_lost_page_have_no_barrier(page, demo_site, path):
    page.goto(demo_site.url + path)

    assert barriers(page) == []


def barriers(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def unlabelled_fields(page: Page) -> list[str]:
    return page.locator("input:not([type=hidden]), select, textarea").evaluate_all(
        "all => all.filter(one => !one.labels.length && !one.ariaLabel).map(one => one.outerHTML)"
    )


def overflow(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
