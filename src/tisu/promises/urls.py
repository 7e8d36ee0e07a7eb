from django.urls import path

from tisu.promises.views import confirming, entering, listing, promise, quarter

app_name = "promises"

urlpatterns = [
    path("promises", listing.listed, name="list"),
    path("promises/new", entering.new, name="new"),
    path("promises/quarter", quarter.quarter, name="quarter"),
    path("promises/confirm", confirming.confirm, name="confirm"),
    path("promises/<str:number>", promise.promise, name="promise"),
    path("promises/<str:number>/edit", entering.edit, name="edit"),
]
