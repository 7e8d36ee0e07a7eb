from django.urls import path

from tisu.web import views

app_name = "web"

urlpatterns = [
    path("i18n/setlang/", views.choose_language, name="choose_language"),
    path("components", views.components, name="components"),
]
