"""Who may act for a firm."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tisu.accounts.models import User
from tisu.enterprises.models.firm import Enterprise
from tisu.orgs.models import Dated, ends_after_it_begins


class Mandate(Dated):
    """A person acts for a firm from a day on; ends when the person leaves.

    Who `is_principal` speaks for the firm in what concerns its people: ends the mandate of a colleague who left.
    """

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="mandates")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mandates")
    is_principal = models.BooleanField(_("principal person"), default=False)

    class Meta:
        constraints = [ends_after_it_begins("mandate_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.user} · {self.enterprise}"


def holder_of(user: User) -> Enterprise | None:
    """The firm a person acts for today, the earliest mandate first."""
    mandate = (
        Mandate.objects.on().filter(user=user).select_related("enterprise").order_by("since", "pk").first()
    )
    return mandate.enterprise if mandate else None
