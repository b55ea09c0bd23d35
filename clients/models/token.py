"""Token: what a program shows instead of a password, so that it may write in somebody's name."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a token may be used for; never more than its user may do."""

    READ = "read", _("read what is not published")
    WRITE = "write", _("write drafts, submit them, propose changes")
    PUBLISH = "publish", _("do what readers notice: publish, withdraw, change what is published")


class TokenQuerySet(models.QuerySet["Token"]):
    def valid(self) -> "TokenQuerySet":
        """Those that open something now."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=timezone.now(), user__is_active=True)


class Token(models.Model):
    """Made by `clients.tokens`. The secret itself is kept nowhere: `digest` is its SHA-256.

    The secret has 256 random bits, so nobody finds it by trying, and a plain hash is enough. Every token
    reads what its user may see.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("for"), on_delete=models.CASCADE, related_name="tokens"
    )
    name = models.CharField(
        _("name"), max_length=100, help_text=_("What it is for, such as “import from the archive”.")
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    start = models.CharField(_("begins with"), max_length=16, editable=False)
    may_write = models.BooleanField(Scope.WRITE.label, default=True)
    may_publish = models.BooleanField(Scope.PUBLISH.label, default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), null=True, editable=False,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        ordering = ("-pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(name=""), name="token_has_a_name"),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="token_is_kept_as_a_digest_only"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="token_expires_after_it_was_made"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("made_at")),
                name="token_is_revoked_after_it_was_made",
            ),
        ]
        indexes = [models.Index(fields=["user"], name="tokens_of_a_user")]

    def __str__(self) -> str:
        return f"{self.name} ({self.start}…)"

    @property
    def scopes(self) -> set[Scope]:
        given = {Scope.READ: True, Scope.WRITE: self.may_write, Scope.PUBLISH: self.may_publish}
        return {scope for scope, is_given in given.items() if is_given}

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()
