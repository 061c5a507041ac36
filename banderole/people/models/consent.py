from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from banderole.people.enums import Level, Purpose
from banderole.people.models.group import Group
from banderole.people.models.person import Person
from banderole.people.registry import subject_name


class Wording(models.Model):
    """The exact text that people said yes to; never changed, only followed by a newer one."""

    purpose = models.CharField(max_length=16, choices=Purpose)
    locale = models.CharField(max_length=8)
    text = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)


class Consent(models.Model):
    """One yes, or its withdrawal; rows are only ever added, the newest for a subject counts."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=16, choices=Purpose)
    subject = models.CharField(
        max_length=64, blank=True, default=""
    )  # which newsletter, which event: "newsletter:3"
    given = models.BooleanField()
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, null=True)
    channel = models.CharField(max_length=32)  # "form", "one_click", "link", "demo"
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["purpose", "subject", "person"], name="consents_of_a_subject")]

    @property
    def about(self) -> str:
        """What it is about in words, such as the newsletter's name."""
        return subject_name(self.subject)


class Membership(models.Model):
    """That a person belongs to a group, how closely, since when and until when."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    level = models.CharField(max_length=16, choices=Level, default=Level.FOLLOWER)
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "group"],
                condition=models.Q(until=None),
                name="one_current_membership",
            )
        ]
