"""Reading the register: who sees which firm, and finding one by any of its words."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from tisu.accounts.standing import standing_of
from tisu.enterprises.findable import SUBJECT
from tisu.foundation import clock, search
from tisu.orgs.models import ADMINISTRATORS, Role, within

OFFICE = (Role.OFFICE_LEAD, Role.OFFICE_STAFF)
STAFF = frozenset(Role) - ADMINISTRATORS


def reads_the_register(user) -> bool:
    """Whoever holds a business post; administrators do not, whatever else they are."""
    standing = standing_of(user)
    return standing.has(*STAFF) and not standing.is_administrator


class EnterpriseQuerySet(models.QuerySet):
    def visible_to(self, user) -> "EnterpriseQuerySet":
        """The firms a person may see, those that stand for others and not the merged ones.

        - whoever holds a business post: those of the post's region;
        - who acts for a firm: that firm;
        - administrators: none, whatever else they are.
        """
        if not user.is_authenticated:
            return self.none()
        standing = standing_of(user)
        if standing.is_administrator:
            return self.none()
        reach = Q(pk__in=standing.enterprises)
        for region in standing.regions(*STAFF):
            reach |= within("region_id", region)
        return self.filter(reach, survivor=None)

    def kept_by(self, user) -> "EnterpriseQuerySet":
        """The firms whose register this person keeps: those of the region of an office where they have a post."""
        standing = standing_of(user)
        reach = Q(pk__in=())
        for region in standing.regions(*OFFICE):
            reach |= within("region_id", region)
        return self.none() if standing.is_administrator else self.filter(reach, survivor=None)

    def found_by(self, words: str) -> "EnterpriseQuerySet":
        """By name, former name, credit code, business or pinyin of a name."""
        return self.filter(pk__in=search.matching(SUBJECT, words))

    def kin_of(self, firms) -> "EnterpriseQuerySet":
        """These rows and all that are the same firm: what hangs on a firm hangs on any of them."""
        roots = self.model._base_manager.filter(pk__in=firms).values(root=Coalesce("survivor_id", "pk"))
        return self.filter(Q(pk__in=roots) | Q(survivor__in=roots))

    def answering_to(self, code: str) -> "EnterpriseQuerySet":
        """The one that stands for whatever has this credit code: itself, or what it was merged into."""
        return self.filter(Q(credit_code=code, survivor=None) | Q(merged__credit_code=code))

    # --- above designated size ---

    def above_scale_in(self, month: date | None = None) -> "EnterpriseQuerySet":
        """From the months, which are few, to the firms, which are many."""
        root = Coalesce("enterprise__survivor_id", "enterprise_id")
        return self.filter(pk__in=self._months(month).values(root=root))

    def with_scale(self, month: date | models.Expression | None = None) -> "EnterpriseQuerySet":
        """Carry along `is_above_scale` for a month, this one unless another is named."""
        months = self._months(month)
        own, of_kin = (
            months.filter(enterprise=OuterRef("pk")),
            months.filter(enterprise__survivor=OuterRef("pk")),
        )
        return self.annotate(is_above_scale=Exists(own) | Exists(of_kin))

    def _months(self, month: date | models.Expression | None) -> models.QuerySet:
        first = month if isinstance(month, models.Expression) else (month or clock.today()).replace(day=1)
        held = Q(last__isnull=True) | Q(last__gte=first)
        rows = self.model._meta.get_field("scale_months").related_model.objects
        return rows.order_by().filter(held, first__lte=first)

    def for_rows(self, month: models.Expression | None = None) -> "EnterpriseQuerySet":
        """Everything that a row of a list shows, in one query."""
        return self.with_scale(month).select_related("region", "industry")
