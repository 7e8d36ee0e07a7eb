"""The demonstration county's units and posts (25 departments and utilities, 11 townships, 30 leaders' posts).

Which leader is in charge of what is not in the article: all of it is 示例.
"""

from datetime import date

from tisu.orgs.models import Duty, FormerName, Post, Region, Role, Unit

COUNTY = "422826"
SINCE = date(2021, 1, 1)

BODIES = (
    # code, full name, short name, duty
    ("yingshangban", "咸丰县优化营商环境工作领导小组办公室", "营商办", Duty.OFFICE),
    ("duchashi", "咸丰县人民政府督查室", "督查室", Duty.SUPERVISION),
    ("jiwei", "中共咸丰县纪委监委", "纪委监委", Duty.DISCIPLINE),
    ("xianwei", "中共咸丰县委", "县委", Duty.LEADERSHIP),
    ("xianzhengfu", "咸丰县人民政府", "县政府", Duty.LEADERSHIP),
    ("renda", "咸丰县人大常委会", "县人大", Duty.LEADERSHIP),
    ("zhengxie", "政协咸丰县委员会", "县政协", Duty.LEADERSHIP),
    ("xitong", "系统运行管理", "系统管理", Duty.ADMINISTRATION),
)
DEPARTMENTS = (
    ("fagai", "咸丰县发展和改革局", "发改局"),
    ("zhujian", "咸丰县住房和城乡建设局", "住建局"),
    ("ziran", "咸丰县自然资源和规划局", "自然资源局"),
    ("shichang", "咸丰县市场监督管理局", "市场监管局"),
    ("zhengwu", "咸丰县政务服务和大数据管理局", "政务局"),
    ("jingxin", "咸丰县经济和信息化局", "经信局"),
    ("caizheng", "咸丰县财政局", "财政局"),
    ("renshe", "咸丰县人力资源和社会保障局", "人社局"),
    ("shangwu", "咸丰县商务局", "商务局"),
    ("jiaotong", "咸丰县交通运输局", "交通局"),
    ("weijian", "咸丰县卫生健康局", "卫健局"),
    ("nongye", "咸丰县农业农村局", "农业农村局"),
    ("shuili", "咸丰县水利和湖泊局", "水利局"),
    ("huanjing", "恩施州生态环境局咸丰县分局", "生态环境分局"),
    ("yingji", "咸丰县应急管理局", "应急局"),
    ("shuiwu", "国家税务总局咸丰县税务局", "税务局"),
    ("gongan", "咸丰县公安局", "公安局"),
    ("sifa", "咸丰县司法局", "司法局"),
    ("fayuan", "咸丰县人民法院", "法院"),
    ("wenlv", "咸丰县文化和旅游局", "文旅局"),
    ("linye", "咸丰县林业局", "林业局"),
    ("zhaoshang", "咸丰县招商服务中心", "招商中心"),
    ("jiaoyi", "咸丰县公共资源交易中心", "交易中心"),
    ("gongdian", "国网咸丰县供电公司", "供电公司"),
    ("gongshui", "咸丰县供水公司", "供水公司"),
)
TOWNSHIPS = (
    ("gaoleshan", "100"), ("zhongbao", "101"), ("pingbaying", "102"), ("chaoyangsi", "103"), ("qingping", "104"),
    ("tangya", "105"), ("qujiang", "106"), ("huolongping", "202"), ("xiaocun", "203"), ("huangjindong", "204"),
    ("daluba", "400"),
)  # fmt: skip
# What a unit was called before, and until when (示例): code, full name, short name.
FORMER = (("zhengwu", "咸丰县行政审批局", "审批局", date(2022, 3, 1)),)
# Thirty posts, in the order of leader1 … leader30; the codes say which units each is in charge of (示例).
LEADERS = (
    (
        "xianzhengfu",
        "常务副县长",
        ("fagai", "zhujian", "gongdian", "zhongbao", "caizheng", "zhengwu", "ziran"),
    ),
    ("xianwei", "县委书记", ()),
    ("xianzhengfu", "县长", ("jingxin", "zhaoshang")),
    ("xianwei", "县委副书记", ("nongye", "qingping")),
    ("xianzhengfu", "副县长(交通商务)", ("jiaotong", "shangwu", "shichang", "jiaoyi")),
    ("xianzhengfu", "副县长(农业农村)", ("shuili", "linye", "gongshui", "chaoyangsi")),
    ("xianzhengfu", "副县长(公安司法)", ("gongan", "sifa", "fayuan")),
    ("xianzhengfu", "副县长(科教文卫)", ("weijian", "wenlv", "renshe")),
    ("xianzhengfu", "副县长(应急环保)", ("yingji", "huanjing", "shuiwu")),
    ("xianwei", "县委常委、组织部部长", ("gaoleshan",)),
    ("xianwei", "县委常委、宣传部部长", ("tangya",)),
    ("xianwei", "县委常委、统战部部长", ("qujiang",)),
    ("xianwei", "县委常委、政法委书记", ("pingbaying",)),
    ("xianwei", "县委常委、县委办主任", ("huolongping",)),
    ("xianwei", "县委常委、人武部部长", ("daluba",)),
    ("renda", "县人大常委会主任", ("xiaocun",)),
    ("renda", "县人大常委会副主任(一)", ("huangjindong",)),
    *(("renda", f"县人大常委会副主任({n})", ()) for n in "二三四五"),
    ("zhengxie", "县政协主席", ()),
    *(("zhengxie", f"县政协副主席({n})", ()) for n in "一二三四"),
    ("xianzhengfu", "县政府党组成员(园区)", ()),
    ("xianzhengfu", "县政府党组成员(招商)", ()),
    ("xianzhengfu", "县政府党组成员(乡村振兴)", ()),
    ("xianzhengfu", "县政府党组成员(重点项目)", ()),
)
# Posts beside those of departments and leaders: unit, title, role.
POSTS = (
    ("yingshangban", "专职副主任", Role.OFFICE_LEAD),
    ("yingshangban", "工作人员", Role.OFFICE_STAFF),
    ("duchashi", "督查员", Role.SUPERVISION),
    ("jiwei", "信访室", Role.DISCIPLINE),
    ("xianzhengfu", "满意度调查保管人", Role.CUSTODIAN),
    ("xitong", "系统管理员", Role.SYSTEM_ADMIN),
    ("xitong", "安全管理员", Role.SECURITY_ADMIN),
    ("xitong", "审计管理员", Role.AUDITOR),
)


