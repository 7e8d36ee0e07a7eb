"""People: who signs in, which posts they hold and from when, and their tokens."""

import uuid
from datetime import date, timedelta

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from tisu.accounts.credentials import FactorSecret, FormerPassword, PasswordReset, TextCode
from tisu.accounts.mobile import check_mobile
from tisu.accounts.open_sessions import Device, OpenSession
from tisu.foundation.digests import KeyedDigestField
from tisu.orgs.models import Dated, Post, ends_after_it_begins

__all__ = [
    "TOKEN_LIFE", "ApiToken", "Delegation", "Device", "FactorSecret", "FormerPassword", "OpenSession", "PasswordReset", "PostHolding",
    "TextCode", "User", "UserManager",
]  # fmt: skip


class UserManager(BaseUserManager):
    def create_user(self, username: str, name: str, password: str | None = None) -> "User":
        user = self.model(username=self.model.normalize_username(username), name=name)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A person who signs in. What they may do comes from roles alone: no superuser, no groups."""

    username = models.CharField(
        _("user name"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[\w.@+-]+$", _("Use letters, digits and . @ + - _ only."))],
    )
    name = models.CharField(_("name"), max_length=40)
    mobile = models.CharField(
        _("mobile number"),
        max_length=11,
        unique=True,
        null=True,
        blank=True,
        validators=[check_mobile],
        error_messages={"unique": _("Another account has this mobile number.")},
    )
    mobile_confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    must_change_password = models.BooleanField(
        _("must change the password"),
        default=False,
        help_text=_("Someone else has seen it: nothing else opens before the person has chosen one."),
    )
    language = models.CharField(_("language"), max_length=10, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    session_round = models.PositiveIntegerField(default=1, editable=False)
    is_demonstration = models.BooleanField(
        _("demonstration account"),
        default=False,
        help_text=_("Its password is public: nowhere but in a demonstration."),
    )

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Sessions hang on the password and on a round: raising the round ends every session at once."""
        return salted_hmac(
            "tisu.accounts.session",
            f"{self.password}:{self.session_round}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()


class PostHolding(Dated):
    """A person holds a post from a day on. A post may have several holders; history is kept."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings", verbose_name=_("post"))
    user = models.ForeignKey(User, models.PROTECT, related_name="holdings", verbose_name=_("person"))

    class Meta:
        ordering = ["-since", "pk"]
        constraints = [
            ends_after_it_begins("holding_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["post", "user"],
                condition=models.Q(until__isnull=True),
                name="no_post_held_twice_at_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.post}"


class StandIn(models.TextChoices):
    """Why someone acts at another person's post."""

    SECRETARY = "secretary", _("secretary")
    COVER = "cover", _("leave cover")


class Delegation(Dated):
    """Someone acts at a post for its holder, and is named as doing so.

    A secretary sees and enters for whoever holds a leader's post. A cover acts for one `holder` during a leave, may do
    what the post may do, and has a last day from the beginning.
    """

    kind = models.CharField(_("why"), max_length=10, choices=StandIn.choices, default=StandIn.SECRETARY)
    post = models.ForeignKey(Post, models.PROTECT, related_name="delegations", verbose_name=_("post"))
    user = models.ForeignKey(User, models.PROTECT, related_name="delegations", verbose_name=_("stands in"))
    holder = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="covers", verbose_name=_("who is away")
    )

    class Meta:
        ordering = ["-since", "pk"]
        constraints = [
            ends_after_it_begins("delegation_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~models.Q(kind="cover") | models.Q(holder__isnull=False, until__isnull=False),
                name="cover_is_for_someone_and_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.post}"

    @property
    def last_day(self) -> date | None:
        return self.until - timedelta(days=1) if self.until else None


class HandOver(models.Model):
    """What was open at a post when a holder's time ended, and who signed having left and having taken it over.

    Nothing waits for it: matters stay with the post, signed or not. The list is frozen by the first signature.
    """

    holding = models.OneToOneField(
        PostHolding, models.PROTECT, related_name="hand_over", verbose_name=_("time in the post")
    )
    salt = models.CharField(max_length=32, editable=False)
    frozen_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    left_digest = models.CharField(max_length=64, blank=True)
    taken_at = models.DateTimeField(null=True)
    taken_digest = models.CharField(max_length=64, blank=True)
    taken_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("taken over by")
    )
    taken_signed = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-holding__until", "pk"]

    def __str__(self) -> str:
        return str(self.holding)

    @property
    def is_signed(self) -> bool:
        """By both."""
        return self.left_at is not None and self.taken_at is not None


class HandedOver(models.Model):
    """One line of a hand-over: what is meant, by sort and key, the facts at that moment, and a word about it.

    `taken` lines are those that whoever took over could see when signing. A note can be emptied, and its digest stays.
    """

    hand_over = models.ForeignKey(HandOver, models.CASCADE, related_name="lines")
    code = models.CharField(max_length=30)
    key = models.PositiveBigIntegerField()
    facts = models.JSONField()
    note = models.CharField(max_length=200, blank=True)
    note_digest = models.CharField(max_length=64, blank=True)
    taken = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["hand_over", "code", "key"], name="each_thing_once_in_a_hand_over"
            )
        ]

    def __str__(self) -> str:
        return f"{self.hand_over_id} · {self.code} {self.key}"


TOKEN_LIFE = timedelta(hours=12)


class ApiToken(models.Model):
    """A bearer token of the API: only its keyed digest is stored; it lives on real time.

    One with a name was made on a page, for a program that stays; one without by name and password, for a day's work.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    digest = KeyedDigestField(max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=40, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user} … {self.expires_at:%Y-%m-%d}"
