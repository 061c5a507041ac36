import re
from datetime import timedelta

import pytest
from django.utils import timezone

from banderole.campaigns.models import Event, Notice
from banderole.people.domain import duties, erase
from banderole.people.domain import rights as my_rights
from banderole.people.enums import Purpose, Right
from banderole.people.models import Person, Record
from banderole.people.tests.conftest import Member

pytestmark = pytest.mark.django_db
CAMILLE, DENIS = "camille@example.org", "denis@example.org"


@pytest.fixture
def leo(ada, make_event):
    """He hosts the event `assemblee`, and has no other duty."""
    event = make_event(slug="assemblee", capacity=3)
    leo = Member("leo")
    duties.grant_duty(leo.account, Right.HOST, event=event.uid, by=ada.account, keys=ada.keys)
    leo.event = event
    return leo


def text_of(answer):
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def guests_on(page):
    return re.findall(r'<li><div class="waits__who"><b>(.*?)</b><span>(.*?)</span>', page)


def changed(event, **fields):
    starts = timezone.localtime(event.starts, event.zone)
    given = {"starts": f"{starts:%Y-%m-%dT%H:%M}", "note": "", "status": "takes_place"}
    given |= {name: getattr(event, name) for name in ("place_name", "address", "town", "online_url")}
    return given | fields


def test_the_host_sees_names_seats_and_the_queue_and_that_is_on_record(visitor, leo):
    visitor.come(leo.event, CAMILLE, name="Camille", seats=2)
    visitor.come(leo.event, DENIS, name="<b>Denis</b>", seats=2)

    browser = leo.sign_in()
    listed = text_of(browser.get("/espace/rendez-vous/"))
    page = text_of(browser.get(f"/espace/rendez-vous/{leo.event.uid}/"))

    assert f"/espace/rendez-vous/{leo.event.uid}/" in listed
    assert guests_on(page) == [
        ("Camille", "2 personnes"), ("&lt;b&gt;Denis&lt;/b&gt;", "en file d’attente · 2 personnes"),
    ]  # fmt: skip
    assert "example.org" not in page
    last = Record.objects.filter(verb="read").last()
    assert (last.who, last.count) == ("leo", 2)
    assert last.subject.startswith(leo.event.scope)


def test_who_welcomes_in_the_group_sees_the_names_and_cannot_change_the_event(visitor, leo, bruno):
    visitor.come(leo.event, CAMILLE, name="Camille")
    browser = bruno.sign_in()

    page = text_of(browser.get(f"/espace/rendez-vous/{leo.event.uid}/"))

    assert guests_on(page) == [("Camille", "1 personne")]
    assert "/changer/" not in page
    assert browser.get(f"/espace/rendez-vous/{leo.event.uid}/changer/").status_code in {403, 404}


def test_a_host_sees_nothing_of_another_event(leo, make_event):
    other = make_event(slug="autre")
    browser = leo.sign_in()

    assert "autre" not in text_of(browser.get("/espace/rendez-vous/"))
    for path in ["", "changer/"]:
        assert browser.get(f"/espace/rendez-vous/{other.uid}/{path}").status_code == 404
    for path in ["reprendre/", "venus/"]:
        assert browser.post(f"/espace/rendez-vous/{other.uid}/{path}").status_code == 404


def test_strangers_log_in_first_and_who_has_no_duty_gets_no_further(client, leo, eve):
    path = f"/espace/rendez-vous/{leo.event.uid}/"

    assert client.get(path)["Location"] == f"/espace/entrer/?next={path}"
    assert eve.sign_in().get(path).status_code == 403


def test_who_coordinates_sees_every_event(leo, ada):
    browser = ada.sign_in()

    assert "Assemblée ouverte" in text_of(browser.get("/espace/rendez-vous/"))
    assert "Prochains rendez-vous" in text_of(browser.get("/espace/"))


