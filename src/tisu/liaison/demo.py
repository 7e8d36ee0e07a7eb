"""Thirty leaders and thirty firms, twelve months of contacts with gaps. All are 〔示例〕: the article says that each leader
keeps in touch with one firm, and not who with which."""

from collections.abc import Iterator
from datetime import date, time, timedelta

from tisu.accounts.models import Delegation, PostHolding, StandIn, User
from tisu.enterprises.models import Enterprise, Visit
from tisu.foundation import clock
from tisu.liaison.entering import Said, enter_contact
from tisu.liaison.models import COUNTED_AS, Answer, Contact, Mode, Pairing
from tisu.liaison.pairing import pair
from tisu.liaison.periods import Month, month_of
from tisu.liaison.raising import Issue, Promised
from tisu.orgs.models import Post, Role, Unit

SYNTHETIC, MARK = "示例", "〔示例〕"
LEADERS, MONTHS = 30, 12
NEVER, LATE_PAIRED, APPOINTED, ON_LEAVE = 29, 28, 27, 26  # places among the thirty
TEXTS = (
    "通话了解订单和用工情况，企业反映招工难，已请人社局对接。",
    "了解二季度产能安排，企业生产正常。",
    "了解融资需求，企业拟申请技改贷款，约定下周由金融办回复。",
    "听取企业对办事流程的意见，建议减少重复提交材料。",
    "了解原料运输和仓储情况，企业暂无困难。",
    "了解安全生产投入和设备更新计划，企业希望有专家指导。",
    "了解产品销路，企业希望参加对口协作地区的展销。",
)
MODES = (Mode.PHONE, Mode.PHONE, Mode.COMES, Mode.VISIT, Mode.VIDEO)
PLACES = ("企业会议室", "二号车间会议室", "园区服务中心")


def load(today: date) -> None:
    """The past in one go, the day before yesterday as the secretary enters it on the phone."""
    posts = list(Post.objects.filter(role=Role.COUNTY_LEADER).select_related("unit").order_by("pk")[:LEADERS])
    months = _months(today)
    pairings = _pairings(posts, months)
    _away(posts, months)
    _past(pairings, months, today)
    _on_site(pairings[0], today)


def _months(today: date) -> list[Month]:
    found = [month_of(today)]
    while len(found) < MONTHS:
        found.insert(0, found[0].before)
    return found


def _pairings(posts: list[Post], months: list[Month]) -> list[Pairing]:
    firms = Enterprise.objects.filter(source=SYNTHETIC, survivor=None, deregistered_on=None).order_by("pk")
    office, since, late = (
        User.objects.get(username="office"),
        months[0].first,
        months[-3].first.replace(day=24),
    )
    made = []
    for place, (post, firm) in enumerate(zip(posts, firms, strict=False)):
        first = late if place == LATE_PAIRED else since
        with clock.at(clock.moment(first, time(9, 0))):
            made.append(
                pair(
                    actor=office,
                    post=post,
                    enterprise=firm,
                    since=first,
                    declared_on=first - timedelta(days=3),
                )
            )
    return made


def _away(posts: list[Post], months: list[Month]) -> None:
    """One leader came after the 20th, one was on leave for a month."""
    appointed, away = months[-4], months[-2]
    PostHolding.objects.filter(post=posts[APPOINTED]).update(since=appointed.first.replace(day=24))
    holder = PostHolding.objects.get(post=posts[ON_LEAVE]).user
    cover = PostHolding.objects.get(post=posts[1]).user
    Delegation.objects.create(
        kind=StandIn.COVER,
        post=posts[ON_LEAVE],
        user=cover,
        holder=holder,
        since=away.first,
        until=away.after.first,
    )


def _past(pairings: list[Pairing], months: list[Month], today: date) -> None:
    rows = [row for pairing in enumerate(pairings) for row in _of_one(*pairing, months, today)]
    visits = Visit.objects.bulk_create(row.visit for row in rows)
    for row, visit in zip(rows, visits, strict=True):
        row.visit = visit
    Contact.objects.bulk_create(rows)
    units = list(Unit.objects.filter(code__in=("zhujian", "fagai", "gongdian")))
    through = Contact.departments.through
    through.objects.bulk_create(
        through(contact=row, unit=units[place % len(units)])
        for place, row in enumerate(rows)
        if row.mode == Mode.ON_SITE
    )


def _of_one(place: int, pairing: Pairing, months: list[Month], today: date) -> Iterator[Contact]:
    """A gap every now and then; each quarter once on site, where it was not left out."""
    for number, month in enumerate(months):
        day = _workday(month.first + timedelta(days=(place * 5 + number * 3) % 18 + 1))
        is_gap = (place * 7 + number * 5) % 13 == 0 or place == NEVER
        is_away = (place == ON_LEAVE and number == MONTHS - 2) or (
            place == APPOINTED and number <= MONTHS - 4
        )
        if is_gap or is_away or day >= today or day < pairing.since:
            continue
        is_on_site = month.number % 3 == (place % 3) and (place + number) % 7 != 0
        yield _contact(
            pairing, day, Mode.ON_SITE if is_on_site else MODES[(place + number) % 5], place + number
        )


def _contact(pairing: Pairing, day: date, mode: Mode, n: int) -> Contact:
    at, author = clock.moment(day, time(16, 30)), pairing.entered_by
    said = ("", Answer.YES, Answer.YES, Answer.YES, Answer.RATHER_NOT if n % 2 else Answer.YES, Answer.YES)[
        n % 6
    ]
    said = Answer.NO if n % 23 == 11 else said
    visit = Visit(
        enterprise=pairing.enterprise, unit=pairing.post.unit, kind=COUNTED_AS[mode], purpose="县领导联系企业", first=day,
        last=day, held_at=at, entered_by=author, signed=str(pairing.post), entered_at=at,
    )  # fmt: skip
    return Contact(
        pairing=pairing, on=day, mode=mode, text=TEXTS[n % len(TEXTS)] + MARK, is_shared=n % 2 == 0, visit=visit,
        place=PLACES[n % 3] if mode == Mode.ON_SITE else "", answer=said, answered_at=at if said else None,
        entered_by=author, signed=str(pairing.post), entered_at=at,
    )  # fmt: skip


def _workday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _on_site(pairing: Pairing, today: date) -> None:
    """As the secretary enters it on the phone: a meeting, one issue, one promise, all of it where it belongs."""
    day = max(today - timedelta(days=3), pairing.since)
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=("zhujian", "gongdian"))}
    said = Said(
        on=day,
        mode=Mode.ON_SITE,
        text=f"到企业现场办公，研究厂区雨污管网接驳和迎峰度夏用电。{MARK}",
        next_step="下月初回访",
        is_shared=True,
        place="企业会议室",
        departments=tuple(units.values()),
        issues=[Issue(f"厂区雨污管网未与市政管网接通{MARK}", units["zhujian"], today + timedelta(days=25))],
        promises=[
            Promised(f"七月底前为企业完成专变增容{MARK}", today + timedelta(days=70), units["gongdian"])
        ],
    )
    with clock.at(clock.moment(day, time(17, 0))):
        enter_contact(actor=User.objects.get(username="secretary1"), pairing=pairing, said=said)
