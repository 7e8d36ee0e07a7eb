from django.apps import AppConfig


class LoopConfig(AppConfig):
    name = "tisu.loop"
    label = "loop"
