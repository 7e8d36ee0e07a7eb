from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "tisu.audit"
    label = "audit"
