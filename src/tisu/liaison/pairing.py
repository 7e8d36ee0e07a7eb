"""Pairing a leader's post with a firm, changing it, and declaring again. The office does it, one by one or from a list."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tisu.accounts.models import PostHolding, User
from tisu.enterprises.models import Enterprise
from tisu.foundation import clock
from tisu.liaison.models import Pairing
from tisu.liaison.models.pairing import FIRM_PAIRED, LEADER_PAIRED
from tisu.liaison.powers import is_office, signed_by, write_down
from tisu.loop.models import ConflictOfInterest
from tisu.loop.queries import OFFICE_ROLES
from tisu.orgs.models import Post, Role

STALE = "stale"
OLDEST = date(2000, 1, 1)


@transaction.atomic
def pair(
    *, actor: User, post: Post, enterprise: Enterprise, since: date, declared_on: date | None, until: date | None = None,
    reason: str = "",
) -> Pairing:  # fmt: skip
    """From a day on this post keeps in touch with this firm. ValidationError, naming the field, says why not.

    Whoever holds the post has declared to have no interest in the firm; an interest that is recorded refuses it.
    """
    post = Post.objects.select_for_update(of=("self",)).select_related("unit").get(pk=post.pk)
    firm = _held(enterprise)
    _check_office(actor, post)
    _check_post(post, since)
    _check_days(since, until, declared_on)
    _check_firm(firm, post, since)
    _check_free(post, firm, since, until)
    _check_interest(post, firm, since, until)
    signed = signed_by(actor, *OFFICE_ROLES)
    pairing = Pairing(
        post=post, enterprise=firm, since=since, until=until, declared_on=declared_on, reason=reason, entered_by=actor,
        signed=signed, entered_at=clock.now(),
    )  # fmt: skip
    pairing.full_clean()
    pairing.save()
    write_down(actor, "pair-leader", pairing, signed, since=since.isoformat())
    return pairing


@transaction.atomic
def end_pairing(
    *, actor: User, pairing: Pairing, until: date, reason: str, expected_version: int | None = None
) -> Pairing:
    """`until` is the first day on which it no longer holds. The reason is needed, and kept with the history."""
    pairing = held(pairing)
    _check_office(actor, pairing.post)
    _check_version(pairing, expected_version)
    pairing.check_end(until)
    if not reason.strip():
        raise ValidationError({"reason": _("One thing is missing: why the pairing is changed.")})
    last = pairing.contacts.standing().order_by("-on").values_list("on", flat=True).first()
    if last and last >= until:
        words = _("There was a contact on %(day)s under this pairing: end it after that day.")
        raise ValidationError({"until": words % {"day": last}})
    pairing.until, pairing.reason = until, reason
    signed = signed_by(actor, *OFFICE_ROLES)
    return _saved(pairing, "end-pairing", actor, signed, reason=reason, until=until.isoformat())


@transaction.atomic
def declare(
    *, actor: User, pairing: Pairing, declared_on: date, expected_version: int | None = None
) -> Pairing:
    """Whoever holds the post now has declared to have no interest in the firm: asked again after a change."""
    pairing = held(pairing)
    _check_office(actor, pairing.post)
    _check_version(pairing, expected_version)
    _check_declared(declared_on)
    if pairing.until is not None and pairing.until <= clock.today():
        raise ValidationError(_("This pairing has ended."))
    _check_interest(pairing.post, pairing.firm, clock.today(), pairing.until)
    pairing.declared_on = declared_on
    signed = signed_by(actor, *OFFICE_ROLES)
    return _saved(pairing, "declare-no-interest", actor, signed, declared_on=declared_on.isoformat())


def held(pairing: Pairing) -> Pairing:
    """The row as it is now, locked: of two who act at once the second sees what the first wrote."""
    rows = Pairing.objects.select_for_update(of=("self",)).for_rows()
    return rows.get(pk=pairing.pk)


def interested(post: Post, firm: Enterprise, since: date, until: date | None = None):
    """Interests in the firm of whoever holds the post on some day of this time."""
    holders = PostHolding.objects.filter(post=post).overlapping(since, until).values("user")
    kin = Enterprise.objects.kin_of([firm.pk]).values("pk")
    return ConflictOfInterest.objects.overlapping(since, until).filter(user__in=holders, enterprise__in=kin)


# --- rules ---


def _saved(
    pairing: Pairing, act: str, actor: User, signed: str, *, reason: str = "", **details: str
) -> Pairing:
    pairing.version += 1
    pairing.full_clean()
    pairing.save()
    write_down(actor, act, pairing, signed, reason=reason, **details)
    return pairing


def _held(enterprise: Enterprise) -> Enterprise:
    """The row that stands for the firm, locked."""
    rows = Enterprise.objects.select_for_update(of=("self",))
    return rows.get(pk=Enterprise.objects.get(pk=enterprise.pk).root_id)


def _check_version(pairing: Pairing, expected: int | None) -> None:
    if expected is not None and expected != pairing.version:
        raise ValidationError(
            _("Somebody changed this pairing meanwhile. Look at it again, then act."), code=STALE
        )


def _check_office(actor: User, post: Post) -> None:
    if not is_office(actor, post.unit.region_id):
        raise ValidationError({"post": _("The office of the county pairs its leaders with firms.")})


def _check_post(post: Post, since: date) -> None:
    if post.role != Role.COUNTY_LEADER:
        raise ValidationError({"post": _("%(post)s is no county leader's post.") % {"post": post}})
    if not (post.is_in_force(since) and post.unit.is_in_force(since)):
        raise ValidationError({"post": _("There was no such post on %(day)s.") % {"day": since}})


def _check_days(since: date, until: date | None, declared_on: date | None) -> None:
    if since < OLDEST:
        raise ValidationError({"since": _("Look at the year: this was long before such pairings began.")})
    if since > clock.today().replace(year=clock.today().year + 1, day=1):
        raise ValidationError({"since": _("This day is more than a year away: look at the year.")})
    if until is not None and until <= since:
        raise ValidationError({"until": _("It would end before it begins: look at the two days.")})
    _check_declared(declared_on)


def _check_declared(declared_on: date | None) -> None:
    if declared_on is None:
        words = _(
            "One thing is missing: the day on which the leader declared to have no interest in the firm."
        )
        raise ValidationError({"declared_on": words})
    if declared_on > clock.today():
        raise ValidationError({"declared_on": _("This day has not come yet.")})


def _check_firm(firm: Enterprise, post: Post, since: date) -> None:
    if not firm.region_id.startswith(post.unit.region_id):
        raise ValidationError({"enterprise": _("%(firm)s lies in another county.") % {"firm": firm}})
    if firm.deregistered_on:
        words = _("%(firm)s was deregistered on %(day)s: choose another firm.")
        raise ValidationError({"enterprise": words % {"firm": firm, "day": firm.deregistered_on}})


def _check_free(post: Post, firm: Enterprise, since: date, until: date | None) -> None:
    """One firm per leader and one leader per firm, on each day of the time."""
    others = Pairing.objects.overlapping(since, until)
    if others.filter(post=post).exists():
        raise ValidationError({"post": str(LEADER_PAIRED)})
    if others.of_firm(firm).exists():
        raise ValidationError({"enterprise": str(FIRM_PAIRED)})


def _check_interest(post: Post, firm: Enterprise, since: date, until: date | None) -> None:
    if interested(post, firm, since, until).exists():
        words = _("Whoever holds this post has declared an interest in %(firm)s: choose another leader.")
        raise ValidationError({"enterprise": words % {"firm": firm}})
