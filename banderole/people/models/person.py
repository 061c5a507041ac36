import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from banderole.people.enums import ContactKind
from banderole.people.models.group import Group


def new_public_id() -> str:
    return secrets.token_urlsafe(16)


class Person(models.Model):
    """Somebody on the list: a random id and coarse facts; name and details stand only in dossiers."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    locale = models.CharField(_("language"), max_length=8, default="fr")
    area = models.CharField(_("department"), max_length=3, blank=True, default="")
    group = models.ForeignKey(Group, on_delete=models.SET_NULL, null=True, blank=True, related_name="persons")
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="person"
    )
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="merged")
    made_on = models.DateField(default=timezone.localdate)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")

    def __str__(self) -> str:
        return f"person {self.public_id}"


class Contact(models.Model):
    """An address or number of a person: sealed for the machine, found again by its blind index."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=8, choices=ContactKind, default=ContactKind.EMAIL)
    envelope = models.BinaryField()
    blind_index = models.BinaryField(max_length=16, unique=True)
    verified_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)
    complained_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} of {self.person}"


class Dossier(models.Model):
    """What a person told us, sealed for one key; several add up, the newest word on a field counts."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="dossiers")
    key = models.ForeignKey("vault.Key", on_delete=models.PROTECT)
    envelope = models.BinaryField()
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["key", "person"], name="dossiers_of_a_key")]


class Note(models.Model):
    """What somebody of the association wrote down about a person, sealed like a dossier."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notes")
    key = models.ForeignKey("vault.Key", on_delete=models.PROTECT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    envelope = models.BinaryField()
    token = models.CharField(max_length=32, default=new_public_id)  # binds the envelope to this row
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
