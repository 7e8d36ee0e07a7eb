"""The organisation on one day as a picture: who is in charge of which units, which posts there are, who holds them.

Boxes and lines as plain numbers; the template draws them. On a phone the same is read as a nested list.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from tisu.accounts.models import PostHolding
from tisu.foundation.listed import listed
from tisu.orgs.models import Duty, Post, Role, Unit, within

WIDTH, COLUMNS, GAP = 1160, 4, 16
LEFT, HEAD, LINE, PAD = 220, 34, 24, 10
SIGN, WIDE = 7, 0x2E80  # how wide a half-width sign is drawn; from here on a sign is as wide as two


@dataclass(frozen=True)
class Place:
    """A post and who holds it on that day; `vacant` where nobody does."""

    title: str
    people: str

    @property
    def vacant(self) -> bool:
        return not self.people

    @property
    def words(self) -> str:
        return f"{self.title} {self.people or _('vacant')}"

    def lines(self, fits: int) -> list[str]:
        """On one line where there is room, else the title and below it who holds it."""
        if width_of(self.words) <= fits:
            return [self.words]
        return [cut(self.title, fits), cut(self.people or _("vacant"), fits)]


@dataclass(frozen=True)
class Box:
    """A unit with its posts, or a leader's post, and where it is drawn."""

    key: int
    name: str
    places: tuple[Place, ...]
    x: int = 0
    y: int = 0
    width: int = LEFT

    @property
    def height(self) -> int:
        count = len(self.lines())
        return HEAD + LINE * count + (PAD if count else 0)

    @property
    def fitting(self) -> str:
        return cut(self.name, self._fits)

    @property
    def _fits(self) -> int:
        return (self.width - 2 * PAD) // SIGN

    def lines(self) -> list[tuple[int, str, bool]]:
        """Where each line stands, what it says, and whether it is of a vacant post."""
        said = [(line, place.vacant) for place in self.places for line in place.lines(self._fits)]
        return [(self.y + HEAD + LINE * number + 14, *line) for number, line in enumerate(said)]

    @property
    def text_x(self) -> int:
        return self.x + PAD

    @property
    def name_y(self) -> int:
        return self.y + 23


@dataclass(frozen=True)
class Group:
    """A leader's post, or a duty, and the units that belong there."""

    head: Box
    units: tuple[Box, ...] = ()
    lines: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Chart:
    groups: tuple[Group, ...]
    height: int
    width: int = WIDTH


def width_of(words: str) -> int:
    """In half-width signs."""
    return sum(2 if ord(sign) >= WIDE else 1 for sign in words)


def cut(words: str, fits: int) -> str:
    """As much of it as fits."""
    if width_of(words) <= fits:
        return words
    while width_of(words) > fits - 2:
        words = words[:-1]
    return f"{words}…"


def chart_on(day: date) -> Chart:
    """Leaders with the units in their charge, then every other unit by its duty. Who is in charge is as of today."""
    units = {unit.pk: unit for unit in _units(day)}
    groups, drawn, free = [], set(), []
    for leader in _leaders(units):
        under = [units[key] for key in sorted(leader.charged) if key in units]
        drawn |= {unit.pk for unit in under}
        if under:
            groups.append((_leader_box(leader, day), [_unit_box(unit, day) for unit in under]))
        else:
            free.append(_leader_box(leader, day))
    if free:
        groups.append((Box(0, _("In charge of no unit"), ()), free))
    rest = [unit for unit in units.values() if unit.pk not in drawn and unit.duty != Duty.LEADERSHIP]
    for duty in Duty:
        boxes = [_unit_box(unit, day) for unit in rest if unit.duty == duty]
        if boxes:
            groups.append((Box(0, str(duty.label), ()), boxes))
    return _laid_out(groups)


def _units(day: date) -> Iterable[Unit]:
    held = Prefetch("holdings", PostHolding.objects.on(day).select_related("user"), to_attr="held")
    posts = Post.objects.on(day).prefetch_related(held, "in_charge_of").order_by("pk")
    rows = Unit.objects.on(day).filter(within("region_id", settings.REGION))
    return rows.prefetch_related("former_names", Prefetch("posts", posts, to_attr="standing"))


def _leaders(units: dict[int, Unit]) -> Iterator[Post]:
    """Those in charge of something first, in the order of their posts."""
    leaders = [post for unit in units.values() for post in unit.standing if post.role == Role.COUNTY_LEADER]
    for post in leaders:
        post.unit = units[post.unit_id]
        post.charged = {unit.pk for unit in post.in_charge_of.all()}
    yield from sorted(leaders, key=lambda post: (not post.charged, post.pk))


def _leader_box(post: Post, day: date) -> Box:
    return Box(post.unit_id, str(post.unit.called_on(day)), (_place(post),))


def _unit_box(unit: Unit, day: date) -> Box:
    return Box(unit.pk, unit.called_on(day).short_name, tuple(_place(post) for post in unit.standing))


def _place(post: Post) -> Place:
    return Place(post.title, listed(holding.user.name for holding in post.held))


# --- where everything is drawn ---------------------------------------------------------------------------


def _laid_out(groups: Iterable[tuple[Box, list[Box]]]) -> Chart:
    placed, y = [], 0
    for head, boxes in groups:
        group = _group(head, boxes, y)
        placed.append(group)
        y = max(box.y + box.height for box in (group.head, *group.units)) + GAP
    return Chart(tuple(placed), max(y, GAP))


def _group(head: Box, boxes: list[Box], y: int) -> Group:
    """The head to the left, the units beside it in rows, each joined to it by a line."""
    width = (WIDTH - LEFT - GAP * COLUMNS) // (COLUMNS - 1) - GAP // 2
    units, top = [], y
    for first in range(0, len(boxes), COLUMNS - 1):
        row = boxes[first : first + COLUMNS - 1]
        for column, box in enumerate(row):
            x = LEFT + 2 * GAP + column * (width + GAP)
            units.append(Box(box.key, box.name, box.places, x, top, width))
        top += max(box.height for box in row) + GAP
    head = Box(head.key, head.name, head.places, 0, y)
    return Group(head, tuple(units), tuple(_joining(head, units)))


def _joining(head: Box, units: list[Box]) -> Iterator[str]:
    """A trunk beside the head, and a branch to the first unit of each row."""
    if not units:
        return
    rows = sorted({unit.y for unit in units})
    x, start = LEFT + GAP, head.y + HEAD // 2
    yield f"M{LEFT} {start}H{x}V{rows[-1] + HEAD // 2}"
    for row in rows:
        yield f"M{x} {row + HEAD // 2}H{x + GAP}"
