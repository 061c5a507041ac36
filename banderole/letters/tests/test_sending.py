"""The ledger and the relay: each person exactly one letter, and every one of them accounted for."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP

import pytest
from django.utils import timezone

from banderole.common import links
from banderole.letters.domain import ledger, waves
from banderole.letters.domain.sending import Relay, send_letters
from banderole.letters.domain.starting import start_letter, stop_letter
from banderole.letters.domain.unsubscribing import unsubscribe
from banderole.letters.enums import Delivery
from banderole.letters.exceptions import AlreadySent, NotReady, Unbalanced
from banderole.letters.models import Letter, Recipient, Suppression
from banderole.letters.queries import ledger_of
from banderole.people.domain import consents
from banderole.people.enums import Purpose

pytestmark = pytest.mark.django_db

PEOPLE = [f"personne{number}@example.org" for number in range(7)]


def start(letter):
    return start_letter(letter, now=timezone.now())


def counts(letter):
    return {state: count for state, count in ledger_of(letter).items() if count}


def test_each_subscriber_gets_exactly_one_and_the_letter_is_sent(letter, subscribe, mailbox):
    subscribe(letter.newsletter, *PEOPLE)

    started = start(letter)
    assert started.frozen == 7
    while send_letters():
        pass

    letter.refresh_from_db()
    assert mailbox.addresses == sorted(PEOPLE)
    assert counts(letter) == {Delivery.ACCEPTED: 7}
    assert letter.state == "sent"
    assert letter.finished_at is not None
    assert send_letters() == 0
    assert len(mailbox.kept) == 7


def test_only_those_who_confirmed_and_may_be_written_to_are_counted(letter, agenda, subscribe, mailbox):
    ada, bruno, chloe, dario, _eve = subscribe(letter.newsletter, *PEOPLE[:5])
    subscribe(agenda, PEOPLE[5])
    bruno.verified_at = None
    bruno.save()
    chloe.bounced_at = timezone.now()
    chloe.save()
    consents.withdraw(
        dario.person,
        Purpose.NEWSLETTER,
        subject=letter.newsletter.consent_subject,
        channel="link",
        at=timezone.now(),
    )
    Suppression.objects.create(address_index=ada.blind_index, why="asked")

    assert start(letter).frozen == 1
    send_letters()

    assert mailbox.addresses == [PEOPLE[4]]


def test_a_person_with_two_addresses_gets_one(letter, subscribe, mailbox):
    first, second = subscribe(letter.newsletter, *PEOPLE[:2])
    second.person = first.person
    second.save()

    assert start(letter).frozen == 1
    send_letters()

    assert mailbox.addresses == [PEOPLE[0]]


def test_the_token_in_a_message_is_that_of_its_recipient(letter, subscribe, mailbox, client):
    contacts = subscribe(letter.newsletter, *PEOPLE[:3])
    start(letter)
    send_letters()
    _address, content = next(kept for kept in mailbox.kept if kept[0] == PEOPLE[1])
    message = message_from_bytes(content, policy=SMTP)
    url = message["List-Unsubscribe"].split(">")[0].removeprefix("<http://testserver")

    response = client.post(url, {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200
    withdrawn = [contact.person.consents.filter(given=False).count() for contact in contacts]
    assert withdrawn == [0, 1, 0]


def test_a_later_is_tried_again_when_its_time_has_come(letter, subscribe, mailbox):
    subscribe(letter.newsletter, *PEOPLE[:2])
    mailbox.answers[PEOPLE[0]] = ["451 4.7.1 greylisted personne0@example.org"]
    start(letter)
    send_letters()

    row = Recipient.objects.get(state=Delivery.DEFERRED)
    wait = row.next_try_at - timezone.now()
    assert mailbox.addresses == [PEOPLE[1]]
    assert timedelta(seconds=50) < wait <= timedelta(seconds=60)
    assert row.cause == "451 4.7.1"
    assert send_letters() == 0

    Recipient.objects.update(next_try_at=timezone.now())
    send_letters()
    assert mailbox.addresses == PEOPLE[:2]
    assert counts(letter) == {Delivery.ACCEPTED: 2}


def test_a_later_is_not_tried_for_ever(letter, subscribe, mailbox):
    subscribe(letter.newsletter, PEOPLE[0])
    mailbox.answers[PEOPLE[0]] = ["451 4.7.1 later"] * 20
    start(letter)
    for _ in range(len(ledger.WAITS) + 1):
        send_letters()
        Recipient.objects.update(next_try_at=timezone.now())

    letter.refresh_from_db()
    assert counts(letter) == {Delivery.REFUSED: 1}
    assert letter.state == "sent"


def test_a_refusal_is_noted_without_the_address(letter, subscribe, mailbox):
    subscribe(letter.newsletter, PEOPLE[0])
    mailbox.answers[PEOPLE[0]] = [f"550 5.1.1 <{PEOPLE[0]}> unknown"]
    start(letter)
    send_letters()

    assert list(Recipient.objects.values_list("state", "cause")) == [(Delivery.REFUSED, "550 5.1.1")]


def test_a_421_lets_the_relay_rest_and_blames_nobody(letter, subscribe, mailbox):
    subscribe(letter.newsletter, PEOPLE[0])
    mailbox.answers[PEOPLE[0]] = ["421 4.3.2 closing"]
    start(letter)
    send_letters()

    assert list(Recipient.objects.values_list("state", "tries")) == [(Delivery.READY, 0)]
    assert Relay.rests()
    Relay.works()
    send_letters()
    assert mailbox.addresses == [PEOPLE[0]]


def test_without_a_relay_a_letter_waits_and_nothing_is_lost(letter, subscribe, settings):
    subscribe(letter.newsletter, *PEOPLE)
    start(letter)

    assert send_letters() == 0
    assert counts(letter) == {Delivery.READY: 7}


def test_a_relay_that_is_down_rests_longer_each_time(letter, subscribe, settings):
    settings.SMTP_HOST, settings.SMTP_PORT, settings.SMTP_SECURITY = "127.0.0.1", 1, "none"
    subscribe(letter.newsletter, *PEOPLE)
    start(letter)

    assert send_letters() == 0
    assert Relay.failures == 1
    assert send_letters() == 0
    assert Relay.failures == 1
    assert counts(letter) == {Delivery.READY: 7}


def test_a_demo_keeps_the_letter_in_its_outbox_under_the_same_ledger(letter, subscribe, settings):
    settings.DEMO = True
    subscribe(letter.newsletter, *PEOPLE)
    start(letter)
    while send_letters():
        pass

    files = list(settings.OUTBOX_ROOT.glob("*.eml"))
    assert sorted(message_from_bytes(file.read_bytes())["To"] for file in files) == sorted(PEOPLE)
    assert counts(letter) == {Delivery.ACCEPTED: 7}


def test_who_unsubscribes_while_the_letter_is_under_way_does_not_get_it(letter, subscribe, mailbox):
    contacts = subscribe(letter.newsletter, *PEOPLE[:3])
    start(letter)
    token = links.make("unsubscribe", letter.newsletter.pk, contacts[1].person.pk)
    unsubscribe(token, channel="one_click", at=timezone.now())
    while send_letters():
        pass

    assert mailbox.addresses == [PEOPLE[0], PEOPLE[2]]
    assert counts(letter) == {Delivery.ACCEPTED: 2, Delivery.SUPPRESSED: 1}


@pytest.mark.parametrize("point", ["claimed", "admitted", "body"])
def test_an_unsubscribe_between_the_steps_wins_until_the_commit(
    letter, subscribe, mailbox, monkeypatch, point
):
    contacts = subscribe(letter.newsletter, *PEOPLE[:3])
    start(letter)
    done = []

    def leave(at):
        if at == point and not done:
            done.append(at)
            # Without touching the ledger: the check is in the transaction that commits, not in the goodwill of others.
            consents.withdraw(
                contacts[0].person, Purpose.NEWSLETTER, subject=letter.newsletter.consent_subject,
                channel="link", at=timezone.now(),
            )  # fmt: skip

    monkeypatch.setattr(waves, "at_point", leave)
    while send_letters():
        pass

    assert mailbox.addresses == PEOPLE[1:3]
    assert counts(letter) == {Delivery.ACCEPTED: 2, Delivery.SUPPRESSED: 1}


def test_who_is_erased_while_the_letter_is_under_way_stays_in_the_count_only(letter, subscribe, mailbox):
    contacts = subscribe(letter.newsletter, *PEOPLE[:2])
    start(letter)
    contacts[0].person.delete()
    while send_letters():
        pass

    row = Recipient.objects.get(person=None)
    assert (row.contact, row.address_index, row.cause) == (None, None, "erased")
    assert mailbox.addresses == [PEOPLE[1]]
    assert counts(letter) == {Delivery.ACCEPTED: 1, Delivery.SUPPRESSED: 1}


def test_stopping_spares_those_who_still_wait(letter, subscribe, mailbox, monkeypatch):
    subscribe(letter.newsletter, *PEOPLE)
    start(letter)
    monkeypatch.setattr(waves, "at_point", lambda at: stop_letter(letter) if at == "recorded" else None)
    send_letters()

    letter.refresh_from_db()
    assert letter.state == "stopped"
    assert counts(letter) == {Delivery.ACCEPTED: 3, Delivery.CANCELLED: 4}
    assert len(mailbox.kept) == 3


def test_a_ledger_that_does_not_add_up_stops_the_sending(letter, subscribe, mailbox):
    subscribe(letter.newsletter, *PEOPLE)
    started = start(letter)
    Recipient.objects.first().delete()

    with pytest.raises(Unbalanced):
        ledger.check_balance(started)
    assert send_letters() == 0

    letter.refresh_from_db()
    assert (letter.state, letter.trouble) == ("stopped", "unbalanced")
    assert mailbox.kept == []


def test_what_a_dead_sender_left_is_put_in_order_and_nothing_goes_twice(letter, subscribe, mailbox):
    subscribe(letter.newsletter, *PEOPLE)
    start(letter)
    rows = ledger.claim(letter, fence=999, count=5, now=timezone.now())
    assert len(ledger.commit_to(rows[:2], letter=letter, fence=999)) == 2
    while send_letters():
        pass

    assert len(mailbox.kept) == 5
    assert counts(letter) == {Delivery.ACCEPTED: 5, Delivery.IN_DOUBT: 2}


def test_a_sender_that_woke_up_too_late_fails_at_the_fence(letter, subscribe, mailbox):
    subscribe(letter.newsletter, *PEOPLE[:2])
    start(letter)
    rows = ledger.claim(letter, fence=998, count=2, now=timezone.now())
    ledger.claim(letter, fence=999, count=2, now=timezone.now())
    Recipient.objects.update(state=Delivery.CLAIMED, fence=999)

    assert ledger.commit_to(rows, letter=letter, fence=998) == set()


def test_a_letter_is_sent_once_and_only_when_it_is_ready(letter, subscribe, newsletter):
    with pytest.raises(NotReady):
        start(letter)
    subscribe(newsletter, PEOPLE[0])
    start(letter)

    with pytest.raises(AlreadySent):
        start(letter)
    assert Recipient.objects.count() == 1


def test_freezing_is_one_statement(letter, subscribe, django_assert_num_queries):
    subscribe(letter.newsletter, *PEOPLE)

    with django_assert_num_queries(1):
        assert ledger.freeze(letter) == 7


def test_two_letters_with_one_subject_have_pages_of_their_own(letter, subscribe, newsletter):
    subscribe(newsletter, PEOPLE[0])
    second = Letter.objects.create(newsletter=newsletter, subject=letter.subject, body=letter.body)

    assert start(letter).slug == "leau-monte-nous-aussi"
    assert start(second).slug == "leau-monte-nous-aussi-2"
