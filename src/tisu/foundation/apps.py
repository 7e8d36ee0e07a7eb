from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class FoundationConfig(AppConfig):
    name = "tisu.foundation"
    label = "foundation"

    def ready(self) -> None:
        from tisu.foundation import approle, triggers  # they name models, which load after this file

        pre_migrate.connect(triggers.lift, sender=self)
        post_migrate.connect(triggers.lay, sender=self)
        post_migrate.connect(approle.keep, sender=self)
