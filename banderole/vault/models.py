from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone


class KeyKind(models.TextChoices):
    MACHINE = "machine"
    ADDRESSES = "addresses"
    ASSOCIATION = "association"
    GROUP = "group"
    EVENT = "event"
    ACCOUNT = "account"


class WrapMethod(models.TextChoices):
    KEY = "key"
    PASSPHRASE = "passphrase"
    RECOVERY = "recovery"


class Key(models.Model):
    """One key: its public half in clear, its private half only in wraps."""

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
    """A private half, readable by who holds the reader's key, the passphrase or the recovery card."""

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