def load(today: date) -> None:
    units = {unit.code: unit for unit in Unit.objects.bulk_create(_units())}
    FormerName.objects.bulk_create(
        FormerName(unit=units[code], name=name, short_name=short, since=SINCE, until=until)
        for code, name, short, until in FORMER
    )
    posts = [_post(units[code], title, role) for code, title, role in POSTS]
    for code in [code for code, *_rest in (*DEPARTMENTS, *TOWNSHIPS)]:
        posts += [_post(units[code], "经办", Role.DEPT_CLERK), _post(units[code], "负责人", Role.DEPT_LEAD)]
    Post.objects.bulk_create(posts)
    for code, title, charge in LEADERS:
        post = Post.objects.create(unit=units[code], title=title, role=Role.COUNTY_LEADER, since=SINCE)
        post.in_charge_of.set(units[under] for under in charge)


def _units() -> list[Unit]:
    towns = {region.code: region.name for region in Region.objects.subtree(COUNTY)}
    return [
        *(_unit(code, COUNTY, name, short, duty) for code, name, short, duty in BODIES),
        *(_unit(code, COUNTY, name, short) for code, name, short in DEPARTMENTS),
        *(
            _unit(code, COUNTY, f"{towns[COUNTY + tail]}人民政府", towns[COUNTY + tail])
            for code, tail in TOWNSHIPS
        ),
    ]


def _unit(code: str, region: str, name: str, short: str, duty: str = Duty.HANDLING) -> Unit:
    return Unit(code=code, region_id=region, name=name, short_name=short, duty=duty, since=SINCE)


def _post(unit: Unit, title: str, role: str) -> Post:
    return Post(unit=unit, title=title, role=role, since=SINCE)
