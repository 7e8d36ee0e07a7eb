"""Reading the register: who sees which firm, and finding one by any of its words."""

from django.db import models
from django.db.models import Q

from tisu.accounts.standing import standing_of
from tisu.foundation import search
from tisu.orgs.models import ADMINISTRATORS, Role, within

STAFF = frozenset(Role) - ADMINISTRATORS
SUBJECT = "enterprise"


class EnterpriseQuerySet(models.QuerySet):
    def visible_to(self, user) -> "EnterpriseQuerySet":
        """The firms a person may see.

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
        return self.filter(reach)

    def found_by(self, words: str) -> "EnterpriseQuerySet":
        """By name, credit code, industry or pinyin of the name."""
        return self.filter(pk__in=search.matching(SUBJECT, words))
