from django.apps import AppConfig


class FirmsConfig(AppConfig):
    name = "tisu.firms"
    label = "firms"
