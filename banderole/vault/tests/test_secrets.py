import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mnemonic import Mnemonic

from banderole.vault import cards, loans, passphrases
from banderole.vault.exceptions import Damaged, NoSuchKey, OutOfReach, WrongSecret
from banderole.vault.keyring import Keyring
from banderole.vault.keys import make_key, make_open_key
from banderole.vault.models import Key, KeyKind, Wrap

pytestmark = pytest.mark.django_db
PHRASE = passphrases.passphrase("rivière sauvage 2022")


@pytest.fixture
def ada():
    key, keyring = make_open_key(KeyKind.ACCOUNT, "ada")
    passphrases.protect(key, keyring, PHRASE)
    return key, keyring


def test_the_passphrase_opens_the_key_and_no_other_does(ada):
    key, keyring = ada

    assert passphrases.unlock(key, PHRASE).half(key.id) == keyring.half(key.id)
    for wrong in ("", "riviere sauvage 2022", "rivière sauvage 2022 "):
        with pytest.raises(WrongSecret):
            passphrases.unlock(key, passphrases.passphrase(wrong))


def test_accents_typed_in_two_parts_are_the_same_passphrase(ada):
    apart = unicodedata.normalize("NFD", "rivière sauvage 2022")

    assert passphrases.unlock(ada[0], passphrases.passphrase(apart)).reaches(ada[0])


def test_a_new_passphrase_takes_the_place_of_the_old_one(ada):
    key, keyring = ada
    fresh = passphrases.passphrase("marée basse à Port-en-Bessin")

    passphrases.protect(key, keyring, fresh)

    assert passphrases.unlock(key, fresh).half(key.id) == keyring.half(key.id)
    with pytest.raises(WrongSecret):
        passphrases.unlock(key, PHRASE)


def test_a_wrap_made_at_another_cost_still_opens(ada, settings):
    settings.PASSPHRASE_COST = (128, 2, 2)

    assert passphrases.unlock(ada[0], PHRASE).reaches(ada[0])


def test_nobody_protects_a_key_they_cannot_open(ada):
    with pytest.raises(OutOfReach):
        passphrases.protect(ada[0], Keyring(), PHRASE)


def test_a_key_without_a_passphrase_says_so():
    key, _keyring = make_open_key(KeyKind.ACCOUNT, "bruno")

    with pytest.raises(NoSuchKey):
        passphrases.unlock(key, PHRASE)


@pytest.mark.parametrize(
    "header",
    [b"", b"\x01\x00", b"\x02" + b"\0\0\0\x40\x01\x01", b"\x01\xff\xff\xff\xff\x01\x01", b"\x01\0\0\0\x40\xff\x01",
     b"\x01\0\0\0\x40\x00\x01", b"\x01\0\0\0\x40\x01\x00", b"\x01\0\0\0\x40\x01\x09"],
)  # fmt: skip
def test_costs_that_nobody_wrote_are_refused_before_they_cost_anything(ada, header):
    blob = bytes(Wrap.objects.get().blob)
    Wrap.objects.update(blob=header + blob[len(header) :] if len(header) > 2 else header)

    with pytest.raises(Damaged):
        passphrases.unlock(ada[0], PHRASE)


def test_a_passphrase_wrap_pasted_to_another_key_opens_nothing(ada):
    eve, eves = make_open_key(KeyKind.ACCOUNT, "eve")
    passphrases.protect(eve, eves, passphrases.passphrase("the passphrase of Eve"))
    Wrap.objects.filter(key=ada[0]).update(blob=Wrap.objects.get(key=eve).blob)

    with pytest.raises(WrongSecret):
        passphrases.unlock(ada[0], passphrases.passphrase("the passphrase of Eve"))


@pytest.mark.parametrize("locale", ["fr", "en", "de"])
def test_the_card_opens_what_was_wrapped_for_it(locale):
    key, words = cards.draw_card(locale)
    association = make_key(KeyKind.ASSOCIATION, readers=[key])

    assert len(words.split()) == cards.WORD_COUNT
    assert cards.keyring_of_card(words).reaches(association)


def test_the_card_is_read_without_accents_and_in_capitals():
    _key, words = cards.draw_card("fr")
    bare = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()

    assert cards.keyring_of_card(f"  {bare.upper()}\n".replace(" ", "  "))


def test_other_words_open_nothing():
    _key, words = cards.draw_card("fr")
    twice = words.split()[:23]

    for typed in ("", "abaisser", words + " abaisser", " ".join(twice), " ".join(reversed(words.split()))):
        with pytest.raises(WrongSecret):
            cards.keyring_of_card(typed)
    with pytest.raises(WrongSecret):
        cards.keyring_of_card(Mnemonic("french").to_mnemonic(b"e" * 32))


def test_a_retired_card_opens_nothing_and_the_other_still_does():
    old, old_words = cards.draw_card("fr")
    new, new_words = cards.draw_card("en")
    assert cards.keyring_of_card(old_words).reaches(old)

    Key.objects.filter(pk=old.pk).update(retired_at=new.made_at)

    assert cards.keyring_of_card(new_words).reaches(new)
    with pytest.raises(WrongSecret):
        cards.keyring_of_card(old_words)


def test_no_two_words_of_a_list_differ_by_accents_only():
    for language in ("french", "english"):
        wordlist = Mnemonic(language).wordlist
        assert len({cards._plain(word) for word in wordlist}) == 2048


def test_two_different_places_are_checked():
    for _ in range(200):
        first, second = cards.positions_to_check()
        assert 1 <= first < second <= 24


def test_a_word_is_compared_as_people_type():
    words = cards.Words("abaisser élève zoologie")

    assert cards.word_at(words, 2) == "élève"
    assert cards.same_word(" Eleve ", "élève")
    assert not cards.same_word("élèves", "élève")


def test_a_loan_opens_with_its_secret_only(ada):
    key, keyring = ada
    secret, other_secret = loans.new_secret(), loans.new_secret()
    loan = loans.lend(key, keyring, secret)

    assert loans.take_back(key, loan, secret).half(key.id) == keyring.half(key.id)
    for wrong_loan, wrong in (
        (loan, other_secret), (loan, ""), ("", secret), ("é", secret), (loan[:-4], secret), ("AAAA", secret),
    ):  # fmt: skip
        with pytest.raises(Damaged):
            loans.take_back(key, wrong_loan, wrong)


def test_a_loan_is_for_its_key_only(ada):
    eve, _eves = make_open_key(KeyKind.ACCOUNT, "eve")
    secret = loans.new_secret()

    with pytest.raises(Damaged):
        loans.take_back(eve, loans.lend(*ada, secret), secret)


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_secret_but_the_right_one_is_refused(text):
    secret = loans.new_secret()
    hidden = loans.hide(b"24 words", secret, context="card")

    assert loans.reveal(hidden, secret, context="card") == b"24 words"
    with pytest.raises(Damaged):
        loans.reveal(hidden, loans.LoanSecret(text), context="card")
    with pytest.raises(Damaged):
        loans.reveal(hidden, secret, context=text)
