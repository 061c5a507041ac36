"""What follows from saving an event or something that its page shows."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from banderole.campaigns.domain.opening import make_key
from banderole.campaigns.models import Event, EventPartner, Partner, Slot, Update
from banderole.campaigns.queries import event_urls
from banderole.common.signals import announce_change


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
