from django.apps import AppConfig


class PromisesConfig(AppConfig):
    name = "tisu.promises"
    label = "promises"
