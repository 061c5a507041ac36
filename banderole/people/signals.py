"""Speaking upward without knowing who listens."""

from django.dispatch import Signal

# Sent with `person`, inside the transaction that erases: delete what says who this is, keep what only counts.
person_erased = Signal()
