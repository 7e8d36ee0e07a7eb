from django.urls import path

from tisu.dashboards import views

app_name = "dashboards"

urlpatterns = [path("leader", views.leader, name="leader")]
