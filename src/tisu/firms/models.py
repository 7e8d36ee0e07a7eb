"""What a firm asks for: a matter that the firm raised, and what sort of asking it is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tisu.enterprises.models import Enterprise
from tisu.loop.models import Matter


class Sort(models.TextChoices):
    NEED = "need", _("we need something")
    CORRECTION = "correction", _("what is kept about us is wrong")


class Ask(models.Model):
    """`key` is that of the form it was sent with: the same form sent again is the same asking."""

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="ask")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="asks")
    sort = models.CharField(_("sort"), max_length=10, choices=Sort.choices)
    about = models.CharField(_("what is wrong"), max_length=60, blank=True)
    key = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "key"], condition=~models.Q(key=""), name="a_form_asks_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.matter)
