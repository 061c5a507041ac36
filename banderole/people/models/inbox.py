from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext

from banderole.people.enums import RECORD_REASONS, RECORD_VERBS, Right
from banderole.people.registry import subject_name


class InboxItem(models.Model):
    """One sealed form; `web` writes it and cannot read it back, the worker opens it and deletes it."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    envelope = models.BinaryField()
    received_hour = models.DateTimeField()
    failed = models.CharField(
        max_length=64, blank=True, default=""
    )  # the name of what went wrong, no content
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(
        null=True
    )  # empty until the first try: its minute would tell when it came


class Mail(models.Model):
    """One mail that a person asked for or is owed: sent at least once, always under the same Message-ID."""

    contact = models.ForeignKey("people.Contact", on_delete=models.CASCADE, related_name="mails")
    envelope = models.BinaryField()  # subject and texts, for the machine; emptied when sent
    message_id = models.CharField(max_length=128, unique=True)
    written_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now, db_index=True)
    sent_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)


class Record(models.Model):
    """Who read, exported, granted, changed or erased what; each row holds the hash of the one before."""

    at = models.DateTimeField(default=timezone.now)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    who = models.CharField(
        max_length=40, default=""
    )  # the login, or "" for the machine; outlives the account
    verb = models.CharField(max_length=32)
    subject = models.CharField(max_length=128)
    count = models.PositiveIntegerField(default=1)
    previous = models.BinaryField(max_length=32, unique=True)
    digest = models.BinaryField(max_length=32, unique=True)

    class Meta:
        ordering = ["id"]

    @property
    def label(self) -> str:
        """What was done, in words."""
        return str(RECORD_VERBS.get(self.verb, self.verb.replace("_", " ")))

    @property
    def about(self) -> str:
        """What it was done to, in words: "Bayeux · card", "paul · welcome newcomers · Bayeux"."""
        if self.verb == "read":
            scope, _space, why = self.subject.partition(" ")
            parts = [_place(scope), str(RECORD_REASONS.get(why, why))]
        elif self.verb in {"grant_duty", "end_duty"}:
            login, right, *scopes = self.subject.split()
            parts = [login, str(Right(right).label), *(_place(scope) for scope in scopes)]
        else:
            parts = [_place(self.subject)]
        return " · ".join(part for part in parts if part)


def _place(scope: str) -> str:
    if scope == "association":
        return gettext("the association")
    return subject_name(scope) if ":" in scope else scope
