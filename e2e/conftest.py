"""Browser tests drive Debian's Chromium against a running demo site. An error in a script fails the test, and a
failed test leaves a picture in test-artifacts/."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from e2e.running_site import REPOSITORY, Mailbox, RunningSite

ARTIFACTS = REPOSITORY / "test-artifacts"
CHROMIUM = "/usr/bin/chromium"
# Without these Chromium looks for its maker's hosts at every start.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory) -> Iterator[RunningSite]:
    """`banderole up --demo` on a free port; `.url`, `.home` and `.outbox` (a folder of .eml files)."""
    site = RunningSite(tmp_path_factory.mktemp("demo") / "home", demo=True)
    try:
        yield site.wait_until_ready(seconds=180)
    finally:
        site.stop()


@pytest.fixture(scope="session")
def mailbox() -> Iterator[Mailbox]:
    """A real SMTP server that keeps what it accepts."""
    box = Mailbox()
    box.start()
    yield box
    box.stop()


@pytest.fixture(scope="session")
def site(tmp_path_factory, mailbox) -> Iterator[RunningSite]:
    """A demo site whose mail goes out through a relay, and whose notices wait for nobody."""
    site = RunningSite(
        tmp_path_factory.mktemp("ways") / "home",
        demo=True,
        BANDEROLE_SMTP_HOST="127.0.0.1",
        BANDEROLE_SMTP_PORT=str(mailbox.port),
        BANDEROLE_SMTP_SECURITY="none",
        BANDEROLE_NOTICE_DELAY="0",
    )
    try:
        yield site.wait_until_ready(seconds=240)
    finally:
        site.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    if call.when == "call":
        item.failed_in_call = outcome.get_result().failed


def opened_page(request, context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None
    )
    yield page
    if getattr(request.node, "failed_in_call", False):
        ARTIFACTS.mkdir(exist_ok=True)
        name = re.sub(r"\W+", "-", request.node.name)
        page.screenshot(path=ARTIFACTS / f"{name}.png", full_page=True)
    context.close()
    assert errors == []


@pytest.fixture
def page(request, browser) -> Iterator[Page]:
    """A page as on a phone, with scripts."""
    yield from opened_page(
        request, browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
    )


@pytest.fixture
def page_without_scripts(request, browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="fr-FR", java_script_enabled=False
    )
    yield from opened_page(request, context)


@pytest.fixture
def wide_page(request, browser) -> Iterator[Page]:
    """A page as on a desk."""
    yield from opened_page(
        request, browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    )
