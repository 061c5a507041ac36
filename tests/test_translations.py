"""All catalogues are read as one: the same words without a context must mean the same everywhere."""

from collections import defaultdict
from pathlib import Path

import django
import polib
import pytest

ROOT = Path(__file__).parent.parent
OWN = sorted(ROOT.glob("banderole/*/locale/fr/LC_MESSAGES/django.po"))
DJANGOS = Path(django.__file__).parent / "conf/locale/fr/LC_MESSAGES/django.po"


def meanings():
    found = defaultdict(set)
    for path in [*OWN, DJANGOS]:
        for entry in polib.pofile(str(path)):
            if entry.msgstr:
                found[entry.msgctxt, entry.msgid].add(entry.msgstr)
    return found


def test_the_same_words_have_one_translation():
    torn = {words: sorted(texts) for words, texts in meanings().items() if len(texts) > 1}

    assert torn == {}


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.parts[-5])
def test_every_string_of_an_app_is_said_in_french(path):
    catalogue = polib.pofile(str(path))

    assert [entry.msgid for entry in catalogue.untranslated_entries() + catalogue.fuzzy_entries()] == []
