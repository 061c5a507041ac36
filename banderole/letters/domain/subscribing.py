"""From an address in a public form to a consent with its wording: asked for, confirmed, recorded.

Decides when an address may be written to before anybody confirmed it. The answer page is the same for all.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from banderole.common import links
from banderole.letters.models import Newsletter, SubscriptionRequest, Suppression
from banderole.letters.queries import consent_wording
from banderole.people.domain import consents, persons
from banderole.people.domain.mails import write_mail
from banderole.people.enums import Purpose
from banderole.people.models import Contact, Wording
from banderole.people.queries import may_receive
from banderole.people.registry import Fields

LINK_LASTS = timedelta(days=7)
MOST_UNANSWERED = 3  # mails to an address that nobody confirmed; then it is left alone for good


def open_subscription(fields: Fields, received: datetime) -> None:
    """Write one mail to the address: confirm, or "you are subscribed already" (worker only)."""
    language = fields["locale"]
    contact = persons.contact_for(persons.normalise(fields["address"]), locale=language)
    newsletters = list(Newsletter.objects.filter(slug__in=fields["newsletters"].split()))
    if not newsletters or Suppression.objects.filter(address_index=contact.blind_index).exists():
        return
    day = timezone.localdate(received)
    if contact.verified_at and all(_is_subscribed(contact, newsletter) for newsletter in newsletters):
        _say_so_already(contact, newsletters, on=day)
    elif _may_ask(contact, on=day):
        _ask(contact, newsletters, on=day, asked_in=language)


@transaction.atomic
def confirm_subscription(token: str, *, at: datetime) -> list[Newsletter]:
    """Record the yes to each newsletter that the link names; saying it twice changes nothing.

    Raises links.LinkError where the link is too old, or its person is gone.
    """
    contact, choices = _choices(token)
    for newsletter, wording in choices:
        if not _is_subscribed(contact, newsletter):
            consents.give(
                contact.person,
                Purpose.NEWSLETTER,
                subject=newsletter.consent_subject,
                wording=wording,
                channel="form",
                at=at,
            )
    persons.verify(contact)
    SubscriptionRequest.objects.filter(contact=contact).update(times=0)
    return [newsletter for newsletter, _wording in choices]


def newsletters_of(token: str) -> list[Newsletter]:
    """What a link confirms; raises links.LinkError."""
    return [newsletter for newsletter, _wording in _choices(token)[1]]


def _choices(token: str) -> tuple[Contact, list[tuple[Newsletter, Wording]]]:
    contact_id, *pairs = links.read("subscribe", token, within=LINK_LASTS)
    contact = Contact.objects.select_related("person").filter(pk=int(contact_id)).first()
    if contact is None or contact.person.erased_at:
        raise links.LinkError("subscribe")
    chosen = []
    for pair in pairs:
        newsletter_id, _colon, wording_id = pair.partition(":")
        newsletter = Newsletter.objects.filter(pk=int(newsletter_id)).first()
        wording = Wording.objects.filter(pk=int(wording_id)).first()
        if newsletter and wording:
            chosen.append((newsletter, wording))
    return contact, chosen


def _is_subscribed(contact: Contact, newsletter: Newsletter) -> bool:
    return may_receive(contact.person, Purpose.NEWSLETTER, newsletter.consent_subject)


def _may_ask(contact: Contact, *, on: date) -> bool:
    """Whether one more confirmation may go to this address; counts it if so."""
    asked, _made = SubscriptionRequest.objects.select_for_update().get_or_create(contact=contact)
    if asked.last_on == on or (contact.verified_at is None and asked.times >= MOST_UNANSWERED):
        return False
    asked.times, asked.last_on = asked.times + 1, on
    asked.save(update_fields=["times", "last_on"])
    return True


def _ask(contact: Contact, newsletters: Sequence[Newsletter], *, on: date, asked_in: str) -> None:
    with translation.override(asked_in):
        # What they read in the form is what they say yes to, whatever their language was before.
        wordings = [
            consents.wording(Purpose.NEWSLETTER, locale=asked_in, text=consent_wording(newsletter))
            for newsletter in newsletters
        ]
    pairs = [
        f"{newsletter.pk}:{wording.pk}" for newsletter, wording in zip(newsletters, wordings, strict=True)
    ]
    token = links.make("subscribe", contact.pk, *pairs)
    with translation.override(contact.person.locale):
        url = settings.PUBLIC_URL + reverse("letters:confirm", args=[token])
    write_mail(
        contact,
        "letters/emails/confirm",
        {"newsletters": newsletters, "url": url, "days": LINK_LASTS.days},
        name=f"confirm-subscription-{contact.pk}-{on}",
    )


def _say_so_already(contact: Contact, newsletters: Sequence[Newsletter], *, on: date) -> None:
    write_mail(
        contact,
        "letters/emails/already",
        {"newsletters": newsletters},
        name=f"subscribed-already-{contact.pk}-{on}",
    )
