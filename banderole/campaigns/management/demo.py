"""The campaigns and events of the demo: the same ones every time, dates relative to the day they are made."""

from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from wagtail.models import Locale

from banderole.accounts.logins import keyring_for
from banderole.accounts.models import Account
from banderole.campaigns.domain import forgetting
from banderole.campaigns.domain.change import change_event
from banderole.campaigns.domain.participation import wording_text
from banderole.campaigns.enums import State, Status, UpdateKind
from banderole.campaigns.management import demo_texts as texts
from banderole.campaigns.management.drawings import draw_river
from banderole.campaigns.models import (
    CampaignIndexPage,
    CampaignPage,
    Event,
    EventPartner,
    Participation,
    Partner,
    Slot,
    Update,
)
from banderole.people.domain import consents, dossiers, duties
from banderole.people.enums import Purpose, Right
from banderole.people.management import demo as people_demo
from banderole.people.models import Group, Person
from banderole.publishing.models import SiteImage, SitePage
from banderole.publishing.queries import home_in

PARIS = ZoneInfo("Europe/Paris")
SATURDAY, SUNDAY, TUESDAY, THURSDAY = 5, 6, 1, 3


def build(today: date) -> None:
    if Event.objects.exists():
        return
    with transaction.atomic():
        campaigns = _make_campaigns(today)
        _make_coming_events(today, campaigns)
        _make_past_events(today, campaigns)
    forgetting.forget_names()


def _make_campaigns(today: date) -> dict[str, CampaignPage]:
    french = _make_index("fr", SitePage.objects.get(locale__language_code="fr"))
    pages = {
        text.slug: _make_campaign(french, text, number, today) for number, text in enumerate(texts.CAMPAIGNS)
    }
    if english_home := home_in("en"):
        english = _make_index("en", english_home, of=french)
        for page in pages.values():
            _translate(page, english)
    return pages


def _make_index(language: str, home: SitePage, *, of: CampaignIndexPage | None = None) -> CampaignIndexPage:
    title, slug, lead = texts.INDEX[language]
    locale = Locale.objects.get(language_code=language)
    index = CampaignIndexPage(title=title, slug=slug, lead=lead, locale=locale, show_in_menus=True)
    if of:
        index.translation_key = of.translation_key
    home.add_child(instance=index)
    return index


def _make_campaign(
    index: CampaignIndexPage, text: texts.CampaignText, number: int, today: date
) -> CampaignPage:
    cover = SiteImage.objects.create(
        title=text.title, file=draw_river(number), description="Une rivière entre des collines, dessinée."
    )
    page = CampaignPage(
        title=text.title, slug=text.slug, lead=text.lead, story=text.story, cover=cover, locale=index.locale,
        starts=today - timedelta(days=text.began_days_ago), goal_label=text.goal_label, goal_unit=text.goal_unit,
        goal_current=text.goal_current, goal_target=text.goal_target,
    )  # fmt: skip
    index.add_child(instance=page)
    for days, kind, title, words in text.updates:
        at = _at(today - timedelta(days=days), 18)
        Update.objects.create(campaign=page, at=at, kind=UpdateKind(kind), title=title, text=words)
    return page


def _translate(page: CampaignPage, index: CampaignIndexPage) -> None:
    title, lead, story, label, unit = texts.ENGLISH[page.slug]
    index.add_child(
        instance=CampaignPage(
            title=title, slug=page.slug, lead=lead, story=[("text", story)], cover=page.cover, locale=index.locale,
            translation_key=page.translation_key, starts=page.starts, goal_label=label, goal_unit=unit,
            goal_current=page.goal_current, goal_target=page.goal_target,
        )
    )  # fmt: skip


def _make_coming_events(today: date, campaigns: dict[str, CampaignPage]) -> None:
    nadia = Account.objects.get(login="nadia")
    assembly = _make_event(texts.ASSEMBLY, _on(today, SUNDAY, 3), 14, 18, campaigns)
    _make_programme(assembly)
    _come(assembly, range(26), today=today)
    _change(assembly, by=nadia, at=_at(today - timedelta(days=2), 21), place={
        "place_name": "Salle des Quatre-Vents", "address": "3 rue du Moulin",
    }, note="La nouvelle salle est à 400 mètres.")  # fmt: skip
    _let_host("leo", assembly, by=nadia)

    workshop = _make_event(texts.WORKSHOP, _on(today, THURSDAY, 1), 19, 21, campaigns)
    _come(workshop, range(26, 40), today=today, guests=0)

    walk = _make_event(texts.WALK, _on(today, SATURDAY, 2), 9, 17, campaigns)
    _come(walk, range(4, 18), today=today)
    moved = walk.starts + timedelta(days=7, minutes=30)
    _change(walk, by=nadia, at=_at(today - timedelta(days=5), 12), starts=moved, note="Le chemin est inondé.")

    samples = _make_event(texts.SAMPLES, _on(today, SATURDAY, 1), 10, 12, campaigns)
    _come(samples, range(30, 36), today=today)

    rally = _make_event(texts.RALLY, _on(today, SATURDAY, 4), 15, 16, campaigns)
    _come(rally, range(8), today=today)
    _change(rally, by=nadia, at=_at(today - timedelta(days=1), 19), status=Status.FORBIDDEN,
            note="Arrêté reçu la veille ; nous en demandons les raisons.")  # fmt: skip

    online = _make_event(texts.ONLINE, _on(today, TUESDAY, 2), 18, 19, campaigns)
    _come(online, range(10, 15), today=today, guests=0)


