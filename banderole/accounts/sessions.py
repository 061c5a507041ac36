from django.contrib.sessions.models import Session
from django.utils import timezone


def forget_old_sessions() -> int:
    """Delete the sessions that are over, and with them the halves of keys that they hold."""
    return Session.objects.filter(expire_date__lte=timezone.now()).delete()[0]
