"""The ways of people, each from end to end: a browser, a running site, and mail through a real SMTP server."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import icalendar
import pytest
from playwright.sync_api import Page, expect

from e2e.running_site import RunningSite, link_in, text_of, wait_for
from e2e.walking import consents_of, first_article, get, sign_in


@pytest.fixture(params=["with scripts", "without scripts"])
def reader(request) -> Page:
    """A reader's browser, once with scripts and once without."""
    return request.getfixturevalue("page" if request.param == "with scripts" else "page_without_scripts")


@pytest.fixture
def kind(request) -> str:
    return re.sub(r"\W+", "-", request.node.callspec.id)


def test_a_reader_subscribes_confirms_and_the_consent_stands_with_its_wording(site, mailbox, reader, kind):
    address = f"lectrice-{kind}@example.org"
    reader.goto(site.url + first_article(site))
    form = reader.locator("form[action='/abonnement/']")
    wording = form.locator("#subscribe-consent").inner_text()
    form.get_by_label("Votre adresse").fill(address)
    form.get_by_role("button").click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("boîte")

    [mail] = mailbox.wait(address)
    confirm = link_in(mail, "/abonnement/confirmer/")
    get(confirm)  # as mail scanners do
    assert consents_of(site, address) == []
    reader.goto(confirm)
    reader.get_by_role("main").get_by_role("button").click()
    reader.wait_for_load_state()

    [(purpose, subject, given, text, on)] = consents_of(site, address)
    assert (purpose, subject, given, text) == ("newsletter", "newsletter:la-lettre-de-l-aure", True, wording)
    assert on == datetime.now(UTC).date().isoformat()


def test_a_stranger_joins_is_welcomed_and_moves_on_a_step(site, mailbox, reader, kind, browser):
    name, address = f"Camille {kind.title()}", f"camille-{kind}@example.org"
    reader.goto(f"{site.url}/rejoindre/")
    reader.get_by_label("Votre nom").fill(name)
    reader.get_by_label("Votre adresse").fill(address)
    reader.get_by_label("Votre code postal").fill("14400")
    reader.get_by_label("Une phrase").fill("Je cuisine, je conduis.")
    reader.get_by_role("main").get_by_role("button", name="Envoyer").click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("boîte")
    [mail] = mailbox.wait(address)
    reader.goto(link_in(mail, "/rejoindre/confirmer/"))
    reader.get_by_role("main").get_by_role("button").click()
    reader.wait_for_load_state()

    paul = browser.new_context(locale="fr-FR", viewport={"width": 390, "height": 844}).new_page()
    sign_in(paul, site, "paul")
    paul.goto(f"{site.url}/espace/nouvelles-personnes/")
    newcomer = paul.locator(".waits > li").filter(has_text=name)
    expect(newcomer).to_contain_text("Je cuisine, je conduis.")
    newcomer.get_by_role("link", name=name).click()
    expect(paul.get_by_role("main")).to_contain_text("Bayeux")
    expect(paul.get_by_role("main")).to_contain_text("Étape 1 sur 5")
    expect(paul.get_by_role("main")).to_contain_text("paul")
    paul.get_by_label("Une note").fill("Vient dimanche avec une amie.")
    paul.get_by_role("button", name="On s’est parlé").click()
    expect(paul.get_by_role("main")).to_contain_text("Étape 2 sur 5")
    expect(paul.get_by_role("main")).to_contain_text("Vient dimanche avec une amie.")
    paul.context.close()


def test_a_reader_comes_to_an_event_is_told_of_the_new_hour_and_cancels(site, mailbox, reader, kind, browser):
    address = f"camille-{kind}-vient@example.org"
    path = open_event(site)
    slug = urlsplit(path).path.split("/")[-2]
    before = coming(site, path)
    sequence = int(calendar_entry(site, slug)["SEQUENCE"])
    reader.goto(site.url + path)
    form = reader.locator("form[action$='/venir/']")
    form.get_by_label("Prénom").fill(f"Noé {kind}")
    form.get_by_label("Adresse de courriel").fill(address)
    form.get_by_role("button", name="Je viens").click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("Regardez")
    [mail] = mailbox.wait(address)
    assert coming(site, path) == before
    reader.goto(link_in(mail, "/rendez-vous/confirmer/"))
    reader.get_by_role("button", name="Oui, je viens").click()
    reader.wait_for_load_state()
    wait_for(lambda: coming(site, path) == before + 1, what="one more on the page")
    *_, expected = mailbox.wait(address, count=2)
    cancel = link_in(expected, "/rendez-vous/annuler/")
    assert calendar_of(expected)["UID"] == calendar_entry(site, slug)["UID"]

    nadia = browser.new_context(locale="fr-FR", viewport={"width": 390, "height": 844}).new_page()
    sign_in(nadia, site, "nadia")
    nadia.goto(f"{site.url}/espace/rendez-vous/")
    nadia.locator("a[href*='/espace/rendez-vous/']").filter(has_text=title_of(site, path)).first.click()
    expect(nadia.get_by_role("main")).to_contain_text(f"Noé {kind}")
    nadia.get_by_role("link", name="Déplacer").click()
    starts = nadia.get_by_label("Début")
    old = datetime.fromisoformat(starts.input_value())
    new = old + timedelta(hours=1)
    starts.fill(new.isoformat(timespec="minutes"))
    nadia.get_by_label("Un mot d’explication").fill("La salle ouvre plus tard.")
    starts.locator("xpath=ancestor::form").get_by_role("button").first.click()
    nadia.wait_for_load_state()
    nadia.context.close()

    *_, notice = mailbox.wait(address, count=3)
    for hour in (old.hour, new.hour):
        assert f"{hour} h" in re.sub(r"\s", " ", text_of(notice))
    wait_for(lambda: int(calendar_entry(site, slug)["SEQUENCE"]) == sequence + 1, what="the next sequence")
    struck = re.findall(r"<s>([^<]*)</s>", get(site.url + path))
    assert any(f"{old.hour} h" in re.sub(r"\s", " ", text) for text in struck), struck
    reader.goto(cancel)
    reader.get_by_role("button", name="Je ne viens pas").click()
    reader.wait_for_load_state()
    wait_for(lambda: coming(site, path) == before, what="one fewer on the page")


def open_event(site: RunningSite) -> str:
    """The first event of the agenda that takes people."""
    for path in re.findall(r'href="(/agenda/[^"/]+/)"', get(f"{site.url}/agenda/")):
        if ">Je viens</h2>" in get(site.url + path).replace("\n", ""):
            return path
    raise AssertionError("No event of the demo can be come to.")


def coming(site: RunningSite, path: str) -> int:
    text = re.sub(r"<[^>]+>|\s+", " ", get(site.url + path))
    found = re.search(r"(\d+)[  ]personnes?", text)
    return int(found.group(1)) if found else 0


def title_of(site: RunningSite, path: str) -> str:
    return str(calendar_entry(site, path.split("/")[-2])["SUMMARY"])


def calendar_entry(site: RunningSite, slug: str) -> icalendar.Event:
    calendar = icalendar.Calendar.from_ical(get(f"{site.url}/agenda/{slug}.ics"))
    return calendar.walk("VEVENT")[0]


def calendar_of(mail) -> icalendar.Event:
    part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    return icalendar.Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")[0]
