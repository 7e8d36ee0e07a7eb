"""What allauth's second factors ask of this house: where secrets lie, what codes are called, who is asked."""

from allauth.account.utils import user_pk_to_url_str
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.accounts.credentials import FactorSecret
from tisu.accounts.factors import factors_of, is_asked_at_sign_in, is_needed_by


class MfaAdapter(DefaultMFAAdapter):
    """Secrets lie sealed in rows of ours; a county's name stands where an app lists its codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "This code does not fit, or it was used already. Wait for the next one and type that."
        ),
        "cannot_delete_authenticator": gettext_lazy(
            "Your work needs a second factor: set another one up first, then remove this one."
        ),
    }

    def encrypt(self, text: str) -> str:
        """The key of the sealed row, which is what allauth keeps."""
        row = FactorSecret()
        row.secret = text
        row.save()
        return str(row.pk)

    def decrypt(self, encrypted_text: str) -> str:
        return FactorSecret.objects.get(pk=encrypted_text).secret.open()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whose work needs a factor keeps one."""
        user = authenticator.user
        return not is_needed_by(user) or factors_of(user).exclude(pk=authenticator.pk).exists()

    def get_totp_issuer(self) -> str:
        return " ".join(filter(None, (str(getattr(context.request, "county", "")), _("Tisu"))))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": self.get_totp_issuer()}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict:
        return {
            "id": user_pk_to_url_str(user).encode(),
            "display_name": user.get_full_name(),
            "name": user.username,
        }


class SecondFactorStage(AuthenticateStage):
    """Signing in stops here for whoever has a second factor of their own."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return super()._should_handle(request) and is_asked_at_sign_in(self.login.user)


def forget_secret(sender: type, instance: Authenticator, **kwargs: object) -> None:
    """A factor that goes takes its sealed secret along, whoever deletes it: allauth does so in several places."""
    named = (instance.data.get("secret"), instance.data.get("seed"))
    FactorSecret.objects.filter(pk__in=[key for key in named if key]).delete()
