from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, pre_save


class AccountsConfig(AppConfig):
    name = "tisu.accounts"
    label = "accounts"

    def ready(self) -> None:
        """What libraries do by themselves: whatever deletes a factor, its sealed secret goes too; whatever signs
        somebody in, the session says so; what another house tells of a person is not kept."""
        from allauth.mfa.models import Authenticator  # models are there only now
        from allauth.socialaccount.models import SocialAccount

        from tisu.accounts.linked import keep_nothing
        from tisu.accounts.mfa import forget_secret  # it needs them
        from tisu.accounts.sessions import note_visit  # it is made of a model

        pre_save.connect(keep_nothing, sender=SocialAccount, dispatch_uid="keep-nothing")
        user_logged_in.connect(note_visit, dispatch_uid="note-visit")
        post_delete.connect(forget_secret, sender=Authenticator, dispatch_uid="forget-secret")
