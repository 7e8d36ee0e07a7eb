from django.apps import AppConfig


class LiaisonConfig(AppConfig):
    name = "tisu.liaison"
    label = "liaison"
