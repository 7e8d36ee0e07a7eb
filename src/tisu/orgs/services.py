"""Changing the places where work belongs. Each change stands in the ledger with who made it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tisu.audit.record import record
from tisu.foundation import clock
from tisu.orgs.models import ROLES_BY_DUTY, FormerName, Post, Role, Unit, UnitChange


@transaction.atomic
def add_unit(
    *, actor: Any, region: str, code: str, name: str, short_name: str, duty: str, since: date
) -> Unit:
    """A new unit. A region has one office; a code is given once in a region, also after the unit has ended."""
    unit = Unit(region_id=region, code=code, name=name, short_name=short_name, duty=duty, since=since)
    unit.full_clean()
    unit.save()
    record(act="add-unit", about=_described(unit), actor=actor, since=since.isoformat(), duty=str(duty))
    return unit


@transaction.atomic
def rename_unit(*, actor: Any, unit: Unit, name: str, short_name: str, since: date | None = None) -> Unit:
    """Another name for the same unit from a day on: its code, posts and matters stay, and what it was called is kept."""
    since = since or clock.today()
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    began = _name_began(unit)
    if since > clock.today():
        raise ValidationError({"since": _("A new name is entered when it holds: today is the latest day.")})
    if since < began:
        words = _("The present name holds since %(day)s: the new one cannot begin before.")
        raise ValidationError({"since": words % {"day": began}})
    before = {"name": unit.name, "short_name": unit.short_name}
    if since > began:
        FormerName.objects.create(unit=unit, since=began, until=since, **before)
    else:  # taken back on the day it was given: then it was never called otherwise
        unit.former_names.filter(until=since, name=name, short_name=short_name).delete()
    unit.name, unit.short_name = name, short_name
    unit.full_clean()
    unit.save(update_fields=["name", "short_name"])
    record(act="rename-unit", about=_described(unit), actor=actor, before=before, since=since.isoformat())
    return unit


def _name_began(unit: Unit) -> date:
    last = unit.former_names.order_by("-until").first()
    return last.until if last else unit.since


@transaction.atomic
def end_unit(*, actor: Any, unit: Unit, until: date) -> Unit:
    """A unit ends after its posts: so nobody holds a post of a unit that is gone (posts, not people, M0.1)."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    unit.check_end(until)
    if planned := UnitChange.objects.planned().filter(Q(unit=unit) | Q(successors=unit)).first():
        words = _("A change of units is planned for %(day)s (%(change)s): call it off first.")
        raise ValidationError({"until": words % {"day": planned.day, "change": planned}})
    if standing := unit.posts.lasting_beyond(until).first():
        raise ValidationError(
            {
                "until": _("%(post)s is not ended by that day: end the unit's posts first.")
                % {"post": standing}
            }
        )
    unit.until = until
    unit.save(update_fields=["until"])
    record(act="end-unit", about=_described(unit), actor=actor, until=until.isoformat())
    return unit


@transaction.atomic
def add_post(*, actor: Any, unit: Unit, title: str, role: str, since: date) -> Post:
    """A new post. Its role fits what the unit is to the loop, and it begins while the unit exists."""
    if role not in ROLES_BY_DUTY[unit.duty]:
        sentence = _("A unit whose duty is “%(duty)s” has no post of the role “%(role)s”.")
        raise ValidationError(
            {"role": sentence % {"duty": unit.get_duty_display(), "role": Role(role).label}}
        )
    if not unit.is_in_force(since):
        raise ValidationError(
            {"since": _("The unit does not exist on that day: choose a day on which it does.")}
        )
    post = Post(unit=unit, title=title, role=role, since=since)
    post.full_clean()
    post.save()
    record(act="add-post", about=post, actor=actor, role=str(role), since=since.isoformat())
    return post


@transaction.atomic
def retitle_post(*, actor: Any, post: Post, title: str) -> Post:
    before = post.title
    post.title = title
    post.full_clean()
    post.save(update_fields=["title"])
    record(act="retitle-post", about=post, actor=actor, before=before)
    return post


@transaction.atomic
def set_charge(*, actor: Any, post: Post, units: Iterable[Unit]) -> Post:
    """The units a county leader is in charge of: whose matters the leader sees."""
    if post.role != Role.COUNTY_LEADER:
        raise ValidationError(_("Only a county leader's post is in charge of units."))
    before = sorted(post.in_charge_of.values_list("code", flat=True))
    post.in_charge_of.set(units)
    after = sorted(post.in_charge_of.values_list("code", flat=True))
    record(act="set-charge", about=post, actor=actor, before=before, after=after)
    return post


def _described(unit: Unit) -> str:
    return f"{unit.short_name} ({unit.region_id}/{unit.code})"
