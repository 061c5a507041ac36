"""The people pages of welcoming: who waits for whom, and each thing that can be done."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from banderole.common import links
from banderole.people.domain import consents, duties, messages, notes, persons
from banderole.people.domain.erase import erase
from banderole.people.enums import Purpose, Right
from banderole.people.models import Consent, Contact, Membership, Record
from banderole.people.queries import may_receive
from banderole.people.tests.conftest import Member
from banderole.welcome.domain import accompanying, joining
from banderole.welcome.enums import Kind, Outcome, State
from banderole.welcome.models import Enrolment, FollowUp
from banderole.welcome.tests.conftest import CHLOE

pytestmark = pytest.mark.django_db
LIST = "/espace/nouvelles-personnes/"


@pytest.fixture
def dora(ada, caen):
    """Dora welcomes in Caen."""
    dora = Member("dora")
    duties.grant_duty(dora.account, Right.WELCOME, group=caen, by=ada.account, keys=ada.keys)
    return dora


def card(enrolment):
    return f"{LIST}{enrolment.person.public_id}/"


def names_in(page):
    return re.findall(r'waits__who"><a href="[^"]+">([^<]+)', page.text)


def test_the_list_shows_who_waited_longest_first_and_who_is_late(bruno, join):
    join(days_ago=1, name="Youssef", email="youssef@example.org")
    join(days_ago=6, name="Camille", email="camille@example.org")
    on_the_way = join(days_ago=2, name="Jeanne", email="jeanne@example.org")
    accompanying.reached(on_the_way, by=bruno.account, now=timezone.now())

    page = bruno.sign_in().get(LIST)

    assert names_in(page) == ["Camille", "Youssef", "Jeanne"]
    assert page.text.count("waits__item--late") == 1
    assert "depuis hier" in page.text
    assert "depuis 6 jours" in page.text
    assert "Étape 2 sur 5" in page.text


def test_empty_pages_say_so(bruno):
    browser = bruno.sign_in()

    assert "Personne ne vous attend" in browser.get("/espace/").text
    assert "Personne n’attend un premier mot." in browser.get(LIST).text


def test_the_card_shows_what_they_wrote_and_agreed_to(bruno, join):
    page = bruno.sign_in().get(card(join()))

    for told in (
        CHLOE["name"],
        CHLOE["sentence"],
        CHLOE["postcode"],
        'href="tel:0639981234"',
        f"mailto:{CHLOE['email']}",
    ):
        assert told in page.text
    assert "J’accepte que le groupe le plus proche" in page.text
    assert page["Cache-Control"] == "no-store"
    assert Record.objects.filter(verb="read", account=bruno.account).exists()


def test_a_noted_call_moves_the_newcomer_on_a_step(bruno, join):
    enrolment = join()
    browser = bruno.sign_in()

    answer = browser.post(f"{card(enrolment)}parole/", {"text": "Aime coudre, libre le samedi."}, follow=True)

    enrolment.refresh_from_db()
    assert enrolment.step.order == 2
    assert "Étape suivante : Première rencontre." in answer.text.replace("\xa0", " ").replace("\u202f", " ")
    assert "Aime coudre, libre le samedi." in answer.text
    first, second = FollowUp.objects.order_by("pk")
    assert (first.outcome, first.done_at is not None) == (Outcome.REACHED, True)
    assert (second.done_at, second.kind, second.assignee) == (None, Kind.MEET, bruno.account)
    assert timedelta(days=9) < second.due_at - timezone.now() <= timedelta(days=10)


def test_a_date_to_meet_is_the_next_thing_owed(bruno, join):
    enrolment = join()

    bruno.sign_in().post(f"{card(enrolment)}parole/", {"meet_at": "2030-05-05T15:00"})

    owed = FollowUp.objects.get(done_at=None)
    assert (owed.kind, timezone.localtime(owed.due_at).isoformat()) == (
        Kind.MEET,
        "2030-05-05T15:00:00+02:00",
    )


def test_a_meeting_is_announced_only_when_its_day_was_fixed(bruno, another_welcomer, join):
    open_end, fixed = join(), join(name="Anouk", email="anouk@example.org")
    browser = bruno.sign_in()
    browser.post(f"{card(open_end)}parole/", {"meet_at": ""})
    browser.post(f"{card(fixed)}parole/", {"meet_at": "2030-05-05T15:00"})
    browser.post(f"{card(fixed)}confier/", {"to": another_welcomer.account.pk})

    deadline = date_format(
        timezone.localtime(FollowUp.objects.get(enrolment=open_end, done_at=None).due_at), "l j F"
    )
    for path in (LIST, card(open_end)):
        assert f"à faire d’ici {deadline}" in browser.get(path).text
        assert f"rencontre {deadline}" not in browser.get(path).text
    for path in (LIST, card(fixed)):
        assert "rencontre dimanche 5 mai" in browser.get(path).text
    assert "à faire d’ici" not in browser.get(card(fixed)).text


def test_no_answer_is_tried_again_in_two_days(bruno, join):
    enrolment = join()

    bruno.sign_in().post(f"{card(enrolment)}sans-reponse/")

    enrolment.refresh_from_db()
    assert enrolment.step.order == 1
    first, second = FollowUp.objects.order_by("pk")
    assert first.outcome == Outcome.NO_ANSWER
    assert timedelta(hours=47) < second.due_at - timezone.now() <= timedelta(hours=48)


def test_the_last_step_is_the_arrival(bruno, join):
    enrolment = join()
    browser = bruno.sign_in()
    browser.post(f"{card(enrolment)}etape/", {"step": enrolment.path.steps.last().pk})
    browser.post(f"{card(enrolment)}parole/")

    enrolment.refresh_from_db()
    assert enrolment.state == State.DONE
    assert not FollowUp.objects.filter(done_at=None).exists()
    assert names_in(browser.get(LIST)) == []


def test_the_last_move_can_be_taken_back_for_ten_minutes(bruno, join):
    enrolment = join()
    browser = bruno.sign_in()
    before = list(FollowUp.objects.values("pk", "due_at", "done_at", "outcome", "kind"))
    browser.post(f"{card(enrolment)}parole/")

    browser.post(f"{card(enrolment)}annuler/")

    enrolment.refresh_from_db()
    assert (enrolment.step.order, enrolment.state) == (1, State.OPEN)
    assert list(FollowUp.objects.values("pk", "due_at", "done_at", "outcome", "kind")) == before


def test_after_ten_minutes_nothing_is_taken_back(bruno, join):
    enrolment = join()
    browser = bruno.sign_in()
    browser.post(f"{card(enrolment)}parole/")
    Enrolment.objects.update(moved_at=timezone.now() - timedelta(minutes=11))

    page = browser.post(f"{card(enrolment)}annuler/", follow=True)

    assert "trop de temps a passé" in page.text
    enrolment.refresh_from_db()
    assert enrolment.step.order == 2


def test_an_act_on_somebody_who_left_in_the_meantime_changes_nothing(bruno, join):
    enrolment = join()
    browser = bruno.sign_in()
    browser.post(f"{card(enrolment)}au-revoir/")

    page = browser.post(f"{card(enrolment)}parole/", follow=True)

    assert "Quelqu’un a été plus rapide" in page.text
    enrolment.refresh_from_db()
    assert (enrolment.step.order, enrolment.state) == (1, State.LEFT)


def test_a_newcomer_is_handed_to_another_welcomer_of_the_group_and_stays_due(bruno, another_welcomer, join):
    enrolment = join()
    due = FollowUp.objects.get().due_at

    bruno.sign_in().post(f"{card(enrolment)}confier/", {"to": another_welcomer.account.pk})

    enrolment.refresh_from_db()
    owed = FollowUp.objects.get(done_at=None)
    assert (enrolment.welcomer, owed.assignee, owed.due_at) == (
        another_welcomer.account,
        another_welcomer.account,
        due,
    )


def test_a_newcomer_is_not_handed_to_who_does_not_welcome_there(bruno, dora, eve, join):
    enrolment = join()
    browser = bruno.sign_in()

    for somebody in (dora, eve):
        browser.post(f"{card(enrolment)}confier/", {"to": somebody.account.pk})

    enrolment.refresh_from_db()
    assert enrolment.welcomer == bruno.account


def test_who_wants_no_more_news_is_left_in_peace_and_forgotten_after_ten_minutes(bruno, bayeux, join):
    enrolment = join()
    subject = f"group:{bayeux.pk}"
    browser = bruno.sign_in()
    browser.post(f"{card(enrolment)}sans-reponse/", {"text": "Rappeler."})
    browser.post(f"{card(enrolment)}au-revoir/")

    assert names_in(browser.get(LIST)) == []
    assert accompanying.let_go(timezone.now() + timedelta(minutes=9)) == 0
    assert accompanying.let_go(timezone.now() + timedelta(minutes=11)) == 1

    assert not may_receive(enrolment.person, "welcome", subject)
    assert Consent.objects.filter(given=False).count() == 1
    assert not enrolment.person.dossiers.exists()
    assert not enrolment.person.notes.exists()
    assert not Membership.objects.filter(until=None).exists()
    assert browser.get(card(enrolment)).status_code == 404


def test_a_welcomer_sees_the_newcomers_of_their_group_only(bruno, dora, bayeux, join):
    here = join(name="Chloé d'ici")
    there = join(name="Anouk de Caen", email="anouk@example.org", postcode="14000")
    browser = bruno.sign_in()

    assert "Anouk" not in browser.get(LIST).text
    assert browser.get(card(here)).status_code == 200
    assert browser.get(card(there)).status_code == 404
    for act in ("parole", "sans-reponse", "etape", "confier", "au-revoir", "annuler"):
        assert browser.post(f"{card(there)}{act}/").status_code == 404
    there.refresh_from_db()
    assert (there.state, there.step.order) == (State.OPEN, 1)
    assert browser.get(f"{LIST}?groupe=caen").status_code == 404


def test_a_coordinator_sees_all_groups_and_who_waits_for_whom(ada, bruno, dora, join):
    join(days_ago=5, name="Chloé")
    join(name="Anouk", email="anouk@example.org", postcode="14000")
    browser = ada.sign_in()

    everybody = browser.get(LIST)

    assert names_in(everybody) == ["Chloé", "Anouk"]
    assert "avec bruno" in everybody.text
    assert "1 en retard" in everybody.text
    assert names_in(browser.get(f"{LIST}?groupe=caen")) == ["Anouk"]


def test_eve_without_a_duty_gets_nowhere(eve, bruno, join):
    enrolment = join()
    browser = eve.sign_in()

    for path in (LIST, card(enrolment)):
        page = browser.get(path)
        assert page.status_code == 403
        assert CHLOE["name"] not in page.text
    assert browser.post(f"{card(enrolment)}parole/").status_code == 403
    enrolment.refresh_from_db()
    assert enrolment.step.order == 1


def test_who_is_not_logged_in_is_asked_to(client, bruno, join):
    enrolment = join()

    for path in (LIST, card(enrolment)):
        assert client.get(path)["Location"] == f"/espace/entrer/?next={path}"
    assert client.post(f"{card(enrolment)}parole/").status_code == 302
    enrolment.refresh_from_db()
    assert enrolment.step.order == 1


def test_a_duty_that_ended_opens_nothing_any_more(ada, bruno, join):
    enrolment = join()
    browser = bruno.sign_in()
    duties.end_duty(bruno.account.duties.get(), by=ada.account)

    assert browser.get(LIST).status_code == 403
    assert browser.get(card(enrolment)).status_code == 403


def test_nobody_unconfirmed_is_shown(bruno, machine):
    joining.open_join(CHLOE | {"locale": "fr", "wording": joining.wording_text("fr")}, timezone.now())
    browser = bruno.sign_in()

    assert names_in(browser.get(LIST)) == []
    assert browser.get(card(Enrolment.objects.get())).status_code == 404


def test_an_erased_person_leaves_the_list(ada, bruno, join):
    enrolment = join()
    erase(enrolment.person, by=ada.account)

    assert not Enrolment.objects.exists()
    assert names_in(bruno.sign_in().get(LIST)) == []


def test_the_list_asks_as_much_of_the_database_for_three_as_for_one(bruno, join):
    browser = bruno.sign_in()
    join()
    browser.get(LIST)
    with CaptureQueriesContext(connection) as for_one:
        browser.get(LIST)
    for number in range(2):
        join(email=f"chloe{number}@example.org")
    with CaptureQueriesContext(connection) as for_three:
        browser.get(LIST)

    assert len(for_three) == len(for_one)


def test_notes_are_sealed(bruno, join):
    enrolment = join()

    accompanying.no_answer(enrolment, by=bruno.account, now=timezone.now(), text="Confidence de Chloé")

    [note] = enrolment.person.notes.all()
    assert b"Confidence" not in bytes(note.envelope)
    assert [one.text for one in notes.read_notes(enrolment.person, keys=bruno.keys)] == [
        "Confidence de Chloé"
    ]


def test_the_mail_to_the_welcomer_names_nobody(bruno, bayeux, join, machine):
    contact = persons.contact_for(persons.normalise("bruno@example.org"), locale="fr")
    persons.verify(contact)
    contact.person.account = bruno.account
    contact.person.save(update_fields=["account"])

    join()

    assert contact.mails.count() == 1
    shown = messages.render(
        "welcome/emails/newcomer", {"group": bayeux, "url": "https://a.example/", "hours": 72}, locale="fr"
    ).as_dict()
    assert "Bayeux" in str(shown)
    assert CHLOE["name"] not in str(shown)


def test_a_confirmation_link_of_one_newcomer_confirms_nobody_else(client, bruno, join):
    enrolment = join()
    other = join(name="Anouk", email="anouk@example.org")
    crossed = links.make("join", enrolment.pk, Contact.objects.get(person=other.person).pk)

    assert client.post(f"/rejoindre/confirmer/{crossed}/").status_code == 404


def test_who_withdraws_by_themselves_is_left_in_peace(bruno, bayeux, join):
    stays, goes = join(name="Chloé"), join(name="Anouk", email="anouk@example.org")
    consents.withdraw(
        goes.person, Purpose.WELCOME, subject=f"group:{bayeux.pk}", channel="my_data", at=timezone.now()
    )

    assert accompanying.heed_withdrawals() == 1
    assert accompanying.heed_withdrawals() == 0

    assert names_in(bruno.sign_in().get(LIST)) == ["Chloé"]
    assert list(FollowUp.objects.filter(done_at=None).values_list("enrolment", flat=True)) == [stays.pk]


def test_the_card_of_a_person_leads_to_the_newcomer(bruno, join):
    enrolment = join()

    page = bruno.sign_in().get(f"/espace/personnes/{enrolment.person.public_id}/")

    assert f'href="{card(enrolment)}"' in page.text
    assert "étape 1 sur 5" in page.text
