"""The fixed cast: a small county in which every test plays. Posts, not persons; all names are synthetic.

The day is Monday 22 May 2023, nine in the morning, unless a test says otherwise.
"""

import time
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import translation

from tisu.accounts.models import Delegation, PostHolding, User
from tisu.enterprises.models import Enterprise, Mandate
from tisu.foundation import calendars, clock
from tisu.foundation.begin import load_reference
from tisu.loop.actor import person
from tisu.loop.models import Matter
from tisu.loop.perform import perform
from tisu.loop.register import register_matter
from tisu.orgs.models import Duty, Post, Role, Unit
from tisu.voice.models import Report
from tisu.voice.services import take_report

COUNTY = "422826"
NEIGHBOUR = "422827"
LONG_AGO = date(2021, 1, 1)
SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2023, 5, 22, 9, 0, tzinfo=SHANGHAI)
ORDER = ("registered", "assigned", "in_progress", "submitted", "closed")
PASSWORD = "correct-horse-battery"

UNITS = {
    # code: (full name, short name, duty)
    "yingshangban": ("咸丰县优化营商环境工作领导小组办公室", "营商办", Duty.OFFICE),
    "duchashi": ("咸丰县人民政府督查室", "督查室", Duty.SUPERVISION),
    "jiwei": ("中共咸丰县纪委监委", "纪委监委", Duty.DISCIPLINE),
    "xianzhengfu": ("咸丰县人民政府", "县政府", Duty.LEADERSHIP),
    "xitong": ("系统管理", "系统管理", Duty.ADMINISTRATION),
    "zhujian": ("咸丰县住房和城乡建设局", "住建局", Duty.HANDLING),
    "fagai": ("咸丰县发展和改革局", "发改局", Duty.HANDLING),
    "gongdian": ("咸丰县供电公司", "供电公司", Duty.HANDLING),
}
PEOPLE = {
    # user name: [(unit, title, role), …]
    "office": [("yingshangban", "工作人员", Role.OFFICE_STAFF)],
    "office2": [("yingshangban", "工作人员", Role.OFFICE_STAFF)],
    "office-lead": [("yingshangban", "专职副主任", Role.OFFICE_LEAD)],
    "supervisor": [("duchashi", "督查员", Role.SUPERVISION)],
    "leader": [("xianzhengfu", "副县长", Role.COUNTY_LEADER)],
    "zhujian": [("zhujian", "经办", Role.DEPT_CLERK)],
    "zhujian-head": [("zhujian", "负责人", Role.DEPT_LEAD)],
    "fagai": [("fagai", "经办", Role.DEPT_CLERK)],
    "fagai-head": [("fagai", "负责人", Role.DEPT_LEAD)],
    "gongdian": [("gongdian", "经办", Role.DEPT_CLERK), ("gongdian", "负责人", Role.DEPT_LEAD)],
    "discipline": [("jiwei", "信访室", Role.DISCIPLINE)],
    "custodian": [("xianzhengfu", "调查保管人", Role.CUSTODIAN)],
    "admin": [("xitong", "系统管理员", Role.SYSTEM_ADMIN)],
    "security": [("xitong", "安全管理员", Role.SECURITY_ADMIN)],
    "auditor": [("xitong", "审计管理员", Role.AUDITOR)],
}
BARE = ("nobody", "firm", "firm2", "secretary")
IN_CHARGE = {"leader": ("zhujian", "fagai")}
FIRM_CODES = ("91422826XFTEXT0182", "91422826XFTEXT026W")


@pytest.fixture(autouse=True)
def monday() -> Iterator[datetime]:
    """Every test lives on the same Monday morning, and knows nothing of the notices that another loaded."""
    calendars.forget()
    with clock.at(MONDAY) as instant:
        yield instant


@pytest.fixture(autouse=True)
def no_factor_needed(settings) -> None:
    """As in a demonstration, nobody's work needs a second factor; tests of that say whose does."""
    settings.MFA_REQUIRED = frozenset()


