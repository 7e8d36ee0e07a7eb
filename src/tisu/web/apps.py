from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "tisu.web"
    label = "web"
