from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tisu.accounts"
    label = "accounts"
