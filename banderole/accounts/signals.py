from django.dispatch import Signal

# Sent inside the transaction in which the association begins, with `account` and `keyring` (the first
# coordinator's): apps above make what must exist from the first day, and grant the first duty.
association_founded = Signal()
