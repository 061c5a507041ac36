from django.db import models
from django.db.models import Q
from django.utils import timezone

from banderole.letters.enums import Delivery
from banderole.letters.models.letter import Letter
from banderole.people.models import Contact, Person


class Sender(models.Model):
    """One run of a sending process; its number is the fence of the rows that it took up."""

    started_at = models.DateTimeField(default=timezone.now)


class Recipient(models.Model):
    """A row of the ledger: one letter to one person.

    Rows stay when a person is erased, without person, contact and index: or the ledger would not add up.
    """

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="recipients", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="deliveries")
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="deliveries")
    address_index = models.BinaryField(max_length=16, null=True)
    state = models.PositiveSmallIntegerField(choices=Delivery, default=Delivery.READY)
    fence = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    cause = models.CharField(max_length=32, blank=True, default="")  # never holds an address

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["letter", "person"], name="one_delivery_a_person"),
            models.UniqueConstraint(fields=["letter", "address_index"], name="one_delivery_an_address"),
        ]
        indexes = [
            models.Index(fields=["letter", "state"], name="deliveries_by_state"),
            models.Index(
                fields=["state", "fence"],
                condition=Q(state__in=[Delivery.CLAIMED, Delivery.COMMITTING]),
                name="deliveries_in_hand",
            ),
        ]


class Suppression(models.Model):
    """An address that gets no letter whatever else is true; kept as its blind index only."""

    address_index = models.BinaryField(max_length=16, unique=True)
    why = models.CharField(max_length=32)
    at = models.DateTimeField(default=timezone.now)
