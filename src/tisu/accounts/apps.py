from django.apps import AppConfig
from django.db.models.signals import post_delete


class AccountsConfig(AppConfig):
    name = "tisu.accounts"
    label = "accounts"

    def ready(self) -> None:
        """allauth deletes its factors by itself; whatever deletes one, its sealed secret goes too."""
        from allauth.mfa.models import Authenticator  # models are there only now

        from tisu.accounts.mfa import forget_secret  # it needs them

        post_delete.connect(forget_secret, sender=Authenticator, dispatch_uid="forget-secret")
