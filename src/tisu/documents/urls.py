from django.urls import path

from tisu.documents import views

app_name = "documents"
urlpatterns = [
    path("documents/<uuid:pk>", views.show, name="show"),
    path("documents/<uuid:pk>/file", views.file, name="file"),
    path("documents/<uuid:pk>/thumb", views.thumb, name="thumb"),
    path("documents/<uuid:pk>/pages/<int:page>", views.page, name="page"),
    path("documents/<uuid:pk>/original", views.original, name="original"),
]
