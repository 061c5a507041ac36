from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a newcomer stands: only `open` ones wait for somebody."""

    WAITING = "waiting", _("has not confirmed yet")
    OPEN = "open", _("on the way")
    DONE = "done", _("arrived")
    LEFT = "left", _("wants no more news")


class Kind(models.TextChoices):
    """What the next word with a newcomer is."""

    CALL = "call", _("call")
    WRITE = "write", _("write")
    MEET = "meet", _("meet")


class Outcome(models.TextChoices):
    REACHED = "reached", _("we talked")
    NO_ANSWER = "no_answer", _("no answer")
    PASSED_ON = "passed_on", _("handed over")
    LEFT = "left", _("wants no more news")
