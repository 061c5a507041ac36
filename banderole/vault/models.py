from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone


class KeyKind(models.TextChoices):
    MACHINE = "machine"  # a file that only the worker reads
    ADDRESSES = "addresses"  # symmetric: opened by the machine key
    ASSOCIATION = "association"
    GROUP = "group"
    EVENT = "event"
    ACCOUNT = "account"
    CARD = "card"  # its private half is the 24 words on the recovery card
    LINK = "link"  # its private half is the secret in a link


class WrapMethod(models.TextChoices):
    KEY = "key"
    PASSPHRASE = "passphrase"


class Key(models.Model):
    """One key: its public half in clear, its private half only in wraps (or on paper, or in a file)."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    kind = models.CharField(max_length=16, choices=KeyKind)
    scope = models.CharField(max_length=64, default="")
    public = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "scope"], condition=Q(retired_at=None), name="one_current_key_for_a_scope"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.scope}".strip()


class Wrap(models.Model):
    """A private half, readable by who holds the reader's private half or the passphrase."""

    key = models.ForeignKey(Key, on_delete=models.CASCADE, related_name="wraps")
    method = models.CharField(max_length=16, choices=WrapMethod)
    reader = models.ForeignKey(Key, on_delete=models.CASCADE, null=True, related_name="opens")
    blob = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "reader"], name="one_wrap_a_reader"),
            models.UniqueConstraint(
                fields=["key", "method"], condition=Q(reader=None), name="one_wrap_a_secret"
            ),
        ]
