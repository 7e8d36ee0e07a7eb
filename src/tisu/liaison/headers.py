"""What offices write above the columns of their lists of leaders and firms (包联)."""

from tisu.foundation.sheets.declared import called

PAIRING = {
    "post": called("联系领导", "县领导", "包联领导", "领导职务", "职务", like="副县长"),
    "holder": called("姓名", "领导姓名", like=""),
    "credit_code": called(
        "信用代码", "社会信用代码", "统一信用代码", "企业信用代码", like="91422826XFTEXT0182"
    ),
    "firm": called("企业名称", "联系企业", "包联企业", "重点企业", like="示例甲有限公司"),
    "since": called("起始日期", "联系起始", "开始日期", "包联时间", like="2023-01-01"),
    "until": called("截止日期", "结束日期", like=""),
    "declared_on": called("利益冲突申报日期", "无利益关系声明日期", "申报日期", like="2022-12-28"),
    "reason": called("调整原因", "变更原因", "备注", like=""),
}
