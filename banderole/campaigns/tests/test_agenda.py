import json
import re
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from banderole.campaigns import queries
from banderole.campaigns.enums import Status
from banderole.campaigns.models import EventPartner, Partner, Slot, Update
from banderole.campaigns.tests.conftest import PARIS

pytestmark = pytest.mark.django_db
SUNDAY = datetime(2035, 2, 18, 14, tzinfo=PARIS)


def page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert not answer.cookies
    return answer.content.decode()


def test_the_agenda_shows_what_comes_by_month_and_what_is_over_below(client, make_event):
    now = timezone.now()
    make_event(title="Bientôt", slug="bientot", starts=now + timedelta(days=3))
    make_event(title="Jadis", slug="jadis", starts=now - timedelta(days=30))
    make_event(title="Brouillon", slug="brouillon", published=False)

    text = page(client, "/agenda/")

    assert text.index("Bientôt") < text.index('id="past"') < text.index("Jadis")
    assert "Brouillon" not in text


def test_an_empty_agenda_says_so(client):
    assert 'class="empty' in page(client, "/agenda/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_agenda_reads_events_as_often_for_one_as_for_three(client, make_event, count):
    for number in range(count):
        make_event(slug=f"no-{number}", starts=timezone.now() + timedelta(days=number + 1))

    with CaptureQueriesContext(connection) as queries_made:
        client.get("/agenda/")

    assert len([query for query in queries_made if "campaigns_event" in query["sql"]]) == 4


def test_the_page_of_an_event_says_when_where_and_who_comes(client, make_event):
    event = make_event(slug="assemblee", starts=SUNDAY, capacity=150, accessibility="De plain-pied.")
    Slot.objects.create(event=event, starts=SUNDAY, title="Onze mois en une heure", speakers="Nadia R.")
    EventPartner.objects.create(event=event, partner=Partner.objects.create(name="Eau Commune"))
    Update.objects.create(event=event, title="Compte rendu en ligne", kind="report")

    text = page(client, "/agenda/assemblee/")

    assert re.findall(r'<b class="date__day">(.*?)</b>.*?<time datetime="(.*?)">(.*?)</time>', text) == [
        ("18", "2035-02-18T14:00+01:00", "dimanche<br>février 2035<br>14\u00a0h – 18\u00a0h")
    ]
    for shown in ["Salle Jean-Vilar, 3 rue du Moulin, Bayeux", "De plain-pied.", "Onze mois en une heure"]:
        assert shown in text
    for shown in ["Nadia R.", "Eau Commune", "Compte rendu en ligne", "<strong>0 personne</strong>"]:
        assert shown in text


def test_the_same_event_stands_in_english_too(client, make_event):
    make_event(slug="assemblee", starts=SUNDAY)

    text = page(client, "/en/agenda/assemblee/")

    assert "Sunday<br>February 2035<br>14:00 – 18:00" in text
    assert 'lang="fr"' in text


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.CANCELLED, "Annulé"),
        (Status.FORBIDDEN, "Interdit"),
        (Status.POSTPONED, "Reporté"),
        (Status.PLACE_MOVED, "Lieu changé"),
        (Status.TENTATIVE, "À confirmer"),
    ],
)
def test_what_is_not_as_planned_says_so_first_on_its_page_and_in_the_agenda(
    client, make_event, status, words
):
    make_event(slug="e", status=status)

    listed, own = page(client, "/agenda/"), page(client, "/agenda/e/")

    assert re.findall(r'class="ticket__news">(.*?)<', listed) == [words]
    assert re.findall(r"<title>(\w.*?) – ", own) == [words]


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.FORBIDDEN, Status.POSTPONED])
def test_what_does_not_take_place_offers_no_form(client, make_event, status):
    make_event(slug="e", status=status)

    assert "/agenda/e/venir/" not in page(client, "/agenda/e/")


def test_an_event_that_is_over_says_so_and_how_many_were_there(client, make_event):
    make_event(slug="e", starts=timezone.now() - timedelta(days=2), head_count=54)

    text = page(client, "/agenda/e/")

    assert "Ce rendez-vous est passé." in text
    assert "54 personnes étaient là." in text
    assert "/agenda/e/venir/" not in text


def test_a_draft_has_no_page_and_no_calendar(client, make_event):
    make_event(slug="e", published=False)

    assert client.get("/agenda/e/").status_code == 404
    assert client.get("/agenda/e.ics").status_code == 404


def test_search_engines_read_the_status_and_the_former_date(client, make_event):
    event = make_event(slug="e", starts=SUNDAY, status=Status.RESCHEDULED, title="</script><b>", capacity=5)
    event.changes.create(
        what="starts",
        old="2035-02-17T13:00:00+00:00/2035-02-17T17:00:00+00:00",
        new="2035-02-18T13:00:00+00:00/2035-02-18T17:00:00+00:00",
    )

    text = page(client, "/agenda/e/")
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    data = json.loads(found[0])

    assert len(found) == 1
    assert data["name"] == "</script><b>"
    assert data["eventStatus"] == "https://schema.org/EventRescheduled"
    assert data["previousStartDate"] == ["2035-02-17T14:00+01:00"]
    assert (data["maximumAttendeeCapacity"], data["remainingAttendeeCapacity"]) == (5, 5)


def test_the_calendar_of_an_event_is_the_same_bytes_each_time_and_names_nobody(client, make_event):
    event = make_event(slug="e", starts=SUNDAY, title="Débat ; eau, rivière")
    first, again = client.get("/agenda/e.ics"), client.get("/agenda/e.ics")

    calendar = icalendar.Calendar.from_ical(first.content)
    (entry,) = calendar.walk("VEVENT")

    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert first.content == again.content
    assert entry["UID"] == event.uid
    assert entry["SEQUENCE"] == 0
    assert entry["SUMMARY"] == "Débat ; eau, rivière"
    assert entry["DTSTART"].dt == SUNDAY
    assert entry["DTSTART"].params["TZID"] == "Europe/Paris"
    assert entry["DTSTAMP"].dt == event.changed_at.astimezone(UTC).replace(microsecond=0)
    assert entry["STATUS"] == "CONFIRMED"
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Paris"]
    assert b"ATTENDEE" not in first.content


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.TENTATIVE, "TENTATIVE"),
        (Status.CONFIRMED, "CONFIRMED"),
        (Status.PLACE_MOVED, "CONFIRMED"),
        (Status.MOVED_ONLINE, "CONFIRMED"),
        (Status.RESCHEDULED, "CONFIRMED"),
        (Status.POSTPONED, "CANCELLED"),
        (Status.CANCELLED, "CANCELLED"),
        (Status.FORBIDDEN, "CANCELLED"),
    ],
)
def test_the_agenda_calendar_keeps_every_event_with_its_status(client, make_event, status, said):
    make_event(slug="old", starts=timezone.now() - timedelta(days=40), status=status)
    make_event(slug="draft", published=False)

    calendar = icalendar.Calendar.from_ical(client.get("/agenda.ics").content)

    assert [str(entry["STATUS"]) for entry in calendar.walk("VEVENT")] == [said]
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=6)


def test_each_public_address_answers(client, make_event):
    make_event(slug="e")

    urls = list(queries.public_urls())

    assert {client.get(url).status_code for url in urls} == {200}
    assert "/en/agenda/e.ics" in urls
    assert len(urls) == len(set(urls)) == 10
