"""From the field in a page to a consent with its wording."""

import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.utils import timezone

from banderole.common import links
from banderole.letters.domain.subscribing import open_subscription
from banderole.letters.models import SubscriptionRequest
from banderole.people.domain.inbox import open_inbox
from banderole.people.domain.mails import send_mails
from banderole.people.models import Consent, Contact, InboxItem, Mail

pytestmark = pytest.mark.django_db
SAME_SITE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
ADDRESS = "Camille@Example.org"


@pytest.fixture(autouse=True)
def _demo_home(machine_home, settings):
    settings.DEMO = True


def post(client, newsletter, address=ADDRESS, path="/abonnement/", **more):
    return client.post(
        path, {"address": address, "newsletters": newsletter.slug, "website": "", **more}, **SAME_SITE
    )


def mails(settings):
    send_mails()
    return [
        message_from_bytes(file.read_bytes(), policy=default)
        for file in sorted(settings.OUTBOX_ROOT.glob("*.eml"))
    ]


def link_in(mail):
    text = mail.get_body(("plain",)).get_content()
    return re.search(r"http://testserver(/\S+)", text)[1]


def test_the_whole_way_from_the_form_to_the_consent(client, newsletter, settings):
    response = post(client, newsletter)
    assert (response.status_code, response["Location"]) == (303, "/abonnement/merci/")
    assert open_inbox() == 1
    [mail] = mails(settings)
    assert mail["To"] == "camille@example.org"
    path = link_in(mail)

    seen = client.get(path)
    assert seen.status_code == 200
    assert "La lettre de l’Aure" in seen.content.decode()
    assert Consent.objects.count() == 0
    assert Contact.objects.get().verified_at is None

    said_yes = client.post(path)
    assert said_yes.status_code == 200
    consent = Consent.objects.get()
    assert (consent.purpose, consent.subject, consent.given, consent.channel) == (
        "newsletter",
        "newsletter:la-lettre-de-l-aure",
        True,
        "form",
    )
    assert consent.wording.text in client.get("/abonnement/").content.decode()
    assert timezone.now() - consent.at < timedelta(minutes=1)
    assert Contact.objects.get().verified_at is not None
    assert "set-cookie" not in {name.lower() for name in said_yes.headers}

    client.post(path)
    assert Consent.objects.count() == 1


def test_the_mail_holds_nothing_that_the_visitor_wrote(client, newsletter, settings):
    post(client, newsletter, name="Achetez ceci http://spam.example")
    open_inbox()
    [mail] = mails(settings)

    for kind in ("plain", "html"):
        assert "spam.example" not in mail.get_body((kind,)).get_content()
        assert "camille" not in mail.get_body((kind,)).get_content()


@pytest.mark.parametrize(
    "address", ["", "camille", "camille@", "a@b@c.org", "camille@example", "x" * 300 + "@example.org"]
)
def test_an_address_that_is_none_gets_a_sentence_and_stores_nothing(client, newsletter, address):
    response = post(client, newsletter, address=address)

    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert InboxItem.objects.count() == 0


def test_an_unknown_newsletter_gets_a_sentence(client, newsletter):
    response = client.post(
        "/abonnement/", {"address": ADDRESS, "newsletters": "none", "website": ""}, **SAME_SITE
    )

    assert response.status_code == 422
    assert InboxItem.objects.count() == 0


def test_several_newsletters_are_chosen_and_confirmed_together(client, newsletter, agenda, settings):
    client.post(
        "/abonnement/",
        {"address": ADDRESS, "newsletters": [newsletter.slug, agenda.slug], "website": ""},
        **SAME_SITE,
    )
    open_inbox()
    client.post(link_in(mails(settings)[0]))

    assert sorted(Consent.objects.values_list("subject", flat=True)) == [
        "newsletter:agenda-du-bassin",
        "newsletter:la-lettre-de-l-aure",
    ]


