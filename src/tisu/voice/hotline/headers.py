"""What the hotline's centre writes above the columns of its sheets."""

from tisu.foundation.sheets.declared import called

ORDER = {
    "number": called("工单编号", "工单号", "工单流水号", "诉求编号", "编号", like="示例20230522001"),
    "title": called("标题", "诉求标题", "工单标题", "主题", like="示例:施工许可办理超时"),
    "text": called(
        "诉求内容", "工单内容", "反映内容", "问题描述", "内容", like="示例:材料反复补正三次,请协调。"
    ),
    "category": called(
        "诉求类别", "类别", "问题分类", "一级分类", "归口类别", "诉求分类", like="工程建设/施工许可"
    ),
    "received_on": called("受理时间", "来电时间", "诉求时间", "登记时间", "受理日期", like="2023-05-22"),
    "due_on": called("办结时限", "办理时限", "截止时间", "办理期限", "反馈时限", like="2023-06-05"),
    "responsible_unit": called("承办单位", "主办单位", "责任单位", like="住建局"),
    "accused_unit": called("被反映单位", "被投诉单位", "涉及单位", like=""),
    "credit_code": called("统一社会信用代码", "信用代码", "企业信用代码", like="91422826XFTEXT0182"),
    "caller": called("来电人", "诉求人", "联系人", "反映人", "姓名", like="示例"),
    "phone": called("联系电话", "来电号码", "联系方式", "电话", like="13800000000"),
    "secret": called("是否保密", "是否匿名", "信息保密", like="否"),
}
