"""Where the pages of a running demo site are: the fixed addresses, and those that its own pages link to."""

from playwright.sync_api import Page

PUBLIC = ("home", "article", "event", "campaign", "join")
PASSPHRASE = "rivière-sauvage-2022"
# Lists, and the first thing that stands in them.
LISTS = {
    "article": ("/", ".card__title a"),
    "event": ("/agenda/", "a.ticket"),
    "campaign": ("/campagnes/", "main h2 a"),
    "letter": ("/lettres/", "main .card__title a, main a.ticket"),
}
FIXED = {
    "home": "/",
    "join": "/rejoindre/",
    "agenda": "/agenda/",
    "groups": "/groupes/",
    "subscribe": "/abonnement/",
    "letters": "/lettres/",
    "english": "/en/",
    "newcomers": "/espace/nouvelles-personnes/",
    "today": "/espace/",
}


def address(page: Page, site_url: str, name: str) -> str:
    """The whole address of a page by its name; looks into a list where the name is of no fixed address."""
    if name in FIXED:
        return site_url + FIXED[name]
    place, link = LISTS[name]
    page.goto(site_url + place)
    href = page.locator(link).first.get_attribute("href", timeout=5000)
    assert href, f"{place} links to no {name}"
    return href if href.startswith("http") else site_url + href


def log_in(page: Page, site_url: str, login: str) -> None:
    page.goto(f"{site_url}/espace/entrer/")
    page.locator("input[autocomplete=username]").fill(login)
    page.locator("input[type=password]").fill(PASSPHRASE)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_load_state()