def _make_past_events(today: date, campaigns: dict[str, CampaignPage]) -> None:
    talk = _make_event(texts.TALK, _on(today, THURSDAY, -3), 20, 22, campaigns)
    _come(talk, range(3, 30), today=today)
    Event.objects.filter(pk=talk.pk).update(head_count=74)
    Update.objects.create(
        event=talk, kind=UpdateKind.REPORT, at=talk.ends + timedelta(days=2), title="Compte rendu de la conférence",
        text="Soixante-quatorze personnes, deux heures de questions, et une réponse : l’eau est à qui s’en occupe.",
    )  # fmt: skip
    market = _make_event(texts.MARKET, _on(today, SUNDAY, -7), 9, 13, campaigns)
    _come(market, range(6), today=today, guests=0)
    Event.objects.filter(pk=market.pk).update(head_count=9)


def _make_event(
    text: texts.EventText, day: date, starts: int, ends: int, campaigns: dict[str, CampaignPage]
) -> Event:
    made_at = _at(day - timedelta(days=50), 10)
    event: Event = Event.objects.create(
        uid=str(uuid5(NAMESPACE_URL, f"https://riverains-de-l-aure.example.org/{text.slug}")),
        slug=text.slug, title=text.title, summary=text.summary, description=text.description,
        group=Group.objects.get(name=text.group), campaign=campaigns.get(text.campaign),
        starts=_at(day, starts), ends=_at(day, ends), place_name=text.place, address=text.address, town=text.town,
        accessibility=text.accessibility, online_url=text.online_url, capacity=text.capacity,
        published=True, made_at=made_at,
    )  # fmt: skip
    Event.objects.filter(pk=event.pk).update(changed_at=made_at)
    return event


def _make_programme(event: Event) -> None:
    for minutes, title, speakers, place in texts.PROGRAMME:
        starts = event.starts + timedelta(minutes=minutes)
        Slot.objects.create(event=event, starts=starts, title=title, speakers=speakers, place=place)
    for name, url in texts.PARTNERS:
        partner, _made = Partner.objects.get_or_create(name=name, defaults={"url": url})
        EventPartner.objects.create(event=event, partner=partner)


def _come(event: Event, numbers: range, *, today: date, guests: int = 3) -> None:
    """Let the demo's persons with these numbers come; who finds no seat waits in the queue."""
    persons = list(Person.objects.order_by("pk")[: len(people_demo.FIRST) * 2])
    taken = 0
    for place, number in enumerate(number for number in numbers if number < len(persons)):
        brought = (number % (guests + 1)) // 2 if guests else 0
        at = min(event.starts, _at(today, 9)) - timedelta(days=9, hours=-place)
        fits = event.capacity is None or taken + 1 + brought <= event.capacity
        taken += 1 + brought if fits else 0
        state = State.CONFIRMED if fits else State.QUEUED
        _make_participation(event, persons[number], number, state=state, guests=brought, at=at)


def _make_participation(
    event: Event, person: Person, number: int, *, state: State, guests: int, at: datetime
) -> None:
    Participation.objects.create(
        event=event, person=person, state=state, told=state, guests=guests, made_at=at, confirmed_at=at
    )
    name = people_demo.FIRST[number % len(people_demo.FIRST)]
    dossiers.write(person, {"name": name}, scope=event.scope)
    with translation.override(person.locale):
        wording = consents.wording(Purpose.EVENT, locale=person.locale, text=wording_text(event))
    consents.give(person, Purpose.EVENT, subject=event.scope, wording=wording, channel="demo", at=at)


def _change(event: Event, *, by: Account, at: datetime, **changes: object) -> None:
    """Change the event as if days ago; those who come were told then, so the demo writes to nobody now."""
    changed = change_event(event, by=by, now=at, **changes)  # type: ignore[arg-type]  # passed on as given
    told_at = at + timedelta(seconds=settings.NOTICE_DELAY)
    changed.notices.update(sent_at=told_at)
    changed.changes.update(noticed_at=told_at)
    Event.objects.filter(pk=event.pk).update(changed_at=at)


def _let_host(login: str, event: Event, *, by: Account) -> None:
    keys = keyring_for(by, people_demo.PASSPHRASE)
    duties.grant_duty(Account.objects.get(login=login), Right.HOST, event=event.uid, by=by, keys=keys)


def _on(today: date, weekday: int, weeks: int) -> date:
    """The weekday in so many weeks: 1 is in two to eight days, -1 in the week before."""
    first = today + timedelta(days=2)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (weeks - 1))


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)), PARIS)
