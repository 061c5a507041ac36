from django.db import models

from banderole.people.models import Contact


class SubscriptionRequest(models.Model):
    """How often this address was asked to confirm, so that nobody can be flooded through our form."""

    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, related_name="subscription_request")
    times = models.PositiveSmallIntegerField(default=0)
    last_on = models.DateField(null=True)
