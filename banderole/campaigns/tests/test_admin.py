"""Editors write events in Wagtail; what they change is told as if the host had changed it."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import Group as PermissionGroup
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from banderole.accounts.models import Account
from banderole.campaigns.enums import State
from banderole.campaigns.models import Event, EventPartner, Partner, Slot
from banderole.campaigns.tests.conftest import PARIS

pytestmark = pytest.mark.django_db
SUNDAY = datetime(2035, 2, 18, 14, tzinfo=PARIS)


@pytest.fixture
def editor(client):
    ines = Account.objects.create(login="ines")
    ines.groups.add(PermissionGroup.objects.get(name="editors"))
    client.force_login(ines)
    return client


def local(moment):
    return f"{moment.astimezone(PARIS):%Y-%m-%d %H:%M}"


def filled(group, *, slots=(), partners=(), slot_rows=0, partner_rows=0, **fields):
    facts = {
        "title": "Assemblée ouverte",
        "slug": "assemblee",
        "summary": "On décide.",
        "starts": local(SUNDAY),
        "ends": local(SUNDAY + timedelta(hours=4)),
        "time_zone": "Europe/Paris",
        "place_name": "Salle Jean-Vilar",
        "address": "",
        "town": "Bayeux",
        "accessibility": "",
        "online_url": "",
        "description": rich_text("<p>Venez.</p>"),
        "group": group.pk,
        "campaign": "",
        "capacity": "",
        "language": "fr",
        "status": "confirmed",
        "published": "on",
        "slots": inline_formset(slots, initial=slot_rows),
        "event_partners": inline_formset(partners, initial=partner_rows),
        "updates": inline_formset([]),
    }
    return nested_form_data({**facts, **fields})


def test_an_editor_makes_an_event_with_programme_and_partner_and_it_is_public(editor, bayeux):
    partner = Partner.objects.create(name="Eau Commune")
    slot = {"starts": local(SUNDAY), "title": "Accueil", "speakers": "", "place": ""}

    answer = editor.post(
        reverse(Event.snippet_viewset.get_url_name("add")),
        filled(bayeux, slots=[slot], partners=[{"partner": partner.pk}]),
    )

    assert answer.status_code == 302
    page = editor.get("/agenda/assemblee/").content.decode()
    assert "Accueil" in page
    assert "Eau Commune" in page


def test_moving_a_published_event_in_wagtail_is_a_change_with_its_notice(editor, visitor, make_event, bayeux):
    event = make_event(slug="assemblee", starts=SUNDAY, address="", summary="On décide.")
    visitor.come(event, "camille@example.org")

    answer = editor.post(
        reverse(Event.snippet_viewset.get_url_name("edit"), args=[event.pk]),
        filled(bayeux, starts=local(SUNDAY + timedelta(hours=1)), ends=local(SUNDAY + timedelta(hours=5))),
    )

    assert answer.status_code == 302
    event.refresh_from_db()
    assert (event.starts, event.status, event.sequence) == (SUNDAY + timedelta(hours=1), "rescheduled", 1)
    assert [change.what for change in event.changes.all()] == ["starts"]
    assert visitor.mails("camille@example.org")[-1]["Subject"] == "« Assemblée ouverte » a changé"


def test_more_seats_let_the_queue_in(editor, visitor, make_event, bayeux):
    event = make_event(slug="assemblee", starts=SUNDAY, address="", capacity=0)
    visitor.come(event, "camille@example.org")

    editor.post(
        reverse(Event.snippet_viewset.get_url_name("edit"), args=[event.pk]), filled(bayeux, capacity=5)
    )

    assert event.participations.get().state == State.CONFIRMED
    assert event.changes.count() == 0
    assert len(visitor.mails("camille@example.org")) == 3


def test_correcting_a_title_is_no_change_to_tell(editor, make_event, bayeux):
    event = make_event(slug="assemblee", starts=SUNDAY, address="")

    editor.post(
        reverse(Event.snippet_viewset.get_url_name("edit"), args=[event.pk]),
        filled(bayeux, title="Assemblée"),
    )

    event.refresh_from_db()
    assert (event.title, event.sequence, event.changes.count()) == ("Assemblée", 0, 0)


def test_an_event_that_ends_before_it_begins_is_shown_again(editor, bayeux):
    answer = editor.post(
        reverse(Event.snippet_viewset.get_url_name("add")),
        filled(bayeux, ends=local(SUNDAY - timedelta(hours=1))),
    )

    assert answer.status_code == 200
    assert "La fin vient avant le début" in answer.content.decode()
    assert not Event.objects.exists()


def test_nothing_of_who_comes_is_to_be_seen_in_wagtail(editor, visitor, make_event):
    event = make_event(starts=timezone.now() + timedelta(days=3))
    visitor.come(event, "camille@example.org", name="Quincampoix")

    for view, args in [("list", []), ("edit", [event.pk]), ("history", [event.pk])]:
        page = editor.get(reverse(Event.snippet_viewset.get_url_name(view), args=args))
        assert page.status_code == 200
        assert "Quincampoix" not in page.content.decode()


def test_slots_and_partners_are_gone_with_their_event(make_event):
    event = make_event()
    Slot.objects.create(event=event, starts=event.starts, title="Accueil")
    EventPartner.objects.create(event=event, partner=Partner.objects.create(name="Le Gué"))

    event.delete()

    assert (Slot.objects.count(), EventPartner.objects.count(), Partner.objects.count()) == (0, 0, 1)
