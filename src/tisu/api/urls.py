from django.urls import path

from tisu.api.api import build
from tisu.api.probes import healthz, readyz

urlpatterns = [
    path("api/v1/", build().urls),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
