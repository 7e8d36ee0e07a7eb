"""Whom to speak to at a firm, and what each of them consented to being asked for (domain.md §8)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tisu.enterprises.models.firm import Enterprise


class Purpose(models.TextChoices):
    """What a person at a firm may be reached for; nothing else."""

    VISITS = "visits", _("visits and on-site work")
    SURVEYS = "surveys", _("satisfaction surveys")
    POLICIES = "policies", _("news of policies")


class FirmContactQuerySet(models.QuerySet):
    def reachable(self) -> "FirmContactQuerySet":
        return self.filter(emptied_at=None)

    def reachable_for(self, purpose: str) -> "FirmContactQuerySet":
        """Those whose consent to this purpose stands."""
        standing = self.model._meta.get_field("consents").related_model.objects.filter(withdrawn_on=None)
        return self.reachable().filter(pk__in=standing.filter(purpose=purpose).values("contact"))


class FirmContact(models.Model):
    """A person at a firm. `idle_on` is the day on which their last consent ended; some time after it they are emptied."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="contacts")
    name = models.CharField(_("name"), max_length=40, blank=True)
    post_title = models.CharField(_("post"), max_length=40, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True, db_index=True)
    email = models.EmailField(_("e-mail"), max_length=120, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    idle_on = models.DateField(null=True, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)

    objects = FirmContactQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(emptied_at__isnull=True) | Q(name="", post_title="", phone="", email=""),
                name="nothing_is_left_of_an_emptied_contact",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Consent(models.Model):
    """A contact agreed to be reached for one purpose: when, how, and when they took it back."""

    contact = models.ForeignKey(FirmContact, models.PROTECT, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose.choices)
    given_on = models.DateField(_("given on"))
    how = models.CharField(_("how it was given"), max_length=100)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "purpose"],
                condition=Q(withdrawn_on__isnull=True),
                name="a_purpose_is_consented_to_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.contact} · {self.get_purpose_display()}"
