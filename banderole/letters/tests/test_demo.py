from datetime import date

import pytest

from banderole.letters.domain.sending import send_letters
from banderole.letters.enums import Delivery
from banderole.letters.management import demo
from banderole.letters.models import Letter, Newsletter
from banderole.letters.queries import ledger_of

pytestmark = pytest.mark.django_db


def test_the_demo_has_a_sent_letter_that_is_never_sent_and_a_draft(subscribe, settings):
    settings.DEMO = True
    monthly = Newsletter.objects.create(
        slug="la-lettre-de-l-aure", name="La Lettre de l’Aure", promise="…", sender_name="Les Riverains"
    )
    subscribe(monthly, "voisin01@example.org", "voisin02@example.org")

    demo.build(date(2026, 5, 20))
    demo.build(date(2026, 5, 20))

    sent, draft = Letter.objects.order_by("pk")
    assert (sent.state, str(sent.sent_at.date()), draft.state) == ("sent", "2026-05-08", "draft")
    assert ledger_of(sent)[Delivery.ACCEPTED] == sent.frozen == 2
    assert Newsletter.objects.count() == 2
    assert send_letters() == 0
    assert not settings.OUTBOX_ROOT.exists()
