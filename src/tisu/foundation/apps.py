from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "tisu.foundation"
    label = "foundation"
