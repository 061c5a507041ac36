"""Publishes what an editor set to appear at an hour, and takes down what is to end."""

from django.core.management import call_command
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page, Revision


def publish_what_is_due() -> int:
    """Publish and take down what is due; return how many pages that were."""
    now = timezone.now()
    ending = Page.objects.live().filter(expire_at__lt=now).count()
    starting = Revision.objects.filter(Q(approved_go_live_at__lt=now)).count()
    if ending or starting:
        call_command("publish_scheduled")
    return ending + starting
