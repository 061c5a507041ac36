"""What people do in a browser, and what the machine can be asked, for the tests that walk their ways."""

import json
import re
import urllib.request

from playwright.sync_api import Page

from e2e.running_site import RunningSite

PASSPHRASE = "rivière-sauvage-2022"


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read().decode()


def sign_in(page: Page, site: RunningSite, login: str) -> None:
    page.goto(f"{site.url}/espace/entrer/")
    page.get_by_label("Identifiant").fill(login)
    page.get_by_label("Phrase de passe").fill(PASSPHRASE)
    page.get_by_role("main").get_by_role("button", name="Se connecter").click()
    page.wait_for_url(lambda url: "/entrer" not in url)


def consents_of(site: RunningSite, address: str) -> list[list]:
    """What the machine has of this address, asked as its worker would."""
    answer = site.command(
        "shell",
        "--no-imports",
        "-c",
        "import json\n"
        "from banderole.people.domain.persons import find_contact, normalise\n"
        f"contact = find_contact(normalise({address!r}))\n"
        "rows = contact.person.consents.all() if contact else []\n"
        "print(json.dumps([[c.purpose, c.subject, c.given, c.wording and c.wording.text, c.at.date().isoformat()] for c in rows]))",
    )
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout.splitlines()[-1])


def first_article(site: RunningSite) -> str:
    home = get(f"{site.url}/")
    return next(path for path in re.findall(r'href="(/actualite/[^"/]+/)"', home))
