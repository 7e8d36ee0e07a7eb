"""The house's addresses and beside them the bare views. Only a benchmark's own processes serve these."""

from django.urls import path

from tisu import urls
from tisu.bench import bare

PAGE, INTAKE, FIRM = "/bench/page", "/bench/intake", "/bench/firm"

urlpatterns = [
    path(PAGE.removeprefix("/"), bare.page, name="bench-page"),
    path(FIRM.removeprefix("/") + "/<int:pk>", bare.firm, name="bench-firm"),
    path(INTAKE.removeprefix("/"), bare.intake, name="bench-intake"),
    *urls.urlpatterns,
]
handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404
handler429, handler500 = urls.handler429, urls.handler500
