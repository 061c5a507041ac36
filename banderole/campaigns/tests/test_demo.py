from datetime import date

import pytest
from django.utils import timezone

from banderole.accounts.logins import keyring_for
from banderole.campaigns import queries
from banderole.campaigns.domain import mails
from banderole.campaigns.domain.guests import guest_list
from banderole.campaigns.management import demo
from banderole.campaigns.models import CampaignPage, Event
from banderole.people.management import demo as people_demo
from banderole.people.tests.conftest import Member


@pytest.fixture
def built(machine, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    today = timezone.localdate()
    people_demo.build(today)
    demo.build(today)
    return today


def test_the_demo_has_two_campaigns_and_eight_events_in_every_state(client, built):
    agenda = client.get("/agenda/").content.decode()

    assert CampaignPage.objects.filter(locale__language_code="fr").count() == 2
    assert Event.objects.count() == 8
    for standing in ["Complet", "Interdit", "Lieu changé", "Date changée"]:
        assert f'<span class="ticket__news">{standing}</span>' in agenda
    assert {client.get(url).status_code for url in queries.public_urls()} == {200}


def test_the_demo_can_be_built_twice_and_owes_nobody_a_mail(built):
    before = list(Event.objects.values_list("uid", "starts", "changed_at"))

    demo.build(built)

    assert list(Event.objects.values_list("uid", "starts", "changed_at")) == before
    assert (mails.write_owed_mails(), mails.send_notices()) == (0, 0)


def test_leo_reads_who_comes_to_the_event_that_he_hosts(built):
    leo = Member.find("leo")
    event = Event.objects.get(slug="assemblee-de-la-vallee")

    guests = guest_list(event, keys=keyring_for(leo, people_demo.PASSPHRASE), by=leo)

    assert [event.pk for event in queries.events_for(leo)] == [event.pk]
    assert len(guests) == 26
    assert guests[0].name == "Adèle"


def test_a_full_event_has_a_queue(built):
    event = Event.objects.with_seats().get(slug="atelier-lire-un-arrete")

    assert (event.taken, event.capacity, event.participations.queue().count()) == (12, 12, 2)


@pytest.mark.parametrize("weekday", range(7))
def test_days_of_the_week_are_found_from_any_day(weekday):
    today = date(2026, 11, 23 + weekday)

    coming, past = demo._on(today, demo.SUNDAY, 1), demo._on(today, demo.SUNDAY, -1)

    assert (coming.weekday(), past.weekday()) == (6, 6)
    assert 2 <= (coming - today).days <= 8
    assert (coming - past).days == 14
