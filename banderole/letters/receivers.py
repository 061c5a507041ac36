"""What happens in letters when something happened elsewhere."""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

from banderole.letters.models import Recipient
from banderole.people.models import Contact

EDITORS = "editors"  # the group that publishing makes


def forget_address(instance: Contact, **_kwargs: Any) -> None:
    """An erased address leaves its row in the ledger, and nothing by which to test an address against it."""
    Recipient.objects.filter(contact=instance).update(address_index=None)


def give_editors_their_rights(**_kwargs: Any) -> None:
    """Who may edit may write and send letters, and make newsletters; sent letters cannot be deleted by anybody."""
    create_permissions(apps.get_app_config("letters"), verbosity=0)
    editors, _made = Group.objects.get_or_create(name=EDITORS)
    editors.permissions.add(
        *Permission.objects.filter(
            content_type__app_label="letters", content_type__model__in=["letter", "newsletter"]
        )
    )
