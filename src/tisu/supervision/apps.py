from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "tisu.supervision"
    label = "supervision"
