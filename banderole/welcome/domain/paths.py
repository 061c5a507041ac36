"""The path that a site begins with; a group may get one of its own later."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from banderole.people.models import Group
from banderole.welcome.enums import Kind
from banderole.welcome.models import Path, Step


def path_for(group: Group | None) -> Path:
    """The group's own path, else everybody's."""
    own = Path.objects.filter(group=group).first() if group else None
    return own or default_path()


def first_step(path: Path) -> Step:
    return path.steps.order_by("order")[0]


@transaction.atomic
def default_path() -> Path:
    """Everybody's path, made with five steps in the site's language where there is none."""
    if path := Path.objects.filter(group=None).order_by("id").first():
        return path
    with override(settings.LANGUAGE_CODE):
        path = Path.objects.create(name=_("Welcome"))
        Step.objects.bulk_create(
            Step(path=path, order=order, kind=kind, due_after_hours=days * 24, title=title, task=task)
            for order, (kind, days, title, task) in enumerate(
                [
                    (Kind.CALL, 3, _("First word"), _("Call, listen, and say who we are.")),
                    (Kind.MEET, 10, _("First meeting"), _("See each other: a coffee, a stall, a walk.")),
                    (Kind.MEET, 21, _("Come to an assembly"), _("Come together, and sit side by side.")),
                    (Kind.CALL, 21, _("A first task"), _("Offer something small, and do it together.")),
                    (Kind.MEET, 60, _("A duty"), _("Ask what they would like to take on.")),
                ],
                start=1,
            )
        )
    return path
