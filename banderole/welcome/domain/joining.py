"""From the join form to a newcomer whom somebody will call.

The worker opens the form and asks for a confirmation; the confirmation names a welcomer and sets the first
date. Nothing is told to the group before the person confirmed. What the person wrote goes into the dossier of
the group and nowhere else.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from banderole.accounts.models import Account
from banderole.common import links
from banderole.people import queries as people
from banderole.people.domain import consents, dossiers, mails, notes, persons
from banderole.people.enums import Level, Purpose
from banderole.people.models import Contact, Group, Membership, Person
from banderole.welcome.domain.paths import first_step, path_for
from banderole.welcome.enums import State
from banderole.welcome.models import Enrolment, FollowUp
from banderole.welcome.queries import may_welcome_in

CONFIRM_WITHIN = timedelta(days=7)
DETAILS = ("name", "phone", "postcode", "sentence")


def wording_text(locale: str) -> str:
    """What a person says yes to by sending the form, word for word."""
    with override(locale):
        return _(
            "I agree that the group nearest to me keeps what I write here and gets in touch with me. "
            "I can say stop at any time; then it is deleted."
        )


@transaction.atomic
def open_join(fields: Mapping[str, str], received: datetime) -> None:
    """Make the newcomer who wrote this form, and the mail that asks them to confirm (worker only).

    Somebody who is on the way already gets a mail that says so; their new words become a note.
    """
    locale = fields["locale"]
    contact = persons.contact_for(persons.normalise(fields["email"]), locale=locale)
    current = _current_enrolment(contact.person)
    if current and current.state == State.OPEN:
        _note_second_form(current, fields)
        _write(contact, "known", current, received)
        return
    group = people.nearest_group(fields.get("postcode", ""))
    enrolment = current or Enrolment(person=contact.person, made_at=received)
    enrolment.group = group
    enrolment.path = path_for(group)
    enrolment.step = first_step(enrolment.path)
    enrolment.wording = consents.wording(Purpose.WELCOME, locale=locale, text=fields["wording"])
    enrolment.save()
    dossiers.make_scope(enrolment.scope, readers=["association"])
    dossiers.write(contact.person, _details(fields), scope=enrolment.scope)
    _write(contact, "confirm", enrolment, received)


def confirm(enrolment_id: int, contact_id: int, *, now: datetime) -> Enrolment:
    """Let the group welcome the person: consent, membership, a welcomer, a first date. Twice is once.

    Raises Enrolment.DoesNotExist where the newcomer is gone.
    """
    contact = Contact.objects.select_related("person").get(pk=contact_id)
    with transaction.atomic():
        moved = Enrolment.objects.filter(pk=enrolment_id, person=contact.person, state=State.WAITING).update(
            state=State.OPEN, confirmed_at=now
        )
        enrolment = Enrolment.objects.select_related("person", "step", "group", "wording").get(
            pk=enrolment_id, person=contact.person
        )
        if not moved:
            return enrolment
        persons.verify(contact)
        consents.give(
            enrolment.person,
            Purpose.WELCOME,
            subject=enrolment.scope if enrolment.group_id else "",
            wording=enrolment.wording,
            channel="form",
            at=now,
        )
        _belong(enrolment.person, enrolment.group)
        enrolment.welcomer = name_welcomer(enrolment.group)
        enrolment.save(update_fields=["welcomer"])
        FollowUp.objects.create(
            enrolment=enrolment,
            assignee=enrolment.welcomer,
            kind=enrolment.step.kind,
            made_at=now,
            due_at=now + timedelta(hours=enrolment.step.due_after_hours),
        )
        _tell_welcomer(enrolment)
    return enrolment


def name_welcomer(group: Group | None) -> Account | None:
    """Who welcomes in this group and owes the fewest newcomers a word; else a coordinator."""
    able = may_welcome_in(group)
    return able[0] if able else None


def forget_unconfirmed(now: datetime | None = None) -> int:
    """Delete what people wrote who did not confirm in time; return how many."""
    late = Enrolment.objects.filter(
        state=State.WAITING, made_at__lt=(now or timezone.now()) - CONFIRM_WITHIN
    ).select_related("person")
    for enrolment in late:
        with transaction.atomic():
            dossiers.forget(enrolment.scope, persons=[enrolment.person])
            enrolment.delete()
    return len(late)


def _current_enrolment(person: Person) -> Enrolment | None:
    return Enrolment.objects.filter(person=person, state__in=[State.WAITING, State.OPEN]).first()


def _details(fields: Mapping[str, str]) -> dict[str, str]:
    """What the group reads; the address is there so that the welcomer can write."""
    told = {key: fields[key] for key in DETAILS if fields.get(key)}
    return {**told, "email": fields["email"]}


def _note_second_form(enrolment: Enrolment, fields: Mapping[str, str]) -> None:
    """Keep a form that nobody confirmed beside the dossier: it must not replace what was confirmed."""
    words = " · ".join(fields[key] for key in DETAILS if fields.get(key))
    notes.write_note(enrolment.person, words, by=None, scope=enrolment.scope)


def _belong(person: Person, group: Group | None) -> None:
    if group is None:
        return
    Membership.objects.get_or_create(
        person=person, group=group, until=None, defaults={"level": Level.FOLLOWER}
    )
    if person.group_id is None:
        person.group = group
        person.save(update_fields=["group"])


def _write(contact: Contact, template: str, enrolment: Enrolment, received: datetime) -> None:
    """At most one such mail an hour, however often the form is sent."""
    token = links.make("join", enrolment.pk, contact.pk)
    with override(contact.person.locale):
        path = reverse("welcome:confirm", args=[token])
    mails.write_mail(
        contact,
        f"welcome/emails/{template}",
        {"confirm_url": settings.PUBLIC_URL + path, "group": enrolment.group},
        name=f"join-{template}-{enrolment.pk}-{received:%Y%m%d%H}",
    )


def _tell_welcomer(enrolment: Enrolment) -> None:
    """A mail without any name, where the welcomer's account belongs to a person with an address."""
    person = getattr(enrolment.welcomer, "person", None)
    contact = person.contacts.exclude(verified_at=None).order_by("pk").first() if person else None
    if contact:
        mails.write_mail(
            contact,
            "welcome/emails/newcomer",
            {
                "group": enrolment.group,
                "url": settings.PUBLIC_URL + reverse("newcomers:list"),
                "hours": enrolment.step.due_after_hours,
            },
            name=f"newcomer-{enrolment.pk}",
        )
