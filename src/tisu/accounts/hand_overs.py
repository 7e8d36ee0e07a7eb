"""Hand-over of a post (工作交接): what is open there, signed by whoever leaves and whoever takes over.

Matters follow the post whether or not anything is signed. Who may see what is asked anew each time: nobody reads a line
behind a wall, in a signed list as little as elsewhere.
"""

import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from tisu.accounts.models import HandedOver, HandOver, PostHolding, User
from tisu.accounts.standing import standing_of
from tisu.audit.record import record
from tisu.foundation import clock
from tisu.foundation.digests import salted_digest
from tisu.foundation.rooms import HandOverList, declared
from tisu.foundation.telling import tell
from tisu.foundation.textnorm import clean_text
from tisu.orgs.models import ADMINISTRATORS, Post, Role

OFFICE = (Role.OFFICE_LEAD, Role.OFFICE_STAFF)


@dataclass(frozen=True)
class Line:
    """One line as someone reads it: what it is about, what was so when it was frozen, a note."""

    code: str
    key: int
    text: str
    url: str
    cells: tuple[str, ...]
    facts: dict[str, Any] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class Listed:
    """All lines of one sort."""

    label: Any
    columns: tuple[Any, ...]
    lines: list[Line]


# --- who has one to do with ------------------------------------------------------------------------------


def begin_hand_over(holding: PostHolding) -> None:
    """From the day on which an end is set there is one to sign; an administrator's post has nothing to hand over."""
    if holding.post.role in ADMINISTRATORS:
        return
    made, is_new = HandOver.objects.get_or_create(holding=holding, defaults={"salt": secrets.token_hex(16)})
    if is_new:
        _tell(made, "hand-over/1", [holding.user], lambda: _("Hand over what is open at your post: %(post)s"))
        tell_who_takes_over(made)


def tell_who_takes_over(hand_over: HandOver) -> None:
    _tell(
        hand_over, "take-over/1", takers_of(hand_over),
        lambda: _("Take over what is open at a post: %(post)s"),
    )  # fmt: skip


def tell_of_waiting(post: Post) -> None:
    """Someone new holds the post: what is still to be taken over there is theirs to sign."""
    for hand_over in HandOver.objects.filter(holding__post=post, taken_at=None).select_related(
        "holding__post__unit"
    ):
        tell_who_takes_over(hand_over)


def takers_of(hand_over: HandOver) -> list[User]:
    """Who may sign having taken over: the holders after; where there is none the head of the unit, else anyone there;
    for a post that stands alone in its unit the head of the office."""
    holding, day = hand_over.holding, clock.today()
    post = holding.post
    rows = PostHolding.objects.on(day).exclude(user=holding.user_id).filter(user__is_active=True)
    unit = rows.filter(post__unit=post.unit_id).exclude(post__role=Role.CUSTODIAN)
    groups = (
        rows.filter(post=post),
        unit.filter(post__role__in=(Role.DEPT_LEAD, Role.OFFICE_LEAD)),
        unit.exclude(post__role=Role.COUNTY_LEADER),
        rows.filter(post__role=Role.OFFICE_LEAD, post__unit__region=post.unit.region_id),
    )
    for group in groups:
        if users := list(User.objects.filter(pk__in=group.values("user"))):
            return users
    return []


def hand_overs_of(user: User) -> list[HandOver]:
    """A person's own: what they left, what they took over, and what is theirs to take over."""
    rows = HandOver.objects.select_related("holding__post__unit", "holding__user", "taken_by")
    units = PostHolding.objects.on().filter(user=user).values("post__unit")
    near = Q(holding__post__unit__in=units) | (
        Q() if standing_of(user).has(Role.OFFICE_LEAD) else Q(pk__in=())
    )
    waiting = [
        row for row in rows.filter(near, taken_at=None).exclude(holding__user=user) if user in takers_of(row)
    ]
    mine = list(rows.filter(Q(holding__user=user) | Q(taken_by=user)))
    return waiting + mine


def is_leaver(user: User, hand_over: HandOver) -> bool:
    return hand_over.holding.user_id == user.pk


def is_taker(user: User, hand_over: HandOver) -> bool:
    """Whoever signed it, and until then whoever may."""
    if hand_over.taken_at:
        return hand_over.taken_by_id == user.pk
    return user in takers_of(hand_over)


def sees_states(user: User) -> bool:
    return standing_of(user).has(Role.SYSTEM_ADMIN, *OFFICE)


def states_for(user: User) -> QuerySet[HandOver]:
    """How far each is, for who keeps the posts and for the office: persons, posts and days, never a line."""
    rows = HandOver.objects.select_related("holding__post__unit", "holding__user", "taken_by")
    standing = standing_of(user)
    if standing.has(Role.SYSTEM_ADMIN):
        return rows
    return rows.filter(holding__post__unit__region__in=standing.regions(*OFFICE))


# --- what stands in it -----------------------------------------------------------------------------------


def lists_for(user: User, hand_over: HandOver) -> list[Listed]:
    """What this person reads of it today: the frozen lines, before that what is open now."""
    post = hand_over.holding.post
    kept = list(hand_over.lines.all()) if hand_over.frozen_at else None
    if kept is not None and hand_over.taken_at and not is_leaver(user, hand_over):
        kept = [line for line in kept if line.taken]
    return [
        Listed(each.label, each.columns, list(_lines(each, post, user, kept)))
        for each in declared("hand_over_lists")
    ]


