"""From the form to a newcomer whom somebody will call."""

from datetime import timedelta

import pytest
from django.utils import timezone

from banderole.common import links
from banderole.common.signals import public_changed
from banderole.people.domain import dossiers
from banderole.people.enums import Level, Purpose
from banderole.people.models import Consent, Contact, InboxItem, Mail, Membership, Person
from banderole.welcome.domain import joining
from banderole.welcome.enums import State
from banderole.welcome.models import Enrolment, FollowUp
from banderole.welcome.queries import public_urls

pytestmark = pytest.mark.django_db


def confirm_path(enrolment):
    contact = Contact.objects.get(person=enrolment.person)
    return f"/rejoindre/confirmer/{links.make('join', enrolment.pk, contact.pk)}/"


def test_the_join_page_shows_the_wording_and_what_happens_next(client, bayeux):
    page = client.get("/rejoindre/")

    assert page.status_code == 200
    assert joining.wording_text("fr").split(".")[0] in page.text.replace("&#x27;", "'")
    assert not page.cookies


def test_a_form_is_sealed_and_answered_alike_for_everybody(send, form, bayeux):
    first = send(form)
    again = send(form)

    assert (first.status_code, first["Location"]) == (303, "/rejoindre/merci/")
    assert (again.status_code, again["Location"]) == (303, "/rejoindre/merci/")
    assert InboxItem.objects.count() == 2
    assert Person.objects.count() == 0
    assert all(b"Quincampoix" not in bytes(item.envelope) for item in InboxItem.objects.all())


def test_the_worker_finds_the_nearest_group_and_asks_for_a_confirmation(send, form, bayeux, caen, ada, work):
    send(form)
    work()

    [enrolment] = Enrolment.objects.all()
    assert (enrolment.state, enrolment.group, enrolment.step.order) == (State.WAITING, bayeux, 1)
    assert enrolment.wording.text == joining.wording_text("fr")
    assert Mail.objects.count() == 1
    assert not Consent.objects.exists()
    assert not FollowUp.objects.exists()
    told = dossiers.read(
        [enrolment.person], scope=f"group:{bayeux.pk}", keys=ada.keys, by=ada.account, why="test"
    )
    assert told == {enrolment.person_id: {**form}}


def test_looking_at_the_link_changes_nothing(client, send, form, bruno, work):
    send(form)
    work()
    enrolment = Enrolment.objects.get()

    page = client.get(confirm_path(enrolment))

    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    enrolment.refresh_from_db()
    assert enrolment.state == State.WAITING
    assert not page.cookies


def test_pressing_the_button_brings_consent_membership_a_welcomer_and_a_date(
    client, send, form, bruno, bayeux, work
):
    send(form)
    work()
    before = timezone.now()

    client.post(confirm_path(Enrolment.objects.get()))

    enrolment = Enrolment.objects.get()
    assert (enrolment.state, enrolment.welcomer) == (State.OPEN, bruno.account)
    consent = Consent.objects.get()
    assert (consent.purpose, consent.subject, consent.given) == (Purpose.WELCOME, f"group:{bayeux.pk}", True)
    assert consent.wording.text == joining.wording_text("fr")
    membership = Membership.objects.get()
    assert (membership.person, membership.group, membership.level) == (
        enrolment.person,
        bayeux,
        Level.FOLLOWER,
    )
    assert Contact.objects.get().verified_at is not None
    follow_up = FollowUp.objects.get()
    assert follow_up.assignee == bruno.account
    assert timedelta(hours=72) <= follow_up.due_at - before < timedelta(hours=72, minutes=1)


def test_pressing_twice_is_once(client, send, form, bruno, work):
    send(form)
    work()
    path = confirm_path(Enrolment.objects.get())

    assert client.post(path).status_code == 200
    assert client.post(path).status_code == 200

    assert Consent.objects.count() == 1
    assert FollowUp.objects.count() == 1
    assert Membership.objects.count() == 1


def test_sending_the_form_twice_makes_one_newcomer_and_one_mail_an_hour(send, form, bruno, work):
    send(form)
    send({**form, "name": "Chloé Q."})
    work()

    assert Enrolment.objects.count() == 1
    assert Mail.objects.count() == 1


