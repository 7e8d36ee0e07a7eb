from django.urls import path

from tisu.firms import views

app_name = "firms"

urlpatterns = [
    path("our-firm", views.own, name="own"),
    path("our-firm/<code>", views.side, name="side"),
    path("our-firm/<code>/ask", views.ask, name="ask"),
    path("our-firm/<code>/correct", views.correct, name="correct"),
    path("our-firm/<code>/held", views.held, name="held"),
    path("our-firm/<code>/held/file", views.take_along, name="take_along"),
]
