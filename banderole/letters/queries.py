"""What `letters` can be asked."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from banderole.accounts.models import Account
from banderole.letters.enums import Delivery, LetterState
from banderole.letters.models import Letter, Newsletter, Recipient, Suppression
from banderole.people.enums import ContactKind, Purpose, Right
from banderole.people.models import Contact, Person
from banderole.people.queries import consenting, has_duty


def newsletters_in(language: str) -> list[Newsletter]:
    """What one can subscribe to, those in this language first."""
    return sorted(Newsletter.objects.all(), key=lambda newsletter: newsletter.language != language)


def offered_newsletter(language: str) -> Newsletter | None:
    """The newsletter of the one-field form that stands in other pages."""
    return next(iter(newsletters_in(language)), None)


def newsletter_name(slug: str) -> str:
    """What the newsletter of a consent is called, or its slug where it is gone."""
    found = Newsletter.objects.filter(slug=slug).first()
    return found.name if found else slug


def consent_wording(newsletter: Newsletter) -> str:
    """The sentence that one says yes to, in the language at hand; it is shown and it is stored."""
    return _(
        "I want to receive “%(newsletter)s” by e-mail. I can unsubscribe with one click in each letter."
    ) % {"newsletter": newsletter.name}


def may_send(account: Account) -> bool:
    """Whether this account's duties let it send letters; Wagtail's own rights decide who may write them."""
    return has_duty(account, Right.WRITE_LETTERS, Right.COORDINATE)


def subscribers(newsletter: Newsletter) -> QuerySet[Person]:
    return consenting(Purpose.NEWSLETTER, newsletter.consent_subject)


def audience(newsletter: Newsletter) -> QuerySet[Contact]:
    """One address for each person who is to get a letter of this newsletter now."""
    reachable = Contact.objects.filter(
        person__in=subscribers(newsletter),
        kind=ContactKind.EMAIL,
        verified_at__isnull=False,
        bounced_at=None,
        complained_at=None,
    ).exclude(blind_index__in=Suppression.objects.values("address_index"))
    first = reachable.order_by().values("person").annotate(first=Min("pk")).values("first")
    return Contact.objects.filter(pk__in=first)


def ledger_of(letter: Letter) -> dict[Delivery, int]:
    """How many recipients stand in each state; every state is named."""
    counted = dict(
        Recipient.objects.filter(letter=letter).order_by().values_list("state").annotate(Count("pk"))
    )
    return {state: counted.get(state.value, 0) for state in Delivery}


def public_letters() -> QuerySet[Letter]:
    return (
        Letter.objects.exclude(state=LetterState.DRAFT)
        .exclude(slug="")
        .select_related("newsletter")
        .defer("compiled")
        .order_by("-sent_at", "-pk")
    )


def public_urls() -> Iterator[str]:
    """The public pages of letters, in all languages."""
    slugs = list(public_letters().values_list("slug", flat=True))
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            urls = [
                reverse("letters:subscribe"),
                reverse("letters:asked"),
                reverse("letters:archive"),
                *(reverse("letters:letter", args=[slug]) for slug in slugs),
            ]
        yield from urls


def subscribe_form(_page: object) -> dict[str, object] | None:
    """What the one-field form needs in any page; nothing is shown where there is no newsletter."""
    newsletter = offered_newsletter(get_language() or settings.LANGUAGE_CODE)
    if newsletter is None:
        return None
    return {"newsletter": newsletter, "consent": consent_wording(newsletter)}
