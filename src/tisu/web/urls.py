from django.urls import path

from tisu.web import views

app_name = "web"

urlpatterns = [
    path("components", views.components, name="components"),
]
