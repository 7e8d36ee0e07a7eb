"""Lists of risks: begun from a template, added to, and done point by point."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.foundation import clock
from tisu.loop.faults import Conflict, NotVisible, Unacceptable
from tisu.orgs.models import Unit
from tisu.support.models import Risk, RiskList
from tisu.support.reference import RISKS

MOST = 60


def list_from(template: str) -> RiskList:
    """A list with the points of a template, none of them done."""
    made = RiskList.objects.create()
    Risk.objects.bulk_create(
        Risk(list=made, risk=risk, measure=measure) for risk, measure in RISKS.get(template, ())
    )
    return made


@transaction.atomic
def add_risk(*, risks: RiskList, risk: str, measure: str, owner: Unit | None) -> Risk:
    if risks.risks.count() >= MOST:
        raise Unacceptable.at("risk", _("A list has %(most)d points at the most.") % {"most": MOST})
    row = Risk(list=risks, risk=risk, measure=measure, owner=owner)
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def settle_risk(
    *,
    user: User,
    risks: RiskList,
    key: int,
    owner: Unit | None,
    done_on: date | None,
    seen: str | None = None,
) -> Risk:
    """Say whose a point is and when it was done; without a day it is not done.

    `seen` is how it stood when its writer looked (`stands_as`); Conflict when it stands otherwise.
    """
    row = risks.risks.select_for_update(of=("self",)).filter(pk=key).first()
    if row is None:
        raise NotVisible(_("There is no such point in this list."))
    if seen is not None and seen != stands_as(row):
        raise Conflict(_("Someone else has seen to this risk since you opened it: look at it again."))
    if done_on and done_on > clock.today():
        raise Unacceptable.at("done_on", _("This day has not come yet."))
    row.owner, row.done_on = owner, done_on
    row.signed = standing_of(user).label[:120] if done_on else ""
    row.save(update_fields=["owner", "done_on", "signed"])
    return row


def stands_as(risk: Risk) -> str:
    """How a point stands, to tell whether it has changed."""
    return f"{risk.owner_id or ''} {risk.done_on or ''}"
