"""What the ground keeps in the database: only the search table. Nobody but `search` writes it."""

from django.db import models


class SearchEntry(models.Model):
    """What one object can be found by. `subject` names the kind of object, `text` is its search form.

    On SQLite triggers keep a full-text table in step with `tokens`, on PostgreSQL an index stands on it; both
    are made by hand in migration 0001. A migration that rebuilds this table on SQLite must make the triggers
    again.
    """

    subject = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    text = models.TextField()
    tokens = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "object_id"], name="one_search_entry_per_object")
        ]
