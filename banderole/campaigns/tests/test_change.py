from datetime import datetime, timedelta

import icalendar
import pytest
from django.utils import timezone

from banderole.campaigns.domain import mails
from banderole.campaigns.domain.change import change_event, undo_changes
from banderole.campaigns.enums import Status
from banderole.campaigns.models import Event, Notice, Slot
from banderole.campaigns.tests.conftest import PARIS, calendar_in

pytestmark = pytest.mark.django_db
CAMILLE = "camille@example.org"
SUNDAY = datetime(2035, 2, 18, 14, tzinfo=PARIS)
LATER = datetime(2035, 2, 18, 16, 30, tzinfo=PARIS)
NEW_PLACE = {"place_name": "Salle des Quatre-Vents", "address": "", "town": "Bayeux"}


def change(event, ada, **changes):
    return change_event(event, by=ada.account, now=timezone.now(), **changes)


def entry_of(client, event):
    calendar = icalendar.Calendar.from_ical(client.get(f"/agenda/{event.slug}.ics").content)
    return calendar.walk("VEVENT")[0]


def test_moving_the_hour_changes_page_calendar_and_tells_old_and_new_by_mail(visitor, make_event, ada):
    event = make_event(slug="e", starts=SUNDAY)
    Slot.objects.create(event=event, starts=SUNDAY + timedelta(hours=1), title="Ateliers")
    visitor.come(event, CAMILLE)

    change(event, ada, starts=LATER, note="La salle ouvre plus tard.")
    mail = visitor.mails(CAMILLE)[-1]
    page = visitor.client.get("/agenda/e/").content.decode().replace("\u00a0", " ")
    entry = entry_of(visitor.client, event)

    old, new = "dimanche 18 février 2035, 14 h – 18 h", "dimanche 18 février 2035, 16 h 30 – 20 h 30"
    assert f"<strong>Date changée.</strong> <s>{old}</s> → {new}. La salle ouvre plus tard." in page
    assert "Les personnes inscrites ont été prévenues le" in page
    assert "<time>17 h 30</time>" in page
    assert (entry["SEQUENCE"], entry["DTSTART"].dt) == (1, LATER)
    assert mail["Subject"] == "« Assemblée ouverte » a changé"
    text = mail.get_body(("plain",)).get_content().replace("\u00a0", " ")
    assert f"Avant : {old}" in text
    assert f"Maintenant : {new}" in text
    assert "La salle ouvre plus tard." in text
    method, told = calendar_in(mail)
    assert (method, told["UID"], told["SEQUENCE"], told["DTSTART"].dt) == ("REQUEST", event.uid, 1, LATER)


@pytest.mark.parametrize(
    ("changes", "status", "schema"),
    [
        ({"starts": LATER}, Status.RESCHEDULED, "EventRescheduled"),
        ({"place": NEW_PLACE}, Status.PLACE_MOVED, "EventScheduled"),
        (
            {
                "place": {
                    "place_name": "",
                    "address": "",
                    "town": "",
                    "online_url": "https://visio.example.org/x",
                }
            },
            Status.MOVED_ONLINE,
            "EventMovedOnline",
        ),
        ({"status": Status.POSTPONED}, Status.POSTPONED, "EventPostponed"),
        ({"status": Status.CANCELLED}, Status.CANCELLED, "EventCancelled"),
        ({"status": Status.FORBIDDEN}, Status.FORBIDDEN, "EventCancelled"),
    ],
)
def test_each_change_has_its_status_and_one_step_of_the_sequence(
    client, make_event, ada, changes, status, schema
):
    event = make_event(slug="e", starts=SUNDAY)

    changed = change(event, ada, **changes)

    assert (changed.status, changed.sequence) == (status, 1)
    assert changed.changes.count() == 1
    assert f"https://schema.org/{schema}" in client.get("/agenda/e/").content.decode()


