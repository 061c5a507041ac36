from datetime import timedelta

import pytest
from django.utils import timezone

from banderole.campaigns.domain import forgetting
from banderole.campaigns.enums import State, Status
from banderole.campaigns.models import Participation
from banderole.campaigns.tests.conftest import calendar_in
from banderole.people.domain import dossiers
from banderole.people.models import Consent, Contact, Dossier, InboxItem, Mail

pytestmark = pytest.mark.django_db
CAMILLE, DENIS, ELISE = "camille@example.org", "denis@example.org", "elise@example.org"


def states(event):
    return list(event.participations.order_by("pk").values_list("state", "guests"))


def names(event, ada):
    persons = [participation.person for participation in event.participations.to_be_told()]
    told = dossiers.read(persons, scope=event.scope, keys=ada.keys, by=ada.account, why="test")
    return sorted(details["name"] for details in told.values())


def test_coming_goes_from_the_form_by_mail_and_button_to_the_list_and_the_calendar(visitor, make_event, ada):
    event = make_event(slug="e", capacity=10)

    asked = visitor.ask(event, CAMILLE, seats=3)
    link = visitor.last_link(CAMILLE)
    shown = visitor.client.get(link)
    before = states(event)
    done = visitor.client.post(link)
    confirm, ticket = visitor.mails(CAMILLE)

    assert (asked.status_code, asked["Location"]) == (303, "/rendez-vous/merci/")
    assert before == [(State.REQUESTED, 2)]
    assert "Oui, je viens" in shown.content.decode()
    assert "On vous attend" in done.content.decode()
    assert states(event) == [(State.CONFIRMED, 2)]
    assert names(event, ada) == ["Camille"]
    assert not [part for part in confirm.walk() if part.get_content_type() == "text/calendar"]
    method, entry = calendar_in(ticket)
    assert (method, entry["UID"], entry["ATTENDEE"]) == ("REQUEST", event.uid, f"mailto:{CAMILLE}")
    page = visitor.client.get("/agenda/e/").content.decode()
    assert "<strong>3 personnes</strong>, 7 places encore" in page
    assert "Camille" not in page


def test_the_consent_stands_there_with_wording_purpose_and_date(visitor, make_event):
    event = make_event()
    before = timezone.now()

    visitor.come(event, CAMILLE)

    consent = Consent.objects.get()
    assert (consent.purpose, consent.subject, consent.given) == ("event", event.scope, True)
    assert consent.wording.text.startswith("Je viens à « Assemblée ouverte ».")
    assert before <= consent.at <= timezone.now()
    assert Contact.objects.get().verified_at >= before


def test_pressing_twice_changes_nothing(visitor, make_event):
    event = make_event(capacity=2)
    visitor.ask(event, CAMILLE)
    link = visitor.last_link(CAMILLE)

    first, again = visitor.client.post(link), visitor.client.post(link)

    assert first.content == again.content
    assert states(event) == [(State.CONFIRMED, 0)]
    assert len(visitor.mails(CAMILLE)) == 2
    assert Consent.objects.count() == 1


def test_sending_the_form_twice_makes_one_participation_and_one_mail(visitor, make_event):
    event = make_event()
    visitor.ask(event, CAMILLE)
    first = len(visitor.mails(CAMILLE))
    visitor.ask(event, "CAMILLE@example.org", seats=2)

    assert (first, len(visitor.mails(CAMILLE))) == (1, 1)
    assert states(event) == [(State.REQUESTED, 1)]


def test_nobody_can_change_the_name_or_the_seats_of_who_is_coming_already(visitor, make_event, ada):
    event = make_event()
    visitor.come(event, CAMILLE, name="Camille")
    visitor.ask(event, CAMILLE, name="Personne", seats=6)

    assert visitor.mails(CAMILLE)[-1]["Subject"] == "Vous avez déjà une place : « Assemblée ouverte »"
    assert states(event) == [(State.CONFIRMED, 0)]
    assert names(event, ada) == ["Camille"]


