from banderole.people.models.consent import Consent, Membership, Wording
from banderole.people.models.duty import Duty
from banderole.people.models.group import Group
from banderole.people.models.inbox import InboxItem, Mail, Record
from banderole.people.models.person import Contact, Dossier, Note, Person, new_public_id

__all__ = [
    "Consent", "Contact", "Dossier", "Duty", "Group", "InboxItem", "Mail", "Membership", "Note", "Person", "Record",
    "Wording", "new_public_id",
]  # fmt: skip
