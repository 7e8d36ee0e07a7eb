from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "tisu.orgs"
    label = "orgs"
