"""Rules for passwords that this house adds to Django's: none of the last ones (docs/signing-in.md has the rest)."""

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from tisu.accounts.models import FormerPassword, User

# Django's own sentences that its Chinese catalogue lacks, or says in a tone that is not this house's.
REWORDED = (
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        "min_length",
    ),
    gettext_lazy("Your password can’t be too similar to your other personal information."),
    gettext_lazy("Your password can’t be a commonly used password."),
    gettext_lazy("Your password can’t be entirely numeric."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        "min_length",
    ),
)


class NotUsedBefore:
    """Refuses the present password and the last ones; Django tells it of each change."""

    def __init__(self, last: int) -> None:
        self.last = last

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None or user.pk is None:
            return
        former = user.former_passwords.values_list("digest", flat=True)[: self.last]
        if any(check_password(password, digest) for digest in {user.password, *former}):
            sentence = _("You have used this password before: choose one that is none of your last %(last)s.")
            raise ValidationError(sentence % {"last": self.last}, code="used_before")

    def get_help_text(self) -> str:
        sentence = ngettext(
            "It is not your last password.", "It is none of your last %(last)d passwords.", self.last
        )
        return sentence % {"last": self.last}

    def password_changed(self, password: str, user: User | None = None) -> None:
        """Kept as the hash that the account has it as; what is older than the last ones goes."""
        if user is None or not user.has_usable_password():
            return
        FormerPassword.objects.create(user=user, digest=user.password)
        kept = user.former_passwords.values_list("pk", flat=True)[: self.last]
        user.former_passwords.exclude(pk__in=list(kept)).delete()
