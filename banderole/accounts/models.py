from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from banderole.vault.models import Key

valid_login = RegexValidator(r"^[\w.-]{2,40}$", _("Use 2 to 40 letters, digits, dots or hyphens."))


class AccountQuerySet(BaseUserManager["Account"]):
    """Finds accounts by login; `accounts.logins` makes them, with their key."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(login__iexact=username)


class Account(AbstractBaseUser, PermissionsMixin):
    """A login of somebody who works in Banderole: a login name and a passphrase, no mail address."""

    login = models.CharField(
        _("login name"),
        max_length=40,
        unique=True,
        validators=[valid_login],
    )
    locale = models.CharField(_("language"), max_length=8, default="fr")
    is_active = models.BooleanField(_("may log in"), default=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    # Without a key (none but test accounts), an account can publish and never read about a person.
    key = models.OneToOneField(
        Key, on_delete=models.PROTECT, null=True, editable=False, related_name="account"
    )

    objects = AccountQuerySet()

    USERNAME_FIELD = "login"
    # Wagtail's admin asks every user for these; an account has no mail address and no civil name.
    email = first_name = last_name = ""

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.login

    @property
    def is_staff(self) -> bool:
        return self.has_perm("wagtailadmin.access_admin")

    def get_full_name(self) -> str:
        return self.login

    def get_short_name(self) -> str:
        return self.login


class RecoveryCard(models.Model):
    """That a card was drawn, and that somebody typed words of it back from the paper."""

    key = models.OneToOneField(Key, on_delete=models.CASCADE, related_name="card")
    drawn_at = models.DateTimeField(default=timezone.now)
    verified_at = models.DateTimeField(null=True)


class EntryLink(models.Model):
    """A one-time link to choose a passphrase: the first coordinator's, or that of an invited account.

    Only the hash of its token is kept. The token also opens `key`, and through it the account's key.
    """

    token_hash = models.BinaryField(max_length=32, unique=True)
    account = models.OneToOneField(Account, on_delete=models.CASCADE, null=True, related_name="entry_link")
    key = models.OneToOneField(Key, on_delete=models.CASCADE, null=True, related_name="entry_link")
    made_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)
