from django.urls import path

from tisu.voice import staff_views, views

app_name = "voice"

urlpatterns = [
    path("", views.line, name="line"),
    path("receipt", views.receipt, name="receipt"),
    path("discipline", views.discipline, name="discipline"),
    path("track", views.track, name="track"),
    path("track/message", views.message, name="message"),
    path("track/rating", views.rating, name="rating"),
    path("reports/new", staff_views.new, name="new"),
    path("reports/<str:number>/say", staff_views.say, name="say"),
    path("reports/<str:number>/identity", staff_views.identity, name="identity"),
]
