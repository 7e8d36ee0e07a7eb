"""The Han words that offices write in and around their tables. Compared in the form of textnorm.search_form."""

import re

YES = frozenset(
    ["是", "有", "对", "√", "✓", "✔", "☑", "v", "y", "yes", "true", "t", "1", "已", "已是", "需要", "同意"]
)
NO = frozenset(
    [
        "否",
        "无",
        "没有",
        "不",
        "×",
        "✗",
        "✘",
        "x",
        "n",
        "no",
        "false",
        "f",
        "0",
        "未",
        "不是",
        "不需要",
        "不同意",
        "-",
    ]
)

BLANK_IN_HAN = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")

# What stands below a table and is none of its rows, or sums them up.
NOTE = re.compile(
    r"(?:注|备注|说明|填表说明|填报说明|填表人|填报人|制表|制表人|审核人|审核|联系人|单位负责人|负责人签字|数据来源|单位盖章)\s*[:：]?"
)
# The same with its colon: such a line may hold several of them, 填表人：… 审核人：….
SIGNED = re.compile(
    r"(?:注|说明|填表说明|填报说明|填表人|填报人|制表人?|审核人?|单位负责人|负责人签字|数据来源|单位盖章)[:：]"
)
TOTAL = re.compile(r"(?:合计|总计|小计|共计|累计)[:：]?")
# Cells that say that there is nothing.
NOTHING = frozenset({"", "-", "--", "—", "——", "/", "无", "暂无", "空", "n/a", "na", "null"})

# What may stand around the name of a column: units, remarks, marks of duty.
REMARK = re.compile(r"[(（\[【〔].*?[)）\]】〕]|[*★※:：\s]")
UNITS = {"亿元": "亿元", "亿": "亿元", "万元": "万元", "万": "万元", "元": "元", "yuan": "元"}
UNIT_OF_HEADER = re.compile(
    r"(?:[(（\[【/]\s*(?:单位\s*[:：]\s*)?|in )(亿元|万元|元|亿|万|yuan)\s*[)）\]】]?\s*$"
)

DAY = re.compile(
    r"(?:(\d{4})\s*[年./-]\s*)?(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*[日号]?(?:前|之前|以前|止)?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
)
DAY_IN_ONE = re.compile(r"(\d{4})(\d{2})(\d{2})")
PART_OF_MONTH = re.compile(
    r"(?:(\d{4})\s*年\s*)?(\d{1,2})\s*月\s*(底|末|中旬|上旬|下旬|初)?(?:前|之前|以前|止)?"
)
PART_OF_YEAR = re.compile(r"(\d{4})\s*年\s*(年?底|年?末)(?:前|之前|以前|止)?")
LAST_OF_PART = {"上旬": 10, "初": 10, "中旬": 20}
MONTH = re.compile(r"(?:(\d{4})\s*[年./-]\s*)?(\d{1,2})\s*月?(?:份)?")
MONTH_IN_ONE = re.compile(r"(\d{4})(\d{2})")
YEARS_MEANT = {"今年": 0, "去年": -1, "明年": 1}
YEAR = "年"
BY = ("前", "止")  # 5月前 is a day: the last one of the month
TWO_ROWS = re.compile(r"(\d{1,4})(?:\s*[-–~、,至到]\s*(\d{1,4}))?")  # how rows of a sheet are named

# How to write it: shown where a cell could not be read.
A_DAY = "2023-04-28、4月28日"
A_MONTH = "2023-05、2023年5月"
BETWEEN = "、，；;/ "  # what stands between several things in one cell
YES_OR_NO = "是、否"
