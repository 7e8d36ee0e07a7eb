"""What the demonstration county's firms raised (示例), a second person of the first one, and one who acts for two."""

from datetime import date

from django.contrib.auth.hashers import make_password

from tisu.accounts.models import User
from tisu.enterprises.models import Enterprise, Mandate
from tisu.firms.models import Sort
from tisu.firms.services import raise_ask
from tisu.foundation.demonstration import PASSWORD
from tisu.loop.models import Matter
from tisu.loop.stagehand import Script, Stagehand

SYNTHETIC = "〔示例〕"
SINCE = date(2022, 1, 1)
COLLEAGUE, AGENT = "firm1-colleague", "firm-agent"
ACCOUNTS = (
    (COLLEAGUE, "企业; a second person of firm1's firm, whose principal person firm1 is"),
    (AGENT, "企业; acts for the firms of firm2 and firm3"),
)
# Whose, what, text, lead unit, how far it got, the light there.
ASKS = (
    ("firm1", "厂区门口道路积水", "雨天货车进不了厂，请帮忙疏通排水沟。", "zhujian", "in_progress", "green"),
    ("firm1", "招聘专场想增加机修岗位", "缺机修工6名，下次招聘专场希望留一个展位。", "renshe", "closed", "on_time"),
    ("firm1", "扩产线想了解环评办理路径", "拟增加一条烘干线，请一次性告知需要的材料。", "huanjing", "assigned", "green"),
    ("firm2", "出口备案想请人辅导", "第一次办出口备案，请安排人员辅导一次。", "shangwu", "in_progress", "yellow"),
    ("firm3", "园区路灯不亮", "下夜班的员工走夜路不安全，请修复三盏路灯。", "zhujian", "registered", "green"),
    ("firm4", "想了解技改贷款贴息", "去年的贴息政策今年是否还有，怎么申请。", "caizheng", "submitted", "green"),
)  # fmt: skip
DONE = "已与企业当面对接，办理完毕，结果已告知企业。"


def load(today: date) -> None:
    _people()
    hands = Stagehand(today)
    for name, title, text, lead, stage, light in ASKS:
        hands.play(
            Script(
                open_=lambda said=(name, title, text): _ask(*said), stage=stage, light=light, lead=lead,
                summary=DONE, closed_ago=3,
            )
        )  # fmt: skip
    hands.play(Script(open_=_correction, stage="assigned", light="green", lead="yingshangban"))


def _people() -> None:
    """Mandates of a long standing, as the office gave them."""
    mandates = {name: Mandate.objects.get(user__username=name) for name in ("firm1", "firm2", "firm3")}
    Mandate.objects.filter(pk=mandates["firm1"].pk).update(is_principal=True)
    for name, said, firms in (
        (COLLEAGUE, "示例企业办公室", ("firm1",)),
        (AGENT, "示例代办人员", ("firm2", "firm3")),
    ):
        user = User.objects.create(
            username=name, name=said, password=make_password(PASSWORD), is_demonstration=True
        )
        for firm in firms:
            Mandate.objects.create(enterprise=mandates[firm].enterprise, user=user, since=SINCE)


def _ask(name: str, title: str, text: str) -> Matter:
    user, firm = _whose(name)
    return raise_ask(user=user, firm=firm, title=title + SYNTHETIC, text=text).matter


def _correction() -> Matter:
    user, firm = _whose("firm1")
    text = "登记地址门牌号有误，应为忠堡镇示例路1号附2〔示例〕。"
    return raise_ask(user=user, firm=firm, sort=Sort.CORRECTION, about="基本情况", text=text).matter


def _whose(name: str) -> tuple[User, Enterprise]:
    user = User.objects.get(username=name)
    return user, Mandate.objects.select_related("enterprise").get(user=user).enterprise
