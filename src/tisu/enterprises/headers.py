"""What offices write above the columns of their lists of firms, contacts and figures, and in their cells."""

from tisu.enterprises.amounts import Measure
from tisu.enterprises.models import LegalKind, Origin, Purpose, ScaleCategory, Statement
from tisu.foundation.sheets.declared import called

LEGAL_KINDS = {
    "企业": LegalKind.COMPANY, "有限责任公司": LegalKind.COMPANY, "股份有限公司": LegalKind.COMPANY, "公司": LegalKind.COMPANY,
    "个体工商户": LegalKind.INDIVIDUAL, "个体户": LegalKind.INDIVIDUAL, "个体": LegalKind.INDIVIDUAL,
    "农民专业合作社": LegalKind.COOPERATIVE, "合作社": LegalKind.COOPERATIVE, "分支机构": LegalKind.BRANCH, "分公司": LegalKind.BRANCH,
}  # fmt: skip
SCALES = {
    "规上工业": ScaleCategory.INDUSTRY, "工业": ScaleCategory.INDUSTRY,
    "资质建筑业": ScaleCategory.CONSTRUCTION, "建筑业": ScaleCategory.CONSTRUCTION,
    "限上批发": ScaleCategory.WHOLESALE, "批发业": ScaleCategory.WHOLESALE, "批发": ScaleCategory.WHOLESALE,
    "限上零售": ScaleCategory.RETAIL, "零售业": ScaleCategory.RETAIL, "零售": ScaleCategory.RETAIL,
    "限上住宿": ScaleCategory.LODGING, "住宿业": ScaleCategory.LODGING, "住宿": ScaleCategory.LODGING,
    "限上餐饮": ScaleCategory.CATERING, "餐饮业": ScaleCategory.CATERING, "餐饮": ScaleCategory.CATERING,
    "规上服务业": ScaleCategory.SERVICES, "服务业": ScaleCategory.SERVICES,
    "房地产": ScaleCategory.REAL_ESTATE, "房地产业": ScaleCategory.REAL_ESTATE,
}  # fmt: skip
PURPOSES = {
    "联系走访": Purpose.VISITS, "走访": Purpose.VISITS, "满意度调查": Purpose.SURVEYS, "调查": Purpose.SURVEYS,
    "政策推送": Purpose.POLICIES, "政策": Purpose.POLICIES,
}  # fmt: skip

FIRM = {
    "credit_code": called(
        "信用代码", "社会信用代码", "统一信用代码", "统一社会信用代码/注册号", like="91422826XFTEXT0182"
    ),
    "name": called("企业名称", "单位名称", "单位详细名称", "市场主体名称", "名称", like="示例甲有限公司"),
    "region": called("乡镇", "所在乡镇", "所属乡镇", "所在地", "区划", like="忠堡镇"),
    "park": called("园区", "所在园区", "所属园区", like=""),
    "address": called("地址", "住所", "注册地址", "详细地址", "经营场所", like="忠堡镇示例路1号"),
    "legal_kind": called("企业类型", "主体类型", "类型", "登记类型", like="企业"),
    "industry": called("行业", "行业代码", "所属行业", "行业门类", "行业大类", "国民经济行业", like="26"),
    "business": called("主营业务", "主要产品", "经营范围", "主营", like="动力锂电池材料"),
    "registered_capital": called("注册资本", "注册资金", like="5000万元"),
    "started_on": called("成立日期", "成立时间", "注册日期", "设立日期", like="2022-04-28"),
    "deregistered_on": called("注销日期", "注销时间", like=""),
    "parent": called("上级企业代码", "总公司代码", "隶属企业信用代码", like=""),
    "scale": called("规上类别", "四上类别", "入库类别", "专业类别", like="工业"),
    "above": called("是否规上", "规上", "是否四上", "规上企业", like="是"),
    "scale_from": called("入库时间", "纳入规上时间", "规上起始月份", "入统时间", like="2023-01"),
    "source": called("数据来源", "来源", like=""),
}
MEASURES = {
    "产值": Measure.OUTPUT, "工业总产值": Measure.OUTPUT, "总产值": Measure.OUTPUT,
    "营业收入": Measure.REVENUE, "营收": Measure.REVENUE, "主营业务收入": Measure.REVENUE,
    "销售额": Measure.SALES, "销售金额": Measure.SALES, "销售收入": Measure.SALES,
    "税收": Measure.TAX, "纳税": Measure.TAX, "纳税额": Measure.TAX, "入库税收": Measure.TAX,
    "用工": Measure.STAFF, "用工人数": Measure.STAFF, "从业人员": Measure.STAFF, "员工人数": Measure.STAFF,
    "用电": Measure.POWER, "用电量": Measure.POWER,
}  # fmt: skip
STATEMENTS = {
    "实际": Statement.ACTUAL, "完成": Statement.ACTUAL, "已完成": Statement.ACTUAL, "实绩": Statement.ACTUAL,
    "预计": Statement.FORECAST, "预测": Statement.FORECAST, "预期": Statement.FORECAST,
    "目标": Statement.TARGET, "计划": Statement.TARGET,
}  # fmt: skip
ORIGINS = {
    "企业自报": Origin.FIRM, "企业": Origin.FIRM, "公开报道": Origin.PUBLISHED, "报道": Origin.PUBLISHED,
    "部门记录": Origin.UNIT, "部门": Origin.UNIT,
}  # fmt: skip
FIGURE = {
    "credit_code": called("信用代码", "社会信用代码", "企业信用代码", like="91422826XFTEXT0182"),
    "firm": called("企业名称", "单位名称", "企业", like="示例甲有限公司"),
    "measure": called("项目", "指标名称", "数据项", like="产值"),
    "status": called("数据类型", "口径", "实际或预计", like="实际"),
    "period": called("时期", "所属期", "期间", "报告期", like="2022年四季度"),
    "amount": called("金额", "数值", "数量", "数额", like="3960万元"),
    "origin": called("来源类型", "数据来源类型", like="企业自报"),
    "source": called("来源", "数据来源", "出处", like="企业填报表"),
    "consent": called("同意方式", "企业同意", "取得方式", like="负责人电话同意"),
    "said_on": called("提供日期", "数据日期", "填报日期", like="2023-05-22"),
}
CONTACT = {
    "credit_code": called("信用代码", "社会信用代码", "企业信用代码", like="91422826XFTEXT0182"),
    "firm": called("企业名称", "单位名称", "企业", like="示例甲有限公司"),
    "name": called("联系人", "联系人姓名", "企业联系人", like="示例"),
    "post_title": called("职务", "联系人职务", like="办公室主任"),
    "phone": called("电话", "联系电话", "手机", "手机号", "联系方式", "联系人电话", like="13800000000"),
    "email": called("邮箱", "电子邮箱", "电子邮件", like=""),
    "purposes": called("同意用途", "用途", "同意事项", like="联系走访、满意度调查"),
    "given_on": called("同意日期", "同意时间", like="2023-05-22"),
    "how": called("同意方式", "取得方式", like="电话告知并同意"),
}
