from email.message import EmailMessage

import pytest


@pytest.fixture
def outbox(settings, tmp_path):
    settings.DEMO, settings.OUTBOX_ROOT = True, tmp_path
    return tmp_path


def keep(folder, name, subject, *, html=""):
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = subject, "bonjour@example.org", "ada@example.org"
    mail.set_content("Bonjour,\n\nhttp://localhost:8000/abonnement/confirmer/abc/\n\n<b>pas en gras</b>\n")
    if html:
        mail.add_alternative(html, subtype="html")
    mail.add_attachment(b"BEGIN:VCALENDAR", maintype="text", subtype="calendar", filename="rendez-vous.ics")
    (folder / f"{name}.eml").write_bytes(mail.as_bytes())


def test_a_demo_shows_its_mail_newest_first(client, db, outbox):
    keep(outbox, "0001-a", "Premier")
    keep(outbox, "0002-b", "Deuxième été")

    page = client.get("/outbox/").content.decode()

    assert page.index("Deuxième été") < page.index("Premier")
    assert "ada@example.org" in page


def test_a_mail_is_read_as_text_with_links_that_work(client, db, outbox):
    keep(outbox, "0001-a", "Confirmez")

    page = client.get("/outbox/0001-a/").content.decode()

    assert 'href="http://localhost:8000/abonnement/confirmer/abc/"' in page
    assert "&lt;b&gt;pas en gras&lt;/b&gt;" in page
    assert client.get("/outbox/0001-a/0/").content == b"BEGIN:VCALENDAR"
    assert client.get("/outbox/0001-a/1/").status_code == 404


def test_its_html_can_run_nothing(client, db, outbox):
    keep(outbox, "0001-a", "Lettre", html="<p style='color:red'>Bonjour</p><script>alert(1)</script>")

    answer = client.get("/outbox/0001-a/html/")

    policy = answer["Content-Security-Policy"]
    assert answer.content.decode().startswith("<p style='color:red'>Bonjour</p>")
    assert "sandbox allow-popups" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_an_empty_outbox_says_what_to_do(client, db, outbox):
    assert "/outbox/" not in client.get("/outbox/").content.decode().split("<main", 1)[1].split("</main")[0]


@pytest.mark.parametrize("path", ["/outbox/", "/outbox/0001-a/", "/outbox/0001-a/html/", "/outbox/0001-a/0/"])
def test_a_site_that_is_no_demo_has_no_outbox(client, db, outbox, settings, path):
    keep(outbox, "0001-a", "Secret")
    settings.DEMO = False

    assert client.get(path).status_code == 404


def test_no_path_leads_out_of_the_outbox(client, db, outbox):
    (outbox.parent / "other.eml").write_text("Subject: elsewhere\n\nno")

    assert client.get("/outbox/..%2Fother/").status_code == 404