def test_the_answer_is_the_same_for_an_address_that_is_known(visitor, make_event):
    event = make_event()
    visitor.come(event, CAMILLE)

    known, new = visitor.ask(event, CAMILLE), visitor.ask(event, DENIS)

    assert (known.status_code, known.headers["Location"]) == (new.status_code, new.headers["Location"])
    assert known.content == new.content


def test_a_full_event_makes_a_queue_and_a_freed_place_moves_its_first_up(visitor, make_event):
    event = make_event(slug="e", capacity=2)
    visitor.come(event, CAMILLE, seats=2)
    queued = visitor.come(event, DENIS)
    full_page = visitor.client.get("/agenda/e/").content.decode()
    visitor.come(event, ELISE)

    cancelled = visitor.cancel(CAMILLE)

    assert "Vous êtes en file d’attente" in queued.content.decode()
    assert "1 personne attend." in full_page
    assert "<title>Complet – " in full_page
    assert "C’est noté" in cancelled.content.decode()
    assert states(event) == [(State.CANCELLED, 1), (State.CONFIRMED, 0), (State.CONFIRMED, 0)]
    assert [mail["Subject"] for mail in visitor.mails(DENIS)][1:] == [
        "Vous êtes en file d’attente : « Assemblée ouverte »",
        "Une place s’est libérée, elle est à vous : « Assemblée ouverte »",
    ]
    assert calendar_in(visitor.mails(CAMILLE)[-1])[0] == "CANCEL"


def test_the_queue_moves_in_its_order_and_whoever_needs_more_room_waits(visitor, make_event):
    event = make_event(capacity=2)
    visitor.come(event, CAMILLE)
    visitor.come(event, "a@example.org")
    visitor.come(event, DENIS, seats=2)
    visitor.come(event, ELISE)

    visitor.cancel(CAMILLE)

    assert states(event) == [
        (State.CANCELLED, 0), (State.CONFIRMED, 0), (State.QUEUED, 1), (State.CONFIRMED, 0),
    ]  # fmt: skip


def test_a_get_on_the_cancel_link_changes_nothing_and_a_post_deletes_the_name(visitor, make_event):
    event = make_event()
    visitor.come(event, CAMILLE)
    link = visitor.last_link(CAMILLE)

    shown = visitor.client.get(link)
    kept = (states(event), Dossier.objects.count())
    visitor.client.post(link)
    again = visitor.client.post(link)

    assert "Je ne viens pas" in shown.content.decode()
    assert kept == ([(State.CONFIRMED, 0)], 1)
    assert states(event) == [(State.CANCELLED, 0)]
    assert Dossier.objects.count() == 0
    assert again.status_code == 200
    assert [consent.given for consent in Consent.objects.all()] == [True, False]


def test_who_cancelled_may_come_after_all(visitor, make_event):
    event = make_event()
    visitor.come(event, CAMILLE)
    visitor.cancel(CAMILLE)

    visitor.come(event, CAMILLE, seats=2)

    assert states(event) == [(State.CONFIRMED, 1)]
    assert visitor.mails(CAMILLE)[-1]["Subject"] == "On vous attend : « Assemblée ouverte »"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"status": Status.CANCELLED}, "Ce rendez-vous n’a pas lieu."),
        ({"starts": timezone.now() - timedelta(days=3)}, "Ce rendez-vous est passé."),
    ],
)
def test_what_is_over_or_off_answers_with_a_sentence(visitor, make_event, fields, sentence):
    event = make_event(**fields)

    answer = visitor.ask(event, CAMILLE)

    assert answer.status_code == 410
    assert sentence in answer.content.decode()
    assert InboxItem.objects.count() == 0


def test_an_event_cancelled_meanwhile_cannot_be_confirmed(visitor, make_event):
    event = make_event()
    visitor.ask(event, CAMILLE)
    link = visitor.last_link(CAMILLE)
    event.status = Status.CANCELLED
    event.save()

    assert visitor.client.post(link).status_code == 410
    assert states(event) == [(State.REQUESTED, 0)]


