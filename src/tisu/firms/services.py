"""Raising what a firm needs, and asking that what is kept about it be corrected."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.enterprises.models import Enterprise
from tisu.firms.kinds import KIND
from tisu.firms.models import Ask, Sort
from tisu.loop.actor import Actor, person
from tisu.loop.faults import Conflict, NotVisible
from tisu.loop.papers import claim, hang_at_first
from tisu.loop.register import register_matter
from tisu.loop.services import checked_words

FIRM = "enterprise"  # the role that a mandate grants
COUNTY = 6  # digits of a county's code


def firms_of(user: User):
    """The firms that a person acts for today; a merged row counts as the firm that stands for it."""
    return Enterprise.objects.filter(pk__in=standing_of(user).enterprises, survivor=None)


def raise_ask(
    *,
    user: User,
    firm: Enterprise,
    text: str,
    title: str = "",
    sort: str = Sort.NEED,
    about: str = "",
    documents: list | None = None,
    key: str = "",
) -> Ask:
    """Register it as the firm's; the same form sent again is the same asking.

    NotVisible for who does not act for the firm today, Conflict for a firm that is no more, Unacceptable for the words.
    """
    if not firms_of(user).filter(pk=firm.pk).exists():
        raise NotVisible(_("There is no such firm, or you do not act for it."))
    if firm.deregistered_on:
        raise Conflict(
            _("This firm is deregistered: whoever wants to report something uses the direct line.")
        )
    title, text = checked_words(title, text)
    if known := _sent(firm, key):
        return known
    try:
        with transaction.atomic():
            return _raised(user, firm, title, text, sort, about, documents, key)
    except IntegrityError:
        if (known := _sent(firm, key)) is None:
            raise
        return known


def _raised(user, firm, title, text, sort, about, documents, key) -> Ask:
    matter = register_matter(
        kind=KIND, title=title, text=text, region=firm.region_id[:COUNTY], actor=_signing_for(user, firm),
        enterprise=firm, requester=user, for_firm=firm,
    )  # fmt: skip
    ask = Ask.objects.create(matter=matter, enterprise=firm, sort=sort, about=about, key=key)
    hang_at_first(matter, claim(documents, user))
    return ask


def _sent(firm: Enterprise, key: str) -> Ask | None:
    return Ask.objects.filter(enterprise=firm, key=key).first() if key else None


def _signing_for(user: User, firm: Enterprise) -> Actor:
    """Of several firms a person acts for, the one that asks signs."""
    roles = (role for role in standing_of(user).having(FIRM) if role.enterprise_id == firm.pk)
    return person(user).signing_as(next(roles, None))