@pytest.fixture(autouse=True)
def house_language() -> Iterator[None]:
    """Every test begins in the language of the house, whichever a page of the one before was asked for in."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def county(db) -> SimpleNamespace:
    """Units by code, users by name, two firms; an office next door that must see nothing of it."""
    load_reference()
    units = {
        code: Unit.objects.create(
            code=code, region_id=COUNTY, name=name, short_name=short, duty=duty, since=LONG_AGO
        )
        for code, (name, short, duty) in UNITS.items()
    }
    next_door = Unit.objects.create(
        code="yingshangban", region_id=NEIGHBOUR, name="来凤县营商办", short_name="来凤营商办",
        duty=Duty.OFFICE, since=LONG_AGO,
    )  # fmt: skip
    people = _people(units)
    _hold(people["outsider"], Post.objects.create(
        unit=next_door, title="工作人员", role=Role.OFFICE_STAFF, since=LONG_AGO
    ))  # fmt: skip
    firms = [
        Enterprise.objects.create(
            credit_code=code, name=f"示例{word}有限公司", region_id=COUNTY, source="示例"
        )
        for code, word in zip(FIRM_CODES, ("甲", "乙"), strict=True)
    ]
    for name, firm in zip(("firm", "firm2"), firms, strict=True):
        Mandate.objects.create(enterprise=firm, user=people[name], since=LONG_AGO)
    return SimpleNamespace(code=COUNTY, units=units, people=people, firms=firms)


def _people(units: dict[str, Unit]) -> dict[str, User]:
    password = _hashed(PASSWORD)
    people = {}
    for name in (*PEOPLE, *BARE, "outsider"):
        people[name] = User.objects.create(username=name, name=f"示例·{name}", password=password)
    for name, posts in PEOPLE.items():
        for unit, title, role in posts:
            post, _new = Post.objects.get_or_create(
                unit=units[unit], title=title, role=role, defaults={"since": LONG_AGO}
            )
            post.in_charge_of.set([units[code] for code in IN_CHARGE.get(name, ())])
            _hold(people[name], post)
    Delegation.objects.create(
        post=Post.objects.get(role=Role.COUNTY_LEADER), user=people["secretary"], since=LONG_AGO
    )
    return people


@cache
def _hashed(password: str) -> str:
    """Hashing is slow by design; the cast of every test has the same password."""
    return make_password(password)


def afresh(user: User) -> User:
    """As in a request of its own, where what is known of a standing is read anew."""
    vars(user).pop("_standing", None)
    return user


def _hold(user: User, post: Post) -> None:
    PostHolding.objects.create(post=post, user=user, since=LONG_AGO)


@pytest.fixture
def act(county):
    """`act("zhujian", matter, "accept", handler="示例")`: one action by one of the cast, at the version it has now."""

    def _act(name: str, matter: Matter, action: str, *, version: int | None = None, **data) -> Matter:
        if version is None:
            version = Matter.objects.get(pk=matter.pk).version
        actor = person(afresh(county.people[name]))
        return perform(matter.pk, action, actor=actor, data=data, expected_version=version)

    return _act


@pytest.fixture
def task(county) -> Matter:
    """A task that the office opened, not yet assigned."""
    return register_matter(
        kind="task",
        title="清理场地",
        text="三日内完成园区三号地块场地清理。",
        region=COUNTY,
        actor=person(county.people["office"]),
        opened_by_unit_id=county.units["yingshangban"].pk,
    )


@pytest.fixture
def sees(county):
    """`sees("office", a, b)`: which of them this person sees."""

    def _sees(name: str, *matters: Matter) -> list[bool]:
        keys = set(Matter.objects.visible_to(afresh(county.people[name])).values_list("pk", flat=True))
        return [matter.pk in keys for matter in matters]

    return _sees


@pytest.fixture
def reported(county):
    """`reported("路坏了。", accused_unit="zhujian")`: a stranger's report, as the direct line took it."""

    def _reported(text: str, **said) -> Report:
        return take_report(text=text, anonymous=True, **said).report

    return _reported


@pytest.fixture
def at_stage(act, task):
    """`at_stage("submitted")`: the task, taken to a stage by the people whose part it is."""
    steps = [
        ("assigned", "office", "assign", {"lead_unit": "zhujian", "working_days": 5}),
        ("in_progress", "zhujian", "accept", {}),
        ("submitted", "zhujian-head", "submit", {"result": "resolved", "summary": "场地已于5月22日清理完毕并移交。"}),
        ("closed", "supervisor", "pass", {"opinion": "已到现场核实。", "method": "visit"}),
    ]  # fmt: skip

    def _at(stage: str, **assign) -> Matter:
        matter = Matter.objects.get(pk=task.pk)
        for reached, name, action, data in steps:
            if matter.stage == stage:
                break
            if ORDER.index(reached) <= ORDER.index(matter.stage):
                continue
            matter = act(name, matter, action, **(data | assign if action == "assign" else data))
            assert matter.stage == reached
        assert matter.stage == stage
        return matter

    _at.act = act
    return _at


def enter(client: Client, user: User, *, proved: bool = True) -> Client:
    """Someone signs in, and has just shown a second factor, so that what stands behind a wall opens too."""
    client.force_login(user)
    if proved:
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": time.time(), "type": "totp"}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
    return client


@pytest.fixture
def sign_in(county):
    """`sign_in("zhujian")`: a browser in which that person is signed in."""

    def _sign_in(name: str, *, proved: bool = True) -> Client:
        return enter(Client(), county.people[name], proved=proved)

    return _sign_in
