import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banderole.vault.addresses import open_address, open_addresses, seal_address
from banderole.vault.envelopes import SIZES, open_envelope, seal
from banderole.vault.exceptions import Damaged, EnvelopeError, OutOfReach, TooLarge
from banderole.vault.home import machine_keyring
from banderole.vault.keyring import Keyring
from banderole.vault.models import Key, KeyKind
from banderole.vault.primitives import new_pair

CONTEXT = "dossier|7|details"


def pair(kind=KeyKind.GROUP):
    """A key that is in no database, and the keyring that holds it."""
    half, public = new_pair()
    key = Key(kind=kind, public=public)
    return key, Keyring({key.id: half})


ADA, ADAS = pair()
BRUNO, BRUNOS = pair()
_EVE, EVES = pair()

texts = st.text(st.characters(exclude_categories=["Cs"]))
contents = st.dictionaries(
    texts, st.recursive(st.none() | st.booleans() | st.integers() | texts, st.lists, max_leaves=5)
)


@given(contents=contents, pad=st.booleans())
def test_what_is_sealed_comes_back_to_each_reader(contents, pad):
    envelope = seal(contents, for_keys=[ADA, BRUNO], context=CONTEXT, pad=pad)

    assert open_envelope(envelope, ADAS, CONTEXT) == contents
    assert open_envelope(memoryview(envelope), BRUNOS, CONTEXT) == contents


@given(place=st.integers(min_value=0), bit=st.integers(0, 7))
def test_no_bit_can_be_flipped(place, bit):
    envelope = bytearray(seal({"name": "Ada Lovelace"}, for_keys=[ADA, BRUNO], context=CONTEXT))
    envelope[place % len(envelope)] ^= 1 << bit

    with pytest.raises(EnvelopeError):
        open_known(envelope)


@given(length=st.integers(min_value=0))
def test_no_part_of_an_envelope_opens(length):
    envelope = seal({"name": "Ada Lovelace"}, for_keys=[ADA], context=CONTEXT)

    with pytest.raises(EnvelopeError):
        open_known(envelope[: length % len(envelope)])


def open_known(envelope):
    """Open with a keyring that asks no database: a flipped key id is simply not held."""

    class Held(Keyring):
        def _fetch(self, wanted):
            raise OutOfReach

    return open_envelope(envelope, Held(ADAS._halves), CONTEXT)


@given(context=texts.filter(lambda text: text != CONTEXT))
def test_an_envelope_does_not_open_in_another_row(context):
    envelope = seal({"name": "Ada Lovelace"}, for_keys=[ADA], context=CONTEXT)

    with pytest.raises(Damaged):
        open_envelope(envelope, ADAS, context)


@pytest.mark.django_db
def test_an_envelope_does_not_open_with_another_key():
    envelope = seal({"name": "Ada Lovelace"}, for_keys=[ADA, BRUNO], context=CONTEXT)

    with pytest.raises(OutOfReach):
        open_envelope(envelope, EVES, CONTEXT)


@pytest.mark.django_db
def test_anything_else_is_no_envelope():
    with pytest.raises(EnvelopeError):
        open_envelope(b"", ADAS, CONTEXT)
    with pytest.raises(EnvelopeError):
        open_envelope(b"\x01\x01\x00and nothing for anybody", ADAS, CONTEXT)
    with pytest.raises(EnvelopeError):
        open_envelope(b"\x02\x01" + seal({}, for_keys=[ADA], context=CONTEXT)[2:], ADAS, CONTEXT)


def test_an_envelope_shows_nothing_of_its_contents():
    envelope = seal({"name": "Ada Lovelace", "phone": "0600000001"}, for_keys=[ADA], context=CONTEXT)

    assert b"Ada" not in envelope
    assert b"name" not in envelope
    assert b"0600000001" not in envelope


@given(text=texts)
def test_padded_contents_have_one_of_three_lengths(text):
    bare = len(seal({}, for_keys=[ADA], context=CONTEXT)) - 64

    length = len(seal({"sentence": text}, for_keys=[ADA], context=CONTEXT, pad=True)) - bare

    assert length in SIZES


def test_padded_contents_fill_each_size_to_the_last_byte():
    frame = len(json.dumps({"t": ""}, separators=(",", ":")))
    bare = len(seal({}, for_keys=[ADA], context=CONTEXT)) - 64
    for size, following in zip(SIZES, [*SIZES[1:], None], strict=True):
        full = {"t": "x" * (size - frame)}
        assert len(seal(full, for_keys=[ADA], context=CONTEXT, pad=True)) - bare == size
        if following:
            over = {"t": "x" * (size - frame + 1)}
            assert len(seal(over, for_keys=[ADA], context=CONTEXT, pad=True)) - bare == following


def test_contents_beyond_the_largest_size_are_refused_only_where_padded():
    long = {"t": "x" * SIZES[-1]}

    with pytest.raises(TooLarge):
        seal(long, for_keys=[ADA], context=CONTEXT, pad=True)
    assert open_envelope(seal(long, for_keys=[ADA], context=CONTEXT), ADAS, CONTEXT) == long


def test_an_envelope_for_nobody_is_refused():
    with pytest.raises(ValueError, match="1 to 255"):
        seal({}, for_keys=[], context=CONTEXT)


def test_addresses_come_back_in_their_order(keys_root):
    keyring = machine_keyring()
    pairs = [(seal_address(f"ada{n}@example.org", keyring, f"contact|{n}"), f"contact|{n}") for n in range(3)]

    assert open_addresses(pairs, machine_keyring()) == [
        "ada0@example.org",
        "ada1@example.org",
        "ada2@example.org",
    ]


def test_an_address_opens_only_in_its_row_whole_and_with_its_key(keys_root):
    envelope = seal_address("ada@example.org", machine_keyring(), "contact|1")

    with pytest.raises(Damaged):
        open_address(envelope, machine_keyring(), "contact|2")
    with pytest.raises(OutOfReach):
        open_address(envelope, EVES, "contact|1")
    for length in range(len(envelope)):
        with pytest.raises(EnvelopeError):
            open_address(envelope[:length], machine_keyring(), "contact|1")


def test_the_length_of_an_address_does_not_show(keys_root):
    short, long = (
        seal_address(name + "@example.org", machine_keyring(), "c") for name in ("a", "augusta-ada")
    )

    assert len(short) == len(long)
    assert b"example" not in short
