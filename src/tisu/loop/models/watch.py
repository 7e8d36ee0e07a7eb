"""Who else looks at a matter: a leader to whom it was escalated, or who is asked to approve it."""

from django.db import models

from tisu.loop.models.matter import Matter
from tisu.orgs.models import Post


class Watch(models.Model):
    """A post watches a matter: its holder, and a secretary for the holder, sees it from then on."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="watches")
    post = models.ForeignKey(Post, models.PROTECT, related_name="watches")
    level = models.PositiveSmallIntegerField()
    since = models.DateTimeField()

    class Meta:
        ordering = ["level", "pk"]
        constraints = [models.UniqueConstraint(fields=["matter", "post"], name="a_post_watches_once")]

    def __str__(self) -> str:
        return f"{self.matter_id} ← {self.post_id}"
