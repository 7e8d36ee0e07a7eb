from django.urls import include, path

from tisu.exchange import exporting, views

pages = [
    path("imports", views.imports, name="imports"),
    path("imports/to/<slug:kind>", views.new, name="new"),
    path("imports/to/<slug:kind>/empty", views.empty, name="empty"),
    path("imports/<uuid:pk>", views.run, name="run"),
    path("imports/<uuid:pk>/progress", views.progress, name="progress"),
    path("imports/<uuid:pk>/refused", views.refused, name="refused"),
    path("exports/<slug:code>", exporting.export, name="export"),
]

urlpatterns = [path("", include((pages, "exchange")))]
