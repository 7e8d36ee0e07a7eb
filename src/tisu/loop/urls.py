from django.urls import path

from tisu.loop import views

app_name = "loop"

urlpatterns = [
    path("desk", views.desk, name="desk"),
    path("search", views.search, name="search"),
    path("matters", views.matters, name="list"),
    path("matters/new", views.new, name="new"),
    path("matters/together/<slug:action>", views.together, name="together"),
    path("matters/<str:number>", views.matter, name="matter"),
    path("matters/<str:number>/print", views.paper, name="print"),
    path("matters/<str:number>/recusal", views.recusal, name="recusal"),
    path("matters/<str:number>/<slug:action>", views.act, name="act"),
    path("calendar", views.calendar, name="calendar"),
    path("calendar/new", views.load, name="load"),
    path("calendar/progress", views.progress, name="progress"),
    path("calendar/rules", views.rules, name="rules"),
    path("security/walls", views.walls, name="walls"),
    path("security/conflicts", views.conflicts, name="conflicts"),
]
