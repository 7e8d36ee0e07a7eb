from django.apps import AppConfig


class BenchConfig(AppConfig):
    name = "tisu.bench"
    label = "bench"
