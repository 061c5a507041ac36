from django.db import models
from django.utils.translation import gettext_lazy as _


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", _("every week")
    MONTHLY = "monthly", _("every month")
    SEASONAL = "seasonal", _("every season")
    NOW_AND_THEN = "now_and_then", _("now and then")


class LetterState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    STOPPED = "stopped", _("stopped")


class Delivery(models.IntegerChoices):
    """Where one letter to one person stands. Small numbers: there is a row for each recipient of each letter."""

    READY = 0, _("waiting")
    CLAIMED = 1, _("taken up")
    COMMITTING = 2, _("being handed over")
    ACCEPTED = 3, _("accepted by the relay")
    DEFERRED = 4, _("to be tried again")
    REFUSED = 5, _("refused")
    SUPPRESSED = 6, _("left out")
    CANCELLED = 7, _("cancelled")
    IN_DOUBT = 8, _("in doubt")


UNFINISHED = (Delivery.READY, Delivery.CLAIMED, Delivery.COMMITTING, Delivery.DEFERRED)
NOT_HANDED_OVER = (Delivery.READY, Delivery.CLAIMED, Delivery.DEFERRED)


class Cause(models.TextChoices):
    """Why a person on the list gets no letter."""

    UNSUBSCRIBED = "unsubscribed", _("unsubscribed in the meantime")
    ERASED = "erased", _("erased in the meantime")
    SUPPRESSED = "suppressed", _("wants no mail at this address")
