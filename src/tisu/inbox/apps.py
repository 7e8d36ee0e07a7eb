from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "tisu.inbox"
    label = "inbox"
