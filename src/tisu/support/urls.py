from django.urls import path

from tisu.support.views import figures, forces, records, requests, risks, steps

app_name = "support"

urlpatterns = [
    path("support/requests", requests.listed, name="requests"),
    path("support/requests/new", requests.choose, name="choose"),
    path("support/requests/new/<str:factor>", requests.ask_for, name="ask"),
    path("support/requests/<str:number>/steps/<str:kind>", steps.step, name="step"),
    path("support/requests/<str:number>/records/<str:code>", records.record, name="record"),
    path("support/figures", figures.figures, name="figures"),
    path("support/task-forces", forces.listed, name="forces"),
    path("support/task-forces/new", forces.new, name="force-new"),
    path("support/task-forces/<int:pk>", forces.page, name="force"),
    path("support/risks/<int:pk>", risks.settle, name="risk"),
    path("support/risk-lists/<int:pk>/new", risks.add, name="risk-new"),
]
