import pytest
from django.utils import translation

from banderole.people.domain import record
from banderole.people.models import Record

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    return [record.note(None, "read", f"group:{number}", count=number) for number in range(1, 4)]


def test_an_untouched_record_holds(chain):
    assert record.first_break() is None
    assert [(row.verb, row.subject, row.count) for row in Record.objects.all()] == [
        ("read", "group:1", 1),
        ("read", "group:2", 2),
        ("read", "group:3", 3),
    ]


def test_an_altered_row_is_found(chain):
    Record.objects.filter(pk=chain[1].pk).update(count=0)

    assert record.first_break() == chain[1]


def test_a_missing_row_is_found_at_the_row_after_it(chain):
    chain[1].delete()

    assert record.first_break() == chain[2]


def test_a_missing_first_row_is_found(chain):
    chain[0].delete()

    assert record.first_break() == chain[1]


def test_a_row_says_in_words_what_was_done_to_what(bruno, bayeux):
    record.note(bruno.account, "read", f"group:{bayeux.pk} card")
    record.note(bruno.account, "read", "association list")

    with translation.override("en"):
        said = [(row.label, row.about) for row in Record.objects.exclude(verb="erase")]

    assert said == [
        ("gave a duty", "ada · coordinate the association · the association"),
        ("made a group", "Bayeux"),
        ("gave a duty", "bruno · welcome newcomers · Bayeux"),
        ("read", "Bayeux · card"),
        ("read", "the association · list"),
    ]