def test_a_postponed_event_with_a_new_date_takes_place_again(make_event, ada):
    event = change(make_event(starts=SUNDAY), ada, status=Status.POSTPONED)

    event = change(event, ada, starts=LATER)

    assert (event.status, event.sequence) == (Status.RESCHEDULED, 2)


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.FORBIDDEN])
def test_calling_off_strikes_it_out_of_calendars_and_says_so(visitor, make_event, ada, status):
    event = make_event(slug="e")
    visitor.come(event, CAMILLE)

    change(event, ada, status=status)
    mail = visitor.mails(CAMILLE)[-1]

    method, told = calendar_in(mail)
    assert (method, told["STATUS"], told["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert mail["Subject"] == f"« Assemblée ouverte » : {status.label}"
    assert entry_of(visitor.client, event)["STATUS"] == "CANCELLED"


def test_nothing_changed_is_no_change(make_event, ada):
    event = make_event(starts=SUNDAY)

    same = change(event, ada, starts=SUNDAY, place={"town": "Bayeux"}, status=Status.CONFIRMED)

    assert (same.sequence, same.changes.count(), Notice.objects.count()) == (0, 0, 0)


def test_several_changes_make_one_mail_that_tells_the_first_old_and_the_last_new(
    visitor, make_event, ada, settings
):
    settings.NOTICE_DELAY = 600
    event = make_event(slug="e", starts=SUNDAY)
    visitor.come(event, CAMILLE)

    change(event, ada, starts=LATER)
    change(event, ada, starts=LATER + timedelta(days=1))
    change(event, ada, place=NEW_PLACE)
    held = len(visitor.mails(CAMILLE))
    Notice.objects.update(due_at=timezone.now())
    mail = visitor.mails(CAMILLE)[-1]

    text = mail.get_body(("plain",)).get_content().replace("\u00a0", " ")
    assert (held, len(visitor.mails(CAMILLE))) == (2, 3)
    assert text.count("Avant :") == 2
    assert "Avant : dimanche 18 février 2035, 14 h – 18 h" in text
    assert "Maintenant : lundi 19 février 2035, 16 h 30 – 20 h 30" in text
    assert "Avant : Salle Jean-Vilar, 3 rue du Moulin, Bayeux" in text
    assert calendar_in(mail)[1]["SEQUENCE"] == 3
    assert event.changes.count() == 3


def test_moving_there_and_back_writes_to_nobody(visitor, make_event, ada):
    event = make_event(slug="e", starts=SUNDAY)
    visitor.come(event, CAMILLE)

    change(event, ada, starts=LATER)
    change(event, ada, starts=SUNDAY)

    assert len(visitor.mails(CAMILLE)) == 2
    assert not event.changes.exclude(noticed_at=None).exists()


def test_changes_can_be_undone_while_the_notice_is_held(visitor, make_event, ada, settings):
    settings.NOTICE_DELAY = 600
    event = make_event(slug="e", starts=SUNDAY)
    slot = Slot.objects.create(event=event, starts=SUNDAY, title="Accueil")
    visitor.come(event, CAMILLE)
    change(event, ada, starts=LATER, place=NEW_PLACE, status=Status.TENTATIVE)

    assert undo_changes(event, by=ada.account)

    back = Event.objects.get(pk=event.pk)
    slot.refresh_from_db()
    assert (back.starts, back.place, back.status, slot.starts) == (SUNDAY, event.place, event.status, SUNDAY)
    assert back.sequence == 2
    assert (back.changes.count(), Notice.objects.count()) == (0, 0)
    assert len(visitor.mails(CAMILLE)) == 2


def test_a_notice_that_was_sent_cannot_be_undone(visitor, make_event, ada):
    event = make_event(slug="e", starts=SUNDAY)
    visitor.come(event, CAMILLE)
    change(event, ada, starts=LATER)
    visitor.mails(CAMILLE)

    assert not undo_changes(event, by=ada.account)
    assert Event.objects.get(pk=event.pk).starts == LATER


def test_a_notice_goes_to_the_queue_too_and_not_to_who_cancelled_or_never_confirmed(visitor, make_event, ada):
    event = make_event(slug="e", starts=SUNDAY, capacity=1)
    visitor.come(event, CAMILLE)
    visitor.come(event, "queue@example.org")
    visitor.come(event, "off@example.org")
    visitor.cancel("off@example.org")
    visitor.ask(event, "asked@example.org")
    visitor.mails(CAMILLE)

    change(event, ada, place=NEW_PLACE)

    told = {
        address
        for address in [CAMILLE, "queue@example.org", "off@example.org", "asked@example.org"]
        if visitor.mails(address)[-1]["Subject"] == "« Assemblée ouverte » a changé"
    }
    assert told == {CAMILLE, "queue@example.org"}


def test_a_notice_is_sent_once_however_often_the_worker_looks(visitor, make_event, ada):
    event = make_event(slug="e", starts=SUNDAY)
    visitor.come(event, CAMILLE)
    change(event, ada, starts=LATER)

    assert [mails.send_notices() for _look in range(3)] == [1, 0, 0]
    assert len(visitor.mails(CAMILLE)) == 3


def test_changing_a_draft_tells_nobody(make_event, ada):
    event = change(make_event(published=False, starts=SUNDAY), ada, starts=LATER)

    assert (event.changes.count(), Notice.objects.count(), event.sequence) == (0, 0, 1)
