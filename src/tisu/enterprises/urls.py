from django.urls import path

from tisu.enterprises import views

app_name = "enterprises"

urlpatterns = [
    path("enterprises", views.listed, name="list"),
    path("enterprises/<code>", views.detail, name="detail"),
]