def test_a_form_in_the_name_of_somebody_known_does_not_replace_what_they_said(
    client, send, form, bruno, bayeux, ada, work
):
    send(form)
    work()
    client.post(confirm_path(Enrolment.objects.get()))
    send({**form, "name": "Somebody Else", "phone": "06 39 98 99 99"})
    work()

    enrolment = Enrolment.objects.get()
    told = dossiers.read(
        [enrolment.person], scope=f"group:{bayeux.pk}", keys=ada.keys, by=ada.account, why="test"
    )
    assert told[enrolment.person_id]["name"] == form["name"]
    assert told[enrolment.person_id]["phone"] == form["phone"]
    assert Mail.objects.count() == 2


def test_where_nobody_welcomes_a_coordinator_does(client, send, form, ada, bayeux, work):
    send(form)
    work()

    client.post(confirm_path(Enrolment.objects.get()))

    assert Enrolment.objects.get().welcomer == ada.account


def test_the_welcomer_who_owes_fewest_is_named(
    client, send, form, ada, bruno, bayeux, another_welcomer, work
):
    for number in range(4):
        send({**form, "email": f"chloe{number}@example.org"})
        work()
        enrolment = Enrolment.objects.get(state=State.WAITING)
        client.post(confirm_path(enrolment))

    named = list(Enrolment.objects.order_by("pk").values_list("welcomer__login", flat=True))
    assert named == ["bruno", "farid", "bruno", "farid"]


def test_without_any_group_the_association_welcomes(client, send, form, ada, work):
    send(form)
    work()

    client.post(confirm_path(Enrolment.objects.get()))

    enrolment = Enrolment.objects.get()
    assert (enrolment.group, enrolment.welcomer, enrolment.scope) == (None, ada.account, "association")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("email", "not an address"),
        ("email", "a@b@example.org"),
        ("postcode", "1440"),
        ("postcode", "Bayeux"),
        ("phone", "ring me"),
        ("sentence", "x" * 601),
        ("name", "x" * 81),
    ],
)
def test_what_cannot_be_used_is_said_beside_its_field_and_kept_in_the_page(send, form, bayeux, field, value):
    page = send({**form, field: value})

    assert page.status_code == 422
    assert f'id="id_{field}_error"' in page.text
    assert form["sentence" if field != "sentence" else "name"] in page.text
    assert InboxItem.objects.count() == 0


@pytest.mark.parametrize("token", ["forged", "a:b:c", "x" * 300])
def test_a_forged_link_leads_to_a_page_that_says_what_to_do(client, db, token):
    for ask in (client.get, client.post):
        page = ask(f"/rejoindre/confirmer/{token}/")

        assert page.status_code == 404
        assert 'href="/rejoindre/"' in page.text


def test_what_nobody_confirmed_is_deleted_after_a_week(send, form, bayeux, ada, work):
    send(form)
    work()
    person = Enrolment.objects.get().person

    assert joining.forget_unconfirmed(timezone.now() + timedelta(days=6)) == 0
    assert joining.forget_unconfirmed(timezone.now() + timedelta(days=8)) == 1

    assert not Enrolment.objects.exists()
    assert not person.dossiers.exists()


def test_the_english_form_asks_in_english(send, form, bayeux, work):
    answer = send(form, path="/en/rejoindre/")
    work()

    assert answer["Location"] == "/en/rejoindre/merci/"
    enrolment = Enrolment.objects.get()
    assert (enrolment.person.locale, enrolment.wording.locale) == ("en", "en")


def test_the_pages_of_groups_show_public_facts_and_are_baked_anew(
    client, bayeux, django_capture_on_commit_callbacks
):
    told = []

    def hear(*, urls, **_signal):
        told.extend(urls)

    public_changed.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            bayeux.description = "Le premier mardi du mois, au bord de l'Aure."
            bayeux.save()
    finally:
        public_changed.disconnect(hear)

    assert "/groupes/bayeux/" in told
    assert "/en/groupes/" in told
    page = client.get("/groupes/bayeux/")
    assert "Le premier mardi du mois" in page.text
    assert not page.cookies
    assert 'href="/groupes/bayeux/"' in client.get("/groupes/").text
    assert client.get("/groupes/nulle-part/").status_code == 404


def test_every_public_page_is_listed_and_answers(client, bayeux):
    listed = list(public_urls())

    assert listed == [
        "/rejoindre/",
        "/rejoindre/merci/",
        "/groupes/",
        "/groupes/bayeux/",
        "/en/rejoindre/",
        "/en/rejoindre/merci/",
        "/en/groupes/",
        "/en/groupes/bayeux/",
    ]
    assert {client.get(path).status_code for path in listed} == {200}
