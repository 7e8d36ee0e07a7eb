from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "tisu.api"
    label = "api"
