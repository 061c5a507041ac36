"""What follows from saving an event or something that its page shows."""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from banderole.campaigns.domain import participation
from banderole.campaigns.domain.opening import make_key
from banderole.campaigns.models import Event, EventPartner, Partner, Slot, Update
from banderole.campaigns.queries import event_urls
from banderole.common.signals import announce_change
from banderole.people.enums import Purpose
from banderole.people.models import Consent, Person
from banderole.people.signals import person_erased

EDITORS = "editors"  # the group that publishing makes


def give_editors_their_rights(**_about: Any) -> None:
    """Who may edit may write events and name partners; what people said about events is not Wagtail's."""
    create_permissions(apps.get_app_config("campaigns"), verbosity=0)
    editors, _made = Group.objects.get_or_create(name=EDITORS)
    editors.permissions.add(
        *Permission.objects.filter(
            content_type__app_label="campaigns", content_type__model__in=["event", "partner"]
        )
    )


@receiver(post_save, sender=Event)
def event_saved(instance: Event, *, created: bool, **_about: Any) -> None:
    if created:
        make_key(instance)
    announce_change(urls=event_urls(instance))


@receiver(post_delete, sender=Event)
@receiver([post_save, post_delete], sender=Partner)
@receiver([post_save, post_delete], sender=EventPartner)
@receiver([post_save, post_delete], sender=Slot)
@receiver([post_save, post_delete], sender=Update)
def shown_thing_changed(**_about: Any) -> None:
    announce_change()


@receiver(post_save, sender=Consent)
def consent_recorded(instance: Consent, **_about: Any) -> None:
    """Who withdraws the yes to an event, wherever that is done, gives the place back."""
    if instance.purpose == Purpose.EVENT and not instance.given:
        participation.cancel_those_of(instance.person, scope=instance.subject, now=timezone.now())


@receiver(person_erased)
def person_gone(person: Person, **_about: Any) -> None:
    participation.cancel_those_of(person, now=timezone.now())
