from django.urls import path

from tisu.voice import contact_views, staff_views, views
from tisu.voice.hotline import views as hotline

app_name = "voice"

urlpatterns = [
    path("", views.line, name="line"),
    path("receipt", views.receipt, name="receipt"),
    path("discipline", views.discipline, name="discipline"),
    path("track", views.track, name="track"),
    path("track/message", views.message, name="message"),
    path("track/contact", views.contact, name="contact"),
    path("track/rating", views.rating, name="rating"),
    path("reports/new", staff_views.new, name="new"),
    path("hotline/categories", hotline.categories, name="categories"),
    path("hotline/categories/<int:pk>", hotline.category, name="category"),
    path("reports/<str:number>/say", staff_views.say, name="say"),
    path("reports/openings", contact_views.openings, name="openings"),
    path("reports/openings/<uuid:pk>/grant", contact_views.grant, name="grant"),
    path("reports/openings/<uuid:pk>/decline", contact_views.decline, name="decline"),
    path("reports/<str:number>/identity", contact_views.identity, name="identity"),
    path("reports/<str:number>/identity/ask", contact_views.ask, name="ask-identity"),
]