@pytest.mark.parametrize("path", ["confirmer", "annuler"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_forged_link_is_answered_with_a_sentence(visitor, path, method):
    answer = getattr(visitor.client, method)(f"/rendez-vous/{path}/WyIxIiwiMSJd:1abcde:forged/")

    assert answer.status_code == 404
    assert "Ce lien ne marche pas" in answer.content.decode()


def test_a_link_to_confirm_does_not_cancel(visitor, make_event):
    event = make_event()
    visitor.come(event, CAMILLE)
    confirm = visitor.mails(CAMILLE)[0].get_body(("plain",)).get_content()
    token = confirm.rpartition("/confirmer/")[2].split("/")[0]

    assert visitor.client.post(f"/rendez-vous/annuler/{token}/").status_code == 404
    assert states(event) == [(State.CONFIRMED, 0)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "personne"},
        {"address": ""},
        {"name": "x" * 61},
        {"name": ""},
        {"seats": "0"},
        {"seats": "7"},
        {"seats": "deux"},
    ],
)
def test_a_form_that_cannot_be_used_is_shown_again_with_a_sentence(visitor, make_event, wrong):
    event = make_event()
    given = {"address": CAMILLE, "name": "Camille", "seats": "1", **wrong}

    answer = visitor.ask(event, given["address"], name=given["name"], seats=given["seats"])

    assert answer.status_code == 400
    assert answer.content.decode().count('class="field__error"') == 1
    assert InboxItem.objects.count() == 0


def test_a_form_for_a_draft_is_not_there(visitor, make_event):
    event = make_event(published=False)

    assert visitor.ask(event, CAMILLE).status_code == 404


def test_a_filled_trap_stores_nothing_and_looks_the_same(visitor, make_event):
    event = make_event()
    path = f"/agenda/{event.slug}/venir/"
    answer = visitor.client.post(
        path,
        {"name": "R", "address": CAMILLE, "seats": 1, "website": "x"},
        headers={"origin": "http://testserver"},
    )

    assert (answer.status_code, answer["Location"]) == (303, "/rendez-vous/merci/")
    assert InboxItem.objects.count() == 0


def test_an_english_visitor_gets_english_pages_and_mails(visitor, make_event):
    event = make_event(slug="e")
    visitor.ask(event, CAMILLE, path="/en/agenda/e/venir/")
    link = visitor.last_link(CAMILLE)

    assert link.startswith("/en/rendez-vous/confirmer/")
    assert visitor.mails(CAMILLE)[0]["Subject"] == "Are you coming to “Assemblée ouverte”?"
    assert "You are expected" in visitor.client.post(link).content.decode()


def test_names_are_deleted_thirty_days_after_and_the_number_stays(visitor, make_event, ada):
    event = make_event()
    visitor.come(event, CAMILLE, seats=4)
    event.starts = timezone.now() - timedelta(days=32)
    event.ends = event.starts + timedelta(days=1)
    event.save()

    assert (forgetting.forget_names(), forgetting.forget_names()) == (1, 0)
    assert Dossier.objects.count() == 0
    assert states(event) == [(State.CONFIRMED, 3)]


def test_names_stay_until_then(visitor, make_event):
    event = make_event()
    visitor.come(event, CAMILLE)
    event.starts = timezone.now() - timedelta(days=30)
    event.ends = event.starts + timedelta(hours=2)
    event.save()

    assert forgetting.forget_names() == 0
    assert Dossier.objects.count() == 1


def test_no_row_of_campaigns_or_mail_holds_the_name_or_the_address(visitor, make_event):
    event = make_event()
    visitor.come(event, CAMILLE, name="Zénobie Quincampoix")

    rows = [*Participation.objects.values_list(), *Mail.objects.values_list(), *Contact.objects.values_list()]
    text = repr([tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in rows])

    assert "Quincampoix" not in text
    assert "camille@" not in text
