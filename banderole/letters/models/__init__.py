from banderole.letters.models.letter import Letter
from banderole.letters.models.newsletter import Newsletter
from banderole.letters.models.recipient import Recipient, Sender, Suppression
from banderole.letters.models.request import SubscriptionRequest

__all__ = ["Letter", "Newsletter", "Recipient", "Sender", "SubscriptionRequest", "Suppression"]