def _lines(sort: HandOverList, post: Post, user: User, kept: list[HandedOver] | None) -> Iterator[Line]:
    if kept is None:
        found = [(item.key, item.facts, "") for item in sort.items(post, user)]
    else:
        found = [(row.key, row.facts, row.note) for row in kept if row.code == sort.code]
    words = sort.words(post, user, [key for key, _facts, _note in found])
    for key, facts, note in found:
        if key in words:
            text, url = words[key]
            yield Line(sort.code, key, text, url, sort.cells(facts), facts, note)


def lines_in(lists: Iterable[Listed]) -> list[Line]:
    return [line for each in lists for line in each.lines]


def digest_of(hand_over: HandOver, lines: Iterable[Line]) -> str:
    """Salted, over what was frozen: sort, key, facts and the digest of the note of each line."""
    said = [[line.code, line.key, line.facts, note_digest(hand_over, line.note)] for line in lines]
    plain = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return salted_digest(hand_over.salt.encode(), plain.encode())


def note_digest(hand_over: HandOver, note: str) -> str:
    return salted_digest(hand_over.salt.encode(), note.encode()) if note else ""


# --- signing ---------------------------------------------------------------------------------------------


@transaction.atomic
def sign_leaving(*, actor: User, hand_over: HandOver, notes: dict[str, str], expected: str) -> HandOver:
    """Whoever leaves signs the list they saw, with a word beside a line where they like."""
    row = _held(hand_over)
    if not is_leaver(actor, row) or row.left_at:
        raise ValidationError(_("This hand-over has been signed already, or is not yours to sign."))
    lines = _as_seen(actor, row, expected)
    if row.frozen_at is None:
        lines = [_noted(line, notes) for line in lines]
        _freeze(row, lines)
    row.left_at, row.left_digest = clock.now(), digest_of(row, lines)
    row.save(update_fields=["left_at", "left_digest", "frozen_at"])
    _record("sign-hand-over", row, actor, str(row.holding.post), row.left_digest)
    return row


@transaction.atomic
def sign_taking(*, actor: User, hand_over: HandOver, expected: str) -> HandOver:
    """Whoever takes over signs having read what they may see of it, also where whoever left has not signed."""
    row = _held(hand_over)
    if row.taken_at or not is_taker(actor, row):
        raise ValidationError(_("This hand-over has been signed already, or is not yours to sign."))
    if clock.today() < row.holding.until:
        raise ValidationError(_("The time in the post has not ended yet: take it over on that day or later."))
    lines = _as_seen(actor, row, expected)
    if row.frozen_at is None:
        _freeze(row, lines)
    for line in lines:
        row.lines.filter(code=line.code, key=line.key).update(taken=True)
    row.taken_at, row.taken_by, row.taken_signed = clock.now(), actor, _signed(actor, row.holding.post)
    row.taken_digest = digest_of(row, lines)
    row.save()
    _record("sign-take-over", row, actor, row.taken_signed, row.taken_digest)
    return row


def _signed(actor: User, post: Post) -> str:
    """By the post that was taken over, else by the one at which they stand in for its next holder."""
    standing = standing_of(actor)
    own = (role.label for role in standing.roles if role.post_id == post.pk)
    return next(own, standing.label_as(Role.DEPT_LEAD, Role.OFFICE_LEAD))


def forget_notes(code: str, key: int) -> None:
    """What was noted about a thing of which no words may stay. That it was handed over, and when, stays."""
    HandedOver.objects.filter(code=code, key=key).exclude(note="").update(note="")


def _held(hand_over: HandOver) -> HandOver:
    rows = HandOver.objects.select_for_update(of=("self",)).select_related(
        "holding__post__unit", "holding__user"
    )
    return rows.get(pk=hand_over.pk)


def _as_seen(actor: User, row: HandOver, expected: str) -> list[Line]:
    lines = lines_in(lists_for(actor, row))
    if digest_of(row, lines) != expected:
        raise ValidationError(_("The list has changed since you read it: read it again, then sign."))
    return lines


def _noted(line: Line, notes: dict[str, str]) -> Line:
    note = clean_text(notes.get(f"{line.code}-{line.key}", "")).replace("\n", " ").strip()
    return Line(line.code, line.key, line.text, line.url, line.cells, line.facts, note)


def _freeze(row: HandOver, lines: list[Line]) -> None:
    row.frozen_at = clock.now()
    HandedOver.objects.bulk_create(
        HandedOver(
            hand_over=row, code=line.code, key=line.key, facts=line.facts, note=line.note,
            note_digest=note_digest(row, line.note),
        )
        for line in lines
    )  # fmt: skip


def _record(act: str, row: HandOver, actor: User, signed: str, digest: str) -> None:
    record(
        act=act,
        about=row.holding.post,
        actor=actor,
        signed=signed,
        left=row.holding.user.username,
        digest=digest,
    )


def _tell(hand_over: HandOver, rule: str, people: Iterable[User], subject) -> None:
    words = {"post": hand_over.holding.post}
    tell(
        rule=rule, about=None, period=str(hand_over.pk), recipients=people, subject=lambda: subject() % words,
        url=reverse("me:hand_over", args=[hand_over.pk]),
    )  # fmt: skip
