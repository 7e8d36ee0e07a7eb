from django.urls import include, path

from tisu.inbox.views import letters, messages, places, workers

own = [
    path("messages", messages.inbox, name="messages"),
    path("messages/read", messages.read_all, name="read_all"),
    path("messages/<uuid:letter>/read", messages.read, name="read"),
    path("messages/settings", places.settings, name="settings"),
    path("messages/settings/<uuid:pk>/confirm", places.confirm, name="confirm"),
    path("messages/settings/<uuid:pk>/code", places.new_code, name="new_code"),
    path("messages/settings/<uuid:pk>/remove", places.remove, name="remove"),
]
system = [
    path("system/outbox", letters.outbox, name="letters"),
    path("system/outbox/<uuid:letter>/retry", letters.retry, name="retry"),
    path("system/outbox/robots", letters.add_robot, name="add_robot"),
    path("system/outbox/robots/<uuid:pk>/remove", letters.remove_robot, name="remove_robot"),
    path("system/worker", workers.workers, name="workers"),
]
urlpatterns = [path("", include((own, "inbox"))), path("", include((system, "outbox")))]
