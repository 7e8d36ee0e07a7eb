"""What offices write above the columns of their lists of units, posts and people, and in their cells."""

from tisu.foundation.sheets.declared import called
from tisu.orgs.models import Duty, Role

DUTIES = {
    "责任单位": Duty.HANDLING, "部门": Duty.HANDLING, "乡镇": Duty.HANDLING, "办理单位": Duty.HANDLING,
    "营商办": Duty.OFFICE, "督查单位": Duty.SUPERVISION, "督查": Duty.SUPERVISION,
    "纪委监委": Duty.DISCIPLINE, "纪检监察": Duty.DISCIPLINE, "领导机关": Duty.LEADERSHIP, "县领导": Duty.LEADERSHIP,
    "系统管理": Duty.ADMINISTRATION,
}  # fmt: skip
ROLES = {
    "负责人": Role.DEPT_LEAD, "单位负责人": Role.DEPT_LEAD, "主要负责人": Role.DEPT_LEAD,
    "经办人": Role.DEPT_CLERK, "经办": Role.DEPT_CLERK, "联络员": Role.DEPT_CLERK,
    "营商办负责人": Role.OFFICE_LEAD, "营商办工作人员": Role.OFFICE_STAFF, "督查员": Role.SUPERVISION,
    "县领导": Role.COUNTY_LEADER, "纪检干部": Role.DISCIPLINE, "调查保管人": Role.CUSTODIAN,
    "系统管理员": Role.SYSTEM_ADMIN, "安全管理员": Role.SECURITY_ADMIN, "审计管理员": Role.AUDITOR,
}  # fmt: skip

UNIT = {
    "name": called("单位名称", "单位全称", "全称", "机构名称", "单位", "部门名称", like="咸丰县发展和改革局"),
    "short_name": called("简称", "单位简称", "规范简称", like="发改局"),
    "code": called("代码", "单位代码", "编码", "机构编码", "code", like="fagai"),
    "duty": called("类别", "单位类别", "职责", "性质", "单位性质", like="责任单位"),
    "region": called("区划", "行政区划", "所在区划", "所属区划", "所在乡镇", like="咸丰县"),
    "since": called("成立时间", "启用时间", "起始日期", like="2021-01-01"),
}
POST = {
    "unit": called("单位", "单位名称", "所在单位", "部门", "责任单位", like="咸丰县发展和改革局"),
    "title": called("岗位", "岗位名称", "职务", "职位", like="局长"),
    "role": called("角色", "系统角色", "岗位类别", like="负责人"),
    "since": called("设立时间", "起始日期", like="2021-01-01"),
}
PERSON = {
    "name": called("姓名", "人员姓名", "联络员姓名", "名字", like="示例甲"),
    "username": called("用户名", "账号", "登录名", "帐号", like="shilijia"),
    "mobile": called("手机", "手机号码", "联系电话", "电话", "移动电话", like="13800000000"),
    "unit": called("单位", "单位名称", "所在单位", "工作单位", "部门", like="发改局"),
    "title": called("职务", "岗位", "岗位名称", "职位", like="经办"),
    "role": called("角色", "系统角色", "岗位类别", "类型", like="经办人"),
    "since": called("任职时间", "任职日期", "起始日期", "到任时间", like="2023-05-22"),
}
