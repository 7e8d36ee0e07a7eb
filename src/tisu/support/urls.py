from django.urls import path

from tisu.support.views import requests, steps

app_name = "support"

urlpatterns = [
    path("support/requests", requests.listed, name="requests"),
    path("support/requests/new", requests.choose, name="choose"),
    path("support/requests/new/<str:factor>", requests.ask_for, name="ask"),
    path("support/requests/<str:number>/steps/<str:kind>", steps.step, name="step"),
]
