"""Two sheets of firms, all synthetic (示例): one that came in, and one that waits for whoever handed it in."""

from datetime import date

from tisu.accounts.models import User
from tisu.exchange.at_once import bring_in, hand_in
from tisu.exchange.kinds import kind_of
from tisu.foundation.sheets.writing import a_sheet

HEADER = ("统一社会信用代码", "企业名称", "乡镇", "主营业务", "成立日期")
NEWCOMERS = (
    ("91422826XFTEXT9664", "咸丰云岭家庭农场(示例)", "忠堡镇", "茶叶种植", "2022-03-01"),
    ("91422826XFTEXT974Y", "咸丰小村便利店(示例)", "清坪镇", "零售", "2021-09-15"),
)
# A letter that no credit code has, and a township that the county does not have.
TO_MEND = (
    ("91422826XFTEXT982R", "咸丰溪口民宿(示例)", "唐崖镇", "住宿", "2023-05-06"),
    ("91422826XFTEXT99O1", "咸丰河沿餐饮店(示例)", "清坪镇", "餐饮", "2023-05-09"),
    ("91422826XFTEXT990L", "咸丰坡上养蜂场(示例)", "没有这个镇", "养蜂", "2023-05-12"),
)


def load(today: date) -> None:
    office, firms = User.objects.get(username="office"), kind_of("enterprises")
    with a_sheet(HEADER, NEWCOMERS) as file:
        bring_in(file, name="小微企业名单(示例).xlsx", kind=firms, by=office)
    with a_sheet(HEADER, TO_MEND) as file:
        hand_in(file, name="五月新增企业(示例).xlsx", kind=firms, by=office)
