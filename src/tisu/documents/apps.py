from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "tisu.documents"
    label = "documents"
