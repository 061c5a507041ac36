"""The editor's ways: an article with a picture, and a letter of text and two articles.

Wagtail's editor needs scripts; what comes of it is read without them.
"""

import re
import urllib.request
from collections import Counter

from PIL import Image
from playwright.sync_api import Page, expect

from e2e.running_site import RunningSite, link_in, text_of, wait_for
from e2e.walking import consents_of, get, sign_in


def baked(site: RunningSite) -> dict[str, int]:
    """The files that a new article of the first section must replace, and when each was written."""
    files = ["index.html", "actualite/index.html", "flux.rss"]
    return {name: (site.home / "baked" / name).stat().st_mtime_ns for name in files}


def test_an_editor_publishes_an_article_with_a_picture_and_four_files_are_new(
    site, wide_page, page_without_scripts, tmp_path
):
    Image.linear_gradient("L").resize((1200, 800)).convert("RGB").save(tmp_path / "moulin.jpg")
    wait_for((site.home / "baked" / "flux.rss").exists, seconds=60, what="the first bake")
    sign_in(wide_page, site, "ines")
    wide_page.goto(f"{site.url}/admin/")
    wide_page.locator("a[href*='/add/publishing/article/']").filter(has_text="Actualité").click()
    wide_page.locator("#id_title").fill("Le moulin rouvre samedi")
    wide_page.locator("#id_lead").fill("Après deux ans, la roue tourne.")
    choose_picture(wide_page, tmp_path / "moulin.jpg")
    write(wide_page, "On y moud depuis 1834 ; qui vient ?")
    before = baked(site)

    wide_page.get_by_role("button", name="Plus d'actions").click()
    wide_page.get_by_role("button", name="Publier").click()
    article = site.home / "baked" / "actualite" / "le-moulin-rouvre-samedi" / "index.html"
    wait_for(article.exists, what="the baked article")
    wait_for(
        lambda: all(baked(site)[name] > at for name, at in before.items()), what="home, section and feed"
    )

    page_without_scripts.goto(f"{site.url}/actualite/le-moulin-rouvre-samedi/")
    expect(page_without_scripts.get_by_role("heading", level=1)).to_have_text("Le moulin rouvre samedi")
    expect(page_without_scripts.get_by_role("img", name="Une roue de moulin")).to_be_visible()
    [body] = re.findall(r"On y moud[^<]*", get(page_without_scripts.url))
    assert body == "On y moud depuis 1834\u202f; qui vient\u202f?"
    for place in ("/", "/actualite/", "/flux.rss"):
        assert "Le moulin rouvre samedi" in get(site.url + place)


def test_an_editor_sends_a_letter_and_each_subscriber_gets_exactly_one(site, mailbox, wide_page):
    sign_in(wide_page, site, "ines")
    compose(wide_page, site, "Le moulin et la marche", ["Trois cents personnes", "Nitrates"])
    wide_page.get_by_role("button", name="Plus d'actions").click()
    wide_page.get_by_role("link", name="Vérifier et envoyer").or_(
        wide_page.get_by_role("button", name="Vérifier et envoyer")
    ).first.click()
    expect(wide_page.get_by_role("main")).to_contain_text("personnes la reçoivent")
    count = int(re.search(r"(\d+) personnes la", wide_page.get_by_role("main").inner_text()).group(1))
    wide_page.get_by_role("button", name="Envoyer maintenant").click()

    def letters():
        return [(to, mail) for to, mail in mailbox.received if mail["Subject"] == "Le moulin et la marche"]

    wait_for(lambda: len(letters()) >= count, seconds=60, what=f"{count} letters")
    progress = wide_page.url
    wait_for(lambda: f"{count} sur {count}" in reread(wide_page, progress), what="the end of the sending")
    assert set(Counter(to for to, _mail in letters()).values()) == {1}
    assert len(letters()) == count
    address, mail = letters()[0]
    text = text_of(mail)
    assert "Bonjour, voici deux nouvelles." in text
    assert "Trois cents personnes" in text
    assert "Nitrates" in text
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    leave_in_one_click(site, mail)
    assert consents_of(site, address)[-1][:3] == ["newsletter", "newsletter:la-lettre-de-l-aure", False]
    assert "/desabonnement/" in link_in(mail, "/desabonnement/")
    wait_for(
        lambda: "Le moulin et la marche" in get(f"{site.url}/lettres/"), what="the letter in the archive"
    )


def write(page: Page, text: str) -> None:
    editor = page.locator(".public-DraftEditor-content").last
    editor.click()
    expect(editor).to_be_focused()
    editor.press_sequentially(text)
    kept = (
        "text => [...document.querySelectorAll('input, textarea')].some(field => field.value.includes(text))"
    )
    wait_for(
        lambda: page.evaluate(kept, text), what="the text in the form, where the editor puts it after a pause"
    )


def choose_picture(page: Page, file) -> None:
    page.get_by_role("button", name="Choisir une image").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab").nth(1).click()
    dialog.locator("input[type=file]").set_input_files(file)
    expect(dialog.locator("#id_image-chooser-upload-title")).to_have_value("moulin")
    dialog.locator("[name$=description]").fill("Une roue de moulin")
    dialog.get_by_role("button", name="Transférer").click()
    expect(dialog).to_be_hidden(timeout=20_000)  # the picture is drawn anew, without what its file said


def compose(page: Page, site: RunningSite, subject: str, articles: list[str]) -> None:
    page.goto(f"{site.url}/admin/snippets/letters/letter/add/")
    page.get_by_role("button", name="Choisir lettre").click()
    page.get_by_role("dialog").get_by_role("link", name="La Lettre de l").click()
    page.locator("#id_subject").fill(subject)
    page.get_by_role("button", name="Insérer un bloc").last.click()
    page.get_by_role("option", name="Texte").click()
    write(page, "Bonjour, voici deux nouvelles.")
    for title in articles:
        page.get_by_role("button", name="Insérer un bloc").last.click()
        page.get_by_role("option", name="Article").click()
        page.get_by_role("button", name="Choisissez une page").last.click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("searchbox").or_(dialog.locator("input[name=q]")).first.fill(title)
        dialog.locator("a.choose-page").filter(has_text=title).first.click()
        expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name=subject).first.click()


def leave_in_one_click(site: RunningSite, mail) -> None:
    url = re.search(r"<(https?://[^>]+)>", mail["List-Unsubscribe"]).group(1)
    request = urllib.request.Request(url, data=b"List-Unsubscribe=One-Click", method="POST")
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert (answer.status, answer.url) == (200, url)


def reread(page: Page, url: str) -> str:
    page.goto(url)
    return page.get_by_role("main").inner_text()
