from django.urls import path

from tisu.enterprises.views import editing, firm, listing

app_name = "enterprises"

urlpatterns = [
    path("enterprises", listing.listed, name="list"),
    path("enterprises/new", editing.new, name="new"),
    path("enterprises/parks", editing.parks, name="parks"),
    path("enterprises/<code>", firm.detail, name="detail"),
    path("enterprises/<code>/people", firm.people, name="people"),
    path("enterprises/<code>/edit", editing.edit, name="edit"),
    path("our-firm", firm.own, name="own"),
]
