from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "tisu.exchange"
    label = "exchange"
