"""The screens are complete in French: every text has its translation, finished and fitting."""

import re
from collections import defaultdict
from pathlib import Path

import django
import polib
import pytest

from tests.messages import apps, catalogues, messages_of

DJANGOS = Path(django.__file__).parent / "conf/locale/fr/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def french() -> dict[tuple[str, str], polib.POEntry]:
    """All catalogues together, as Django reads them: apps may share a word."""
    return {
        (entry.msgctxt or "", entry.msgid): entry
        for path in catalogues()
        if path.parts[-3] == "fr"
        for entry in polib.pofile(str(path))
        if not entry.obsolete and entry.translated()
    }


def placeholders(text: str) -> set[str]:
    return {named or braced for named, braced in PLACEHOLDER.findall(text)}


@pytest.mark.parametrize("app", apps())
def test_every_text_has_its_french(app):
    known = french()

    missing = [
        f"{message.file}:{message.line} {message.singular!r}"
        for message in messages_of(app)
        if (message.context, message.singular) not in known
        or (message.plural and not all(known[message.context, message.singular].msgstr_plural.values()))
    ]

    assert missing == []


@pytest.mark.parametrize("path", catalogues(), ids=lambda path: path.parts[-5])
def test_a_catalogue_is_finished_and_says_each_thing_once(path):
    catalogue = polib.pofile(str(path))
    names = [(entry.msgctxt, entry.msgid) for entry in catalogue if not entry.obsolete]

    assert [entry.msgid for entry in catalogue if entry.fuzzy] == []
    assert [name for name in names if names.count(name) > 1] == []
    assert "charset=utf-8" in catalogue.metadata["Content-Type"].lower()


def test_the_same_words_have_one_translation():
    """Catalogues are read as one: words without a context mean the same in every app, and in Django."""
    found = defaultdict(set)
    for path in [*catalogues(), DJANGOS]:
        for entry in polib.pofile(str(path)):
            if entry.msgstr:
                found[entry.msgctxt, entry.msgid].add(entry.msgstr)

    assert {words: sorted(texts) for words, texts in found.items() if len(texts) > 1} == {}


def test_translations_keep_the_names_that_are_filled_in():
    broken = [
        entry.msgid
        for entry in french().values()
        for text in [entry.msgstr, *entry.msgstr_plural.values()]
        if text and not placeholders(text) <= placeholders(entry.msgid + entry.msgid_plural)
    ]

    assert broken == []


def test_french_screens_do_not_shout():
    shouting = [entry.msgid for entry in french().values() if "!" in entry.msgstr]

    assert shouting == []


def test_the_reader_of_texts_sees_each_way_of_writing_one():
    found = {message.singular: message for message in messages_of("welcome")}

    assert "Join us" in found  # a template
    assert "Your postcode" in found  # a form
    assert found["{} late".format("%(late)s")].plural == "%(late)s late"