def test_the_page_is_the_same_whether_an_address_is_known(client, newsletter, subscribe, settings):
    subscribe(newsletter, "known@example.org")
    answers = [
        post(client, newsletter, address=address) for address in ("known@example.org", "new@example.org")
    ]
    open_inbox()

    assert answers[0].status_code == answers[1].status_code == 303
    assert answers[0]["Location"] == answers[1]["Location"]
    assert sorted((mail["To"], mail["Subject"]) for mail in mails(settings)) == [
        ("known@example.org", "Vous recevez déjà nos lettres"),
        ("new@example.org", "Confirmez votre abonnement"),
    ]
    assert Consent.objects.count() == 1


def ask(newsletter, day, address="victim@example.org"):
    fields = {"address": address, "newsletters": newsletter.slug, "locale": "fr"}
    open_subscription(fields, timezone.now() + timedelta(days=day))


def test_nobody_can_be_flooded_through_the_form(newsletter, settings):
    for day in (0, 0, 0, 1, 1, 2, 3, 4, 30, 300):
        ask(newsletter, day)

    assert Mail.objects.count() == 3


def test_who_confirmed_once_may_be_asked_again_later(newsletter, agenda, subscribe):
    subscribe(newsletter, "victim@example.org")
    for day in range(5):
        ask(agenda, day)
        ask(newsletter, day)

    assert SubscriptionRequest.objects.get().times == 5
    assert Mail.objects.count() == 10


def test_a_link_that_is_too_old_or_cut_says_what_to_do(client, newsletter, settings, monkeypatch):
    post(client, newsletter)
    open_inbox()
    path = link_in(mails(settings)[0])

    for bad in (path[:-10] + "/", "/abonnement/confirmer/nonsense/", path.replace(":", "x", 1)):
        for answer in (client.get(bad), client.post(bad)):
            assert answer.status_code == 404
            assert 'href="/abonnement/"' in answer.content.decode()
    in_eight_days = timezone.now().timestamp() + 8 * 86400
    monkeypatch.setattr("django.core.signing.time.time", lambda: in_eight_days)
    assert client.post(path).status_code == 404
    assert Consent.objects.count() == 0


def test_a_link_for_another_purpose_does_not_confirm(client, newsletter):
    token = links.make("unsubscribe", newsletter.pk, 1)

    assert client.post(f"/abonnement/confirmer/{token}/").status_code == 404


def test_english_readers_are_answered_in_english(client, newsletter, settings):
    post(client, newsletter, path="/en/abonnement/")
    open_inbox()
    [mail] = mails(settings)

    assert mail["Subject"] == "Confirm your subscription"
    assert link_in(mail).startswith("/en/abonnement/confirmer/")
    client.post(link_in(mail))
    assert Consent.objects.get().wording.locale == "en"


def test_the_subscribe_page_is_the_same_for_everyone_and_sets_no_cookie(client, newsletter, editor):
    with_login = client.get("/abonnement/")
    client.logout()
    without = client.get("/abonnement/")

    assert with_login.content == without.content
    assert without.cookies == {}


def test_a_newsletter_that_does_not_exist_yet_is_not_offered(client, db):
    page = client.get("/abonnement/").content.decode()

    assert "<form" not in page


def test_several_newsletters_are_offered_without_a_tick(client, newsletter, agenda):
    """A consent is an act: a box that was ticked beforehand is none."""
    page = client.get("/abonnement/").content.decode()

    assert page.count('type="checkbox"') == 2
    assert " checked" not in page


def test_the_only_newsletter_is_ticked_already(client, newsletter):
    page = client.get("/abonnement/").content.decode()

    assert page.count('type="checkbox"') == 1
    assert page.count(" checked") == 1


def test_a_form_that_comes_back_keeps_the_ticks(client, newsletter, agenda):
    page = post(client, agenda, address="none").content.decode()

    assert re.findall(r'value="([\w-]+)" checked', page) == ["agenda-du-bassin"]


def test_the_page_to_confirm_puts_the_french_space_before_the_colon(client, newsletter, settings):
    post(client, newsletter)
    open_inbox()
    [mail] = mails(settings)

    page = client.get(link_in(mail)).content.decode()

    assert "<strong>La lettre de l’Aure</strong>\u00a0: Les nouvelles de la rivière." in page
