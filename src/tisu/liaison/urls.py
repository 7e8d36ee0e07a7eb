from django.urls import path

from tisu.liaison.views import compliance, contacts, entering, pairings

app_name = "liaison"

urlpatterns = [
    path("liaison", contacts.listed, name="contacts"),
    path("liaison/new", entering.new, name="new"),
    path("liaison/contacts/<str:number>", contacts.contact, name="contact"),
    path("liaison/compliance", compliance.compliance, name="compliance"),
    path("liaison/pairings", pairings.listed, name="pairings"),
    path("liaison/pairings/new", pairings.new, name="pair"),
    path("liaison/pairings/<int:pk>", pairings.pairing, name="pairing"),
]
