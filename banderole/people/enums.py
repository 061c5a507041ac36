from django.db import models
from django.utils.translation import gettext_lazy as _


class ContactKind(models.TextChoices):
    EMAIL = "email", _("e-mail address")
    PHONE = "phone", _("phone number")


class Purpose(models.TextChoices):
    """What a person may say yes to; each consent names one."""

    NEWSLETTER = "newsletter", _("to receive a newsletter")
    WELCOME = "welcome", _("to be contacted by a group")
    EVENT = "event", _("to take part in an event")


class GroupKind(models.TextChoices):
    LOCAL = "local", _("local group")
    THEMATIC = "thematic", _("thematic group")
    WORKING = "working", _("working group")


class JoinMode(models.TextChoices):
    OPEN = "open", _("open")
    MODERATED = "moderated", _("moderated")
    INVITATION = "invitation", _("by invitation")


class Level(models.TextChoices):
    FOLLOWER = "follower", _("follower")
    MEMBER = "member", _("member")
    ORGANISER = "organiser", _("organiser")
    COORDINATOR = "coordinator", _("coordinator")


class Right(models.TextChoices):
    """What a duty lets somebody do, in its place only."""

    COORDINATE = "coordinate", _("coordinate the association")
    PUBLISH = "publish", _("write and publish")
    WRITE_LETTERS = "write_letters", _("write and send letters")
    WELCOME = "welcome", _("welcome newcomers")
    SEE_MEMBERS = "see_members", _("see the members of a group")
    HOST = "host", _("host an event")


RECORD_VERBS = {
    "read": _("read"),
    "make_group": _("made a group"),
    "change_group": _("changed a group"),
    "grant_duty": _("gave a duty"),
    "end_duty": _("ended a duty"),
    "invite": _("made an account"),
    "renew_passphrase": _("made a link for a new passphrase"),
    "erase": _("erased"),
    "changed event": _("changed an event"),
    "undid change of event": _("took back a change of an event"),
}
RECORD_REASONS = {
    "list": _("list"),
    "card": _("card"),
    "today": _("today"),
    "newcomers": _("newcomers"),
    "newcomer": _("card"),
    "list of who comes": _("list of who comes"),
}
