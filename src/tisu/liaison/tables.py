"""Pairings as a sheet, in and out with the same columns; and who kept in touch, to be taken along."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.accounts.models import PostHolding
from tisu.enterprises.models import Enterprise, compact_credit_code
from tisu.foundation import clock
from tisu.foundation.listed import listed_apart
from tisu.foundation.sheets.declared import (
    Column,
    Export,
    Import,
    Row,
    Sitting,
    Taken,
    one_by_one,
    take_away,
    undone_one_by_one,
)
from tisu.foundation.sheets.values import code, day, name, text
from tisu.liaison.compliance import Compliance, Line, compliance_of, quarters_until
from tisu.liaison.headers import PAIRING
from tisu.liaison.heat import MONTH, QUARTER
from tisu.liaison.models import Pairing
from tisu.liaison.pairing import end_pairing, pair
from tisu.liaison.periods import Period, months_in, read_quarter
from tisu.liaison.powers import is_office, leader_posts, reads_liaison
from tisu.orgs.models import Post, within
from tisu.promises.rates import quarter_of
from tisu.web.templatetags.web import iso_date

QUARTERS = 4


def take(row: Row, sitting: Sitting) -> Taken:
    """A pairing that stands there already is left as it is, or ended where the sheet gives it an end."""
    post, firm = _post(row, sitting), _firm(row, sitting)
    known = Pairing.objects.filter(post=post, since=row["since"]).of_firm(firm).first()
    if known is None:
        facts = {what: row[what] for what in ("until", "reason") if what in row}
        made = pair(
            actor=sitting.actor,
            post=post,
            enterprise=firm,
            since=row["since"],
            declared_on=row.get("declared_on"),
            **facts,
        )
        return Taken(made.pk, is_new=True)
    until = row.get("until")
    if until is None or until == known.until:
        return Taken(known.pk)
    end_pairing(actor=sitting.actor, pairing=known, until=until, reason=row.get("reason", ""))
    return Taken(known.pk, before={"until": None, "reason": known.reason})


def undo(taken: Taken, sitting: Sitting) -> str:
    if taken.is_new:
        return take_away(Pairing, taken.pk)
    if taken.before:
        Pairing.objects.filter(pk=taken.pk).update(**taken.before)
    return ""


def _post(row: Row, sitting: Sitting) -> Post:
    """By its title, with or without its unit; of several the one that this person holds."""
    wanted = row["post"]
    posts = [
        post for post in leader_posts(sitting.actor) if _bare(wanted) in map(_bare, (post.title, str(post)))
    ]
    if len(posts) > 1 and "holder" in row:
        held = (
            PostHolding.objects.on()
            .filter(post__in=posts, user__name=row["holder"])
            .values_list("post", flat=True)
        )
        posts = [post for post in posts if post.pk in set(held)]
    if len(posts) != 1:
        words = (
            _("Several county leaders have the post “%(post)s”: write its unit and title, or who holds it.")
            if posts
            else _("There is no county leader's post “%(post)s” today: write its title as it is kept here.")
        )
        raise ValidationError({"post": words % {"post": wanted}})
    return posts[0]


def _bare(words: str) -> str:
    """Blanks apart: 县政府 副县长 is how a sheet has it, and how it comes back without them."""
    return "".join(words.split())


def _firm(row: Row, sitting: Sitting) -> Enterprise:
    rows = Enterprise.objects.filter(within("region_id", sitting.region)).select_related("survivor")
    if "credit_code" in row:
        found = list(rows.answering_to(compact_credit_code(row["credit_code"]))[:2])
    else:
        found = list(rows.filter(name=row.get("firm", ""), survivor=None)[:2])
    if len(found) != 1:
        field = "credit_code" if "credit_code" in row else "firm"
        raise ValidationError({field: _("There is no one firm of this code or name in the register.")})
    return found[0]


def _rows(user: Any, query: QueryDict) -> Iterator[Pairing]:
    rows = Pairing.objects.visible_to(user) if user else Pairing.objects.all()
    yield from rows.for_rows().prefetch_related("post__holdings__user").order_by("post", "since")


def _holder(row: Pairing) -> str:
    return listed_apart(each.user.name for each in row.post.holdings.all() if each.is_in_force())


COLUMNS = (
    Column(
        "post", gettext_lazy("Leader's post"), **PAIRING["post"], read=name(80), required=True,
        said=lambda row: str(row.post),
    ),
    Column("holder", gettext_lazy("Held by"), **PAIRING["holder"], read=name(40), said=_holder),
    Column("firm", gettext_lazy("Firm"), **PAIRING["firm"], read=name(80), said=lambda row: row.firm.name),
    Column(
        "credit_code", gettext_lazy("Unified social credit code"), **PAIRING["credit_code"], read=code(30),
        said=lambda row: row.firm.credit_code,
    ),
    Column(
        "since", gettext_lazy("Paired from"), **PAIRING["since"], read=day, required=True, said=lambda row: iso_date(row.since)
    ),
    Column("until", gettext_lazy("Until"), **PAIRING["until"], read=day, said=lambda row: iso_date(row.until)),
    Column(
        "declared_on", gettext_lazy("No interest declared on"), **PAIRING["declared_on"], read=day,
        said=lambda row: iso_date(row.declared_on),
    ),
    Column("reason", gettext_lazy("Reason for the change"), **PAIRING["reason"], read=text(200), said=lambda row: row.reason),
)  # fmt: skip

PAIRINGS_IN = Import(
    code="pairings",
    label=gettext_lazy("Leaders and their firms"),
    columns=COLUMNS,
    allowed=is_office,
    take=one_by_one(take),
    undo=undone_one_by_one(undo),
    key=("post", "holder", "credit_code", "firm", "since"),
    note=gettext_lazy(
        "Which leader keeps in touch with which firm, since when, and when no interest was declared."
    ),
    order=60,
)
PAIRINGS_OUT = Export("pairings", gettext_lazy("Leaders and their firms"), COLUMNS, reads_liaison, _rows)


# --- Who kept in touch ---


@dataclass(frozen=True)
class _Told:
    """One leader and one period, as a row: a sheet is sorted and filtered, a heat map is looked at."""

    line: Line
    period: Period
    word: str
    on_site: int


def _told(user: Any, query: QueryDict) -> Iterator[_Told]:
    last = read_quarter(query.get("until", "")) or quarter_of(clock.today())
    quarters = quarters_until(last, QUARTERS)
    found = compliance_of(Pairing.objects.visible_to(user), quarters[0].first, last.last)
    for line in found.lines:
        for quarter in quarters:
            yield from _of_quarter(found, line, quarter)


def _of_quarter(found: Compliance, line: Line, quarter: Any) -> Iterator[_Told]:
    for month in months_in(quarter):
        if outcome := line.outcome(month, found.today):
            yield _Told(line, month, str(MONTH[outcome][1]), line.on_site(month))
    if outcome := line.outcome(quarter, found.today):
        on_site = sum(line.on_site(month) for month in months_in(quarter))
        yield _Told(line, quarter, str(QUARTER[outcome][1]), on_site)


COMPLIANCE_OUT = Export(
    code="liaison",
    label=gettext_lazy("Who kept in touch"),
    columns=(
        Column("post", gettext_lazy("Leader's post"), said=lambda row: str(row.line.post)),
        Column("firm", gettext_lazy("Firm"), said=lambda row: row.line.firm.name),
        Column("period", gettext_lazy("Month or quarter"), said=lambda row: row.period.code),
        Column("outcome", gettext_lazy("What became of it"), said=lambda row: row.word),
        Column("on_site", gettext_lazy("On-site meetings"), said=lambda row: row.on_site),
    ),
    allowed=reads_liaison,
    rows=_told,
    by_persons_only=True,
)
IMPORTS, EXPORTS = (PAIRINGS_IN,), (PAIRINGS_OUT, COMPLIANCE_OUT)
