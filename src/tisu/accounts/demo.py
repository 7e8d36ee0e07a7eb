"""The demonstration's accounts: one person per post that the story needs. All are 示例, all share one password."""

from datetime import date, time, timedelta

from django.contrib.auth.hashers import make_password

from tisu.accounts.covers import take_leave
from tisu.accounts.given import give_factor
from tisu.accounts.models import Delegation, PostHolding, User
from tisu.foundation import clock
from tisu.foundation.demonstration import PASSWORD
from tisu.orgs.models import Post, Role, Unit

SINCE = date(2021, 1, 1)
BY_ROLE = (
    # role, user names that hold the post, what the printed list says
    (Role.OFFICE_LEAD, ("office-lead",), "营商办 专职副主任"),
    (Role.OFFICE_STAFF, ("office", "office2"), "营商办 工作人员"),
    (Role.SUPERVISION, ("supervisor",), "督查室 督查员"),
    (Role.DISCIPLINE, ("discipline", "discipline2"), "纪委监委 信访室"),
    (Role.CUSTODIAN, ("custodian",), "满意度调查保管人"),
    (Role.SYSTEM_ADMIN, ("admin",), "系统管理员 (no business data)"),
    (Role.SECURITY_ADMIN, ("security",), "安全管理员 (no business data)"),
    (Role.AUDITOR, ("auditor",), "审计管理员 (no business data)"),
)
OWN_HEAD = frozenset(
    {"zhujian", "fagai"}
)  # clerk and head are two persons; elsewhere one person holds both posts

AWAY = ("leader5", "leader6", timedelta(days=4))  # who is on leave from today on, who covers, for how long

ACCOUNTS = (
    *((", ".join(names), what) for _role, names, what in BY_ROLE),
    ("leader1 … 30", "县领导; leader1 is 常务副县长, in charge of 住建局, 发改局, 供电公司, 忠堡镇 …"),
    ("secretary1", "acts for leader1"),
    ("zhujian, zhujian-head", "住建局 经办 / 负责人"),
    ("fagai, fagai-head", "发改局 经办 / 负责人"),
    (
        "gongdian, zhongbao",
        "供电公司, 忠堡镇; each also holds its head's post (so has every other unit's code)",
    ),
)


def load(today: date) -> None:
    password = make_password(PASSWORD)
    for role, names, what in BY_ROLE:
        post = Post.objects.get(role=role)
        for name in names:
            user = _user(name, what.split(" (")[0], password)
            _hold(user, post)
            give_factor(user)
    for unit in Unit.objects.filter(posts__role=Role.DEPT_CLERK).distinct():
        _staff(unit, password)
    leaders = Post.objects.filter(role=Role.COUNTY_LEADER).order_by("pk")
    for place, post in enumerate(leaders, start=1):
        _hold(_user(f"leader{place}", post.title, password), post)
    Delegation.objects.create(
        post=leaders[0], user=_user("secretary1", "县政府办秘书", password), since=SINCE
    )
    _go_on_leave(today)


def _go_on_leave(today: date) -> None:
    away, covering, days = AWAY
    with clock.at(clock.moment(today, time(8, 30))):
        holding = PostHolding.objects.get(user__username=away)
        user = User.objects.get(username=covering)
        take_leave(actor=holding.user, holding=holding, user=user, since=today, last=today + days)


def _staff(unit: Unit, password: str) -> None:
    clerk = _user(unit.code, f"{unit.short_name}经办", password)
    head = (
        _user(f"{unit.code}-head", f"{unit.short_name}负责人", password) if unit.code in OWN_HEAD else clerk
    )
    _hold(clerk, unit.posts.get(role=Role.DEPT_CLERK))
    _hold(head, unit.posts.get(role=Role.DEPT_LEAD))


def _user(name: str, what: str, password: str) -> User:
    return User.objects.create(username=name, name=f"{what}(示例)", password=password, is_demonstration=True)


def _hold(user: User, post: Post) -> None:
    PostHolding.objects.create(post=post, user=user, since=SINCE)
