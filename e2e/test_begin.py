"""The first day: the link that `banderole up` prints, a passphrase, the card on paper, two words typed back."""

import re

import pytest
from playwright.sync_api import Page, expect

from e2e.running_site import RunningSite, wait_for

SETUP_LINK = re.compile(r"http://\S+/espace/commencer/\S+")


@pytest.fixture(scope="module")
def new_site(tmp_path_factory):
    site = RunningSite(tmp_path_factory.mktemp("new") / "home")
    try:
        yield site.wait_until_ready()
    finally:
        site.stop()


def test_the_first_coordinator_begins_without_scripts(new_site: RunningSite, page_without_scripts: Page):
    page = page_without_scripts
    link = wait_for(lambda: SETUP_LINK.search(new_site.output()), what="the one-time link").group()

    page.goto(link)
    page.get_by_label("Identifiant").fill("ada")
    page.get_by_label("Phrase de passe", exact=True).fill("marée basse à Port-en-Bessin")
    page.get_by_label("La même phrase de passe").fill("marée basse à Port-en-Bessin")
    page.get_by_role("button", name="Créer mon compte").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Carte de secours")
    words = page.locator(".people__words li").all_inner_texts()
    for field in page.get_by_label("Mot numéro").all():
        label = page.locator(f"label[for={field.get_attribute('id')}]").inner_text()
        field.fill(words[int(label.split()[-1]) - 1])
    page.get_by_role("button", name="Ma copie est bonne").click()

    assert len(words) == 24
    expect(page).to_have_url(f"{new_site.url}/espace/")
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page).to_have_url(f"{new_site.url}/espace/entrer/")
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce lien n’est plus valable")
