"""The recovery card: 24 words on paper that are a private half; the site keeps its public half only.

So anything can be wrapped for the card while the card lies in a drawer.
"""

import hmac
import secrets
import unicodedata
from typing import NewType

from mnemonic import Mnemonic

from banderole.vault.exceptions import WrongSecret
from banderole.vault.keyring import Keyring
from banderole.vault.keys import keyring_of_secret, make_key_of_secret
from banderole.vault.models import Key, KeyKind

Words = NewType("Words", str)  # 24 words with single spaces between

WORD_COUNT = 24
_LISTS = {"fr": "french", "en": "english"}


def draw_card(locale: str) -> tuple[Key, Words]:
    """A new card in this language; cards drawn before stay good until they are retired."""
    secret = secrets.token_bytes(32)
    words = Mnemonic(_LISTS.get(locale, "english")).to_mnemonic(secret)
    key = make_key_of_secret(KeyKind.CARD, secrets.token_hex(8), secret)
    return key, Words(unicodedata.normalize("NFC", words))


def keyring_of_card(typed: str) -> Keyring:
    """What a card opens, its words typed with or without accents; raises WrongSecret."""
    secret = _secret_of(typed)
    for key in Key.objects.filter(kind=KeyKind.CARD, retired_at=None):
        try:
            return keyring_of_secret(key, secret)
        except WrongSecret:
            continue
    raise WrongSecret("these words are on no card of this site")


def word_at(words: Words, position: int) -> str:
    """The word at this position, counted from 1 as on the card."""
    return words.split()[position - 1]


def same_word(typed: str, word: str) -> bool:
    return hmac.compare_digest(_plain(typed).encode(), _plain(word).encode())


def positions_to_check() -> tuple[int, int]:
    """Two different places on the card, the first before the second."""
    first, second = sorted(secrets.SystemRandom().sample(range(1, WORD_COUNT + 1), 2))
    return first, second


def _secret_of(typed: str) -> bytes:
    words = _plain(typed).split()
    for language in _LISTS.values():
        book = Mnemonic(language)
        known = {_plain(word): word for word in book.wordlist}
        if len(words) != WORD_COUNT or not all(word in known for word in words):
            continue
        sentence = " ".join(known[word] for word in words)
        if book.check(sentence):
            return bytes(book.to_entropy(sentence))
    raise WrongSecret("these words are on no card")


def _plain(text: str) -> str:
    """Small letters without accents: the first four letters tell the words of both lists apart anyway."""
    decomposed = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