def test_the_host_moves_the_hour_and_page_calendar_and_mail_say_old_and_new(visitor, leo):
    visitor.come(leo.event, CAMILLE)
    browser, path = leo.sign_in(), f"/espace/rendez-vous/{leo.event.uid}/"
    form = text_of(browser.get(path + "changer/"))
    starts = timezone.localtime(leo.event.starts, leo.event.zone) + timedelta(hours=2)

    answer = browser.post(
        path + "changer/", changed(leo.event, starts=f"{starts:%Y-%m-%dT%H:%M}"), follow=True
    )

    assert "Un courriel part vers 1 personne inscrite ou en attente." in form
    assert "La page et les calendriers le disent maintenant." in text_of(answer)
    assert "16 h – 20 h" in text_of(visitor.client.get("/agenda/assemblee/"))
    assert b"SEQUENCE:1" in visitor.client.get("/agenda/assemblee.ics").content
    assert visitor.mails(CAMILLE)[-1]["Subject"] == "« Assemblée ouverte » a changé"
    assert Record.objects.filter(verb="changed event", who="leo").count() == 1


def test_the_host_takes_a_change_back_within_the_hold(visitor, leo, settings):
    settings.NOTICE_DELAY = 600
    visitor.come(leo.event, CAMILLE)
    browser, path = leo.sign_in(), f"/espace/rendez-vous/{leo.event.uid}/"
    held = text_of(browser.post(path + "changer/", changed(leo.event, status="cancelled"), follow=True))

    back = text_of(browser.post(path + "reprendre/", follow=True))

    assert "Un courriel aux personnes inscrites part à" in held
    assert "Tout est comme avant. Personne n’a reçu de courriel." in back
    assert Event.objects.get().status == "confirmed"
    assert Notice.objects.count() == 0


def test_a_change_that_changes_nothing_says_so(leo):
    browser = leo.sign_in()
    answer = browser.post(f"/espace/rendez-vous/{leo.event.uid}/changer/", changed(leo.event), follow=True)

    assert "Rien n’a changé." in text_of(answer)
    assert Event.objects.get().sequence == 0


def test_a_wrong_date_is_said_beside_its_field(leo):
    browser = leo.sign_in()
    answer = browser.post(
        f"/espace/rendez-vous/{leo.event.uid}/changer/", changed(leo.event, starts="demain")
    )

    assert 'class="field__error"' in text_of(answer)


def test_the_head_count_is_noted_once_it_has_begun_and_stands_on_the_page(visitor, leo):
    browser, path = leo.sign_in(), f"/espace/rendez-vous/{leo.event.uid}/venus/"
    early = browser.post(path, {"head_count": 5}).status_code
    Event.objects.update(starts=timezone.now() - timedelta(hours=5), ends=timezone.now() - timedelta(hours=1))

    browser.post(path, {"head_count": 54})

    assert early == 404
    assert "54 personnes étaient là." in text_of(visitor.client.get("/agenda/assemblee/"))


def test_who_withdraws_the_consent_elsewhere_gives_the_place_back(visitor, leo):
    visitor.come(leo.event, CAMILLE, seats=3)
    visitor.come(leo.event, DENIS)

    my_rights.withdraw(
        Person.objects.order_by("pk").first(), Purpose.EVENT, leo.event.scope, at=timezone.now()
    )

    assert list(leo.event.participations.order_by("pk").values_list("state", flat=True)) == [
        "cancelled", "confirmed",
    ]  # fmt: skip


def test_who_is_erased_gives_the_place_back(visitor, leo):
    visitor.come(leo.event, CAMILLE, seats=3)
    visitor.come(leo.event, DENIS)

    erase.erase(Person.objects.order_by("pk").first(), by=None)

    assert list(leo.event.participations.order_by("pk").values_list("state", flat=True)) == [
        "cancelled", "confirmed",
    ]  # fmt: skip
    assert len(guests_on(text_of(leo.sign_in().get(f"/espace/rendez-vous/{leo.event.uid}/")))) == 1


@pytest.mark.parametrize(
    ("before", "said", "after"),
    [
        ("confirmed", "postponed", "postponed"),
        ("rescheduled", "takes_place", "rescheduled"),
        ("forbidden", "forbidden", "forbidden"),
        ("forbidden", "takes_place", "confirmed"),
        ("tentative", "takes_place", "confirmed"),
        ("place_moved", "cancelled", "cancelled"),
    ],
)
def test_the_host_says_whether_it_takes_place(leo, before, said, after):
    Event.objects.update(status=before)

    leo.sign_in().post(f"/espace/rendez-vous/{leo.event.uid}/changer/", changed(leo.event, status=said))

    assert Event.objects.get().status == after
