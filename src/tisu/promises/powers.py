"""Who may promise for the county, who writes it down, who carries it on. Every check and every button asks here."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.foundation import clock
from tisu.loop.queries import OFFICE_ROLES, OVERSIGHT_ROLES, UNIT_ROLES
from tisu.orgs.models import Duty, Post, Role, Unit, within
from tisu.promises.models import Promise
from tisu.promises.moves import Hand
from tisu.promises.queries import MAKERS
from tisu.promises.states import State

OWN_PROMISES = (Role.COUNTY_LEADER, Role.DEPT_LEAD)  # who writes down what their own post promised


def reads_promises(user: User) -> bool:
    """Whoever has a part in promises: staff with a business post other than discipline and the custodian's."""
    standing = standing_of(user)
    return not standing.is_administrator and standing.has(Role.COUNTY_LEADER, *UNIT_ROLES)


def acts_for_a_firm(user: User) -> bool:
    standing = standing_of(user)
    return bool(standing.enterprises) and not standing.is_administrator


def is_office_of(user: User, promise: Promise) -> bool:
    return _has_over(user, promise.region_id, *OFFICE_ROLES)


def is_head_of_office(user: User, promise: Promise) -> bool:
    return _has_over(user, promise.region_id, Role.OFFICE_LEAD)


def may_correct(user: User, promise: Promise) -> bool:
    return promise.state == State.RECORDED and is_office_of(user, promise)


def speaks_for(user: User, promise: Promise) -> bool:
    """Whether this person acts for the very firm that it was given to, whichever row of the register it stands under."""
    firm = promise.enterprise
    return firm is not None and acts_for_a_firm(user) and firm.root_id in standing_of(user).enterprises


def may_write_down(user: User) -> bool:
    return makers_for(user).exists()


def makers_for(user: User, day: date | None = None) -> QuerySet[Post]:
    """The posts whose promises this person writes down: the office any of its region, others their own post's.

    One that had ended by the day could not promise anything. How far back posts are known differs from county to county:
    that one is known from a later day on only, says nothing.
    """
    standing, day = standing_of(user), day or clock.today()
    if standing.is_administrator:
        return Post.objects.none()
    reach = Q(pk__in=standing.posts(*OWN_PROMISES))
    for region in standing.regions(*OFFICE_ROLES):
        reach |= within("unit__region_id", region)
    lasting = Q(until=None) | Q(until__gt=day)
    of_units = Q(unit__until=None) | Q(unit__until__gt=day)
    return Post.objects.filter(reach, lasting, of_units, role__in=MAKERS).select_related("unit")


def check_maker(maker: Post, day: date) -> None:
    """Only a post that leads can promise for the county: whatever was said by others has to be taken up by one."""
    if maker.role not in MAKERS:
        raise ValidationError(
            {
                "maker": _(
                    "%(post)s cannot promise for the county: name the post that leads there, once it stands for it."
                )
                % {"post": maker}
            }
        )
    if any(row.until and row.until <= day for row in (maker, maker.unit)):
        raise ValidationError(
            {"maker": _("There was no such post any more on %(day)s: name the one there was.") % {"day": day}}
        )


def is_beyond_charge(promise: Promise) -> bool:
    """Whether the post promised what is another one's to give: said to the reviewers, who decide."""
    if promise.unit_id is None or promise.unit_id == promise.maker.unit_id:
        return False
    if promise.maker.unit.duty == Duty.LEADERSHIP:
        charge = set(promise.maker.in_charge_of.values_list("pk", flat=True))
        return bool(charge) and promise.unit_id not in charge
    return True


def units_to_name(region: str) -> QuerySet[Unit]:
    """Units of the county to which a deliverable can be given."""
    rows = Unit.objects.on().filter(within("region_id", region))
    return rows.filter(duty__in=(Duty.HANDLING, Duty.OFFICE))


def hand_of(user: User) -> Hand:
    """Signed by the post that allows it: the office's, one's own that leads, a unit's, a firm's mandate."""
    standing = standing_of(user)
    for roles in (OFFICE_ROLES, OWN_PROMISES, OVERSIGHT_ROLES, UNIT_ROLES, ("enterprise",)):
        if standing.has(*roles):
            return Hand(user, standing.label_as(*roles))
    return Hand(user, standing.label)


def _has_over(user: User, region: str, *codes: str) -> bool:
    standing = standing_of(user)
    if standing.is_administrator:
        return False
    return any(region.startswith(role.region) for role in standing.having(*codes))
