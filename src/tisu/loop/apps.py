from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LoopConfig(AppConfig):
    name = "tisu.loop"
    label = "loop"

    def ready(self) -> None:
        post_migrate.connect(_reckon_what_has_no_dates, sender=self)


def _reckon_what_has_no_dates(**_signal) -> None:
    """Clocks from before their dates were kept get them once, as soon as the tables can hold them."""
    from tisu.loop.models import Clock  # models are ready only now
    from tisu.loop.rebuild import differences

    if Clock.objects.filter(due_at__isnull=True).exists():
        for _difference in differences(write=True):
            pass
