from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "tisu.dashboards"
    label = "dashboards"
