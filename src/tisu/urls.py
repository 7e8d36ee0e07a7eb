"""Every app brings its own addresses; this file knows none of them."""

from importlib.util import find_spec

from django.urls import include, path

from tisu.foundation.rooms import apps

urlpatterns = [
    path("", include(f"tisu.{app}.urls")) for app in apps() if find_spec(f"tisu.{app}.urls") is not None
]

handler400 = "tisu.web.errors.handler400"
handler403 = "tisu.web.errors.handler403"
handler404 = "tisu.web.errors.handler404"
handler500 = "tisu.web.errors.handler500"
handler429 = "tisu.web.errors.handler429"
