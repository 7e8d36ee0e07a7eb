from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "tisu.support"
    label = "support"
