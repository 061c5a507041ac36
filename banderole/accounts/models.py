from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AccountQuerySet(BaseUserManager["Account"]):
    """Finds accounts by login; accounts are made in `accounts.domain`, with their key."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(login__iexact=username)


class Account(AbstractBaseUser, PermissionsMixin):
    """A login of somebody who works in Banderole: a login name and a passphrase, no mail address."""

    login = models.CharField(
        _("login name"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[\w.-]{2,40}$", _("Use 2 to 40 letters, digits, dots or hyphens."))],
    )
    locale = models.CharField(_("language"), max_length=8, default="fr")
    is_active = models.BooleanField(_("may log in"), default=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

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


class SetupLink(models.Model):
    """The one-time link with which the first coordinator opens the site; only its hash is kept."""

    token_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)
