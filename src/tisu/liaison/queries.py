"""Reading pairings and contacts: who sees which."""

from datetime import date

from django.db import models
from django.db.models import Q

from tisu.accounts.standing import Standing, standing_of
from tisu.enterprises.models import Enterprise
from tisu.loop.models import Matter
from tisu.loop.queries import OVERSIGHT_ROLES, interests_of
from tisu.orgs.models import DatedQuerySet, Role, within

# What came out of a contact, and the way from there to the matters that hold it.
CAME_OUT = {
    "issues": "matter",
    "requests": "request__matter",
    "promises": "promise__deliverables__matter",
}


class PairingQuerySet(DatedQuerySet):
    def visible_to(self, user) -> "PairingQuerySet":
        """The pairings a person may see.

        - office and supervision: those of their region;
        - whoever holds the leader's post, or stands in there as secretary or cover: that post's own, whoever held it then;
        - who acts for the firm: its own, under any row of the register;
        - administrators: none, whatever else they are; and nobody with an interest in the firm.
        """
        if not user.is_authenticated:
            return self.none()
        standing = standing_of(user)
        if standing.is_administrator:
            return self.none()
        rows, interests = self.filter(_reach(standing)), interests_of(standing)
        return rows.exclude(enterprise__in=interests) if interests else rows

    def of_firm(self, firm: Enterprise) -> "PairingQuerySet":
        return self.filter(enterprise__in=firm.kin)

    def for_rows(self) -> "PairingQuerySet":
        """Everything that a row of a list shows, in one query."""
        return self.select_related("post__unit", "enterprise__survivor")


def _reach(standing: Standing) -> Q:
    reach = Q(pk__in=())
    for region in standing.regions(*OVERSIGHT_ROLES):
        reach |= within("post__unit__region_id", region)
    if posts := standing.posts(Role.COUNTY_LEADER):
        reach |= Q(post__in=posts)
    if standing.enterprises:
        reach |= Q(enterprise__in=Enterprise.objects.kin_of(standing.enterprises).values("pk"))
    return reach


class ContactQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ContactQuerySet":
        """Those of the pairings that the person may see; what the firm may read of one, wording.py says.

        Whom a wall keeps from something that came out of a contact it keeps from the contact: the main points are where
        the same words stand.
        """
        pairings = self._rows("pairing").visible_to(user)
        seen = self.filter(pairing__in=pairings.values("pk"))
        return seen.exclude(self._walled_off(standing_of(user))) if user.is_authenticated else seen

    def _walled_off(self, standing: Standing) -> Q:
        """Looked up from the matters behind walls, of which there are few, and not for each contact."""
        kept = Matter.objects.all().walled_off(standing).order_by().values("pk")
        found = Q()
        for relation, matter in CAME_OUT.items():
            found |= Q(pk__in=self._rows(relation).filter(**{f"{matter}__in": kept}).values("contact"))
        return found

    def _rows(self, relation: str) -> models.QuerySet:
        return self.model._meta.get_field(relation).related_model.objects.all()

    def standing(self) -> "ContactQuerySet":
        return self.filter(taken_back_at=None)

    def counted(self) -> "ContactQuerySet":
        """Silence counts; a firm that says there was none is believed."""
        return self.standing().exclude(answer="no")

    def between(self, first: date, last: date) -> "ContactQuerySet":
        return self.filter(on__gte=first, on__lte=last)

    def of_firm(self, firm: Enterprise) -> "ContactQuerySet":
        kin = firm.kin
        return self.filter(pairing__enterprise__in=kin)

    def for_rows(self) -> "ContactQuerySet":
        return self.select_related("pairing__post__unit", "pairing__enterprise__survivor")
