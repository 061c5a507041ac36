"""The association's recovery card: drawn, shown once, checked from the paper, replaced."""

from datetime import datetime

from django.db import transaction

from banderole.accounts.models import RecoveryCard
from banderole.vault import cards
from banderole.vault.cards import Words
from banderole.vault.keyring import Keyring
from banderole.vault.keys import current_key, find_key, grant
from banderole.vault.models import Key, KeyKind, Wrap


def draw(keyring: Keyring, *, locale: str) -> tuple[RecoveryCard, Words]:
    """A new card that opens what the association opens. The one before stays good until this one is checked.

    Raises OutOfReach where the keyring does not open the association's key.
    """
    with transaction.atomic():
        # A card that nobody checked may lie half printed anywhere: it goes.
        Key.objects.filter(card__verified_at=None, kind=KeyKind.CARD).delete()
        key, words = cards.draw_card(locale)
        grant(current_key(KeyKind.ASSOCIATION), key, keyring)
        return RecoveryCard.objects.create(key=key), words


def verify(card: RecoveryCard, *, at: datetime) -> None:
    """Trust this card from now on; every other one opens nothing any more."""
    with transaction.atomic():
        others = Key.objects.filter(kind=KeyKind.CARD, retired_at=None).exclude(pk=card.key_id)
        Wrap.objects.filter(reader__in=others).delete()
        others.update(retired_at=at)
        card.verified_at = at
        card.save(update_fields=["verified_at"])


def is_verified() -> bool:
    """Whether a card that was typed back opens the association."""
    return RecoveryCard.objects.filter(key__retired_at=None, verified_at__isnull=False).exists()


def is_complete() -> bool:
    """Whether losing one passphrase loses nothing: a verified card, or two accounts that open everything."""
    coordinators = Wrap.objects.filter(
        key__kind=KeyKind.ASSOCIATION, key__retired_at=None, reader__kind=KeyKind.ACCOUNT
    )
    return is_verified() or coordinators.count() >= 2


def may_draw(keyring: Keyring | None) -> bool:
    association = find_key(KeyKind.ASSOCIATION)
    return keyring is not None and association is not None and keyring.reaches(association)
