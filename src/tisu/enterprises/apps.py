from django.apps import AppConfig


class EnterprisesConfig(AppConfig):
    name = "tisu.enterprises"
    label = "enterprises"
