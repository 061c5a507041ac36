"""From newcomer to active: the path, where a newcomer stands on it, and who owes whom a word."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from banderole.people.models import Group, Person, Wording
from banderole.welcome.enums import Kind, Outcome, State


class Path(models.Model):
    """The way from newcomer to active, step by step; the one without a group is everybody's."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, null=True, blank=True, related_name="path")
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("path")
        verbose_name_plural = _("paths")

    def __str__(self) -> str:
        return self.name


class Step(models.Model):
    """One step of a path: what the newcomer reaches, and what the welcomer does for it."""

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("title"), max_length=80)
    task = models.CharField(_("what the welcomer does"), max_length=200, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.CALL)
    due_after_hours = models.PositiveIntegerField(_("due after (hours)"), default=72)

    class Meta:
        ordering = ["path", "order"]
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [models.UniqueConstraint(fields=["path", "order"], name="one_step_at_a_place")]

    def __str__(self) -> str:
        return self.title


class Enrolment(models.Model):
    """A newcomer on a path: the group that welcomes, who does it, and the step reached.

    What the newcomer wrote stands only in dossiers; `moved_from` and `moved_at` allow to take the last move back.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="enrolments")
    path = models.ForeignKey(Path, on_delete=models.PROTECT, related_name="enrolments")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="enrolments")
    welcomer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="newcomers"
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(null=True)
    moved_from = models.ForeignKey(Step, on_delete=models.PROTECT, null=True, related_name="+")
    let_go_at = models.DateTimeField(null=True)  # when what they wrote was deleted, after they left

    class Meta:
        verbose_name = _("newcomer")
        verbose_name_plural = _("newcomers")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=[State.WAITING, State.OPEN]),
                name="one_current_enrolment",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} on {self.path}"

    @property
    def scope(self) -> str:
        """Where the newcomer's dossier lies."""
        return f"group:{self.group_id}" if self.group_id else "association"


class FollowUp(models.Model):
    """A word that somebody owes a newcomer, until when, and what came of it; at most one is open."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="follow_ups")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="follow_ups"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.CALL)
    made_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(_("due"))
    agreed = models.BooleanField(default=False)  # a meeting fixed for `due_at`, which else is only a deadline
    done_at = models.DateTimeField(null=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True, default="")

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(done_at=None), name="one_open_follow_up"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} until {self.due_at:%Y-%m-%d}"
