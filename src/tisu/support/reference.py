"""The first published version of the type of a request for a production factor."""

from tisu.loop.models import publish_first_type


def load() -> None:
    publish_first_type(
        kind="factor_request",
        basis="《优化营商环境条例》第二章；未写明期限的，按15个工作日办理（县内惯例）",
        solve_days=15,
        return_days=2,
    )
    publish_first_type(
        kind="force_task",
        basis="工作专班任务；未写明期限的，按10个工作日办理（县内惯例）",
        solve_days=10,
        return_days=2,
    )


# What usually goes wrong, and what is done against it: the points with which a list begins. A county adds its own.
RISKS: dict[str, tuple[tuple[str, str], ...]] = {
    "site_clearing": (
        ("地上附着物权属不清", "逐户核对登记，先签协议后清理"),
        ("地下管线不明", "向供电、供水、燃气核对管线图，现场放样"),
        ("弃土无处堆放", "提前落实消纳场和运输路线"),
    ),
    "power_guarantee": (
        ("旱情持续，水电出力不足", "提前与州级调度衔接外来电，明确保供负荷"),
        ("高峰期线路过载", "核对馈线负荷，制定错峰方案并提前一天告知企业"),
        ("线路故障停电", "特巡线路，抢修队伍和备件定点值守"),
        ("企业内部设备故障", "供电公司上门检查用户侧设备，列整改清单"),
        ("突然停电造成产品损失", "落实应急发电车接入点，约定停电前通知时限"),
    ),
    "oversize_transport": (
        ("路线不清", "实地踏勘全线，出具路线图和障碍清单"),
        ("桥梁、涵洞承重不足", "逐座复核限载，必要时加固或绕行"),
        ("弯道半径、净空不够", "逐处测量，拆移障碍，确定分段转运点"),
        ("未办超限运输许可", "由承运人依法申请超限运输许可，取得后方可上路"),
        ("货物过长不能整体通过", "分段运输，到厂后由厂家复装检验"),
        ("沿途交通冲突", "公安交警分段管制、护送，限定通行时段并公告"),
        ("人员受伤", "医疗救护车随行待命，沿线卫生院备勤"),
        ("货物损坏", "承运人足额投保，装卸由专业队伍负责"),
        ("配合不熟", "正式运输前组织一次演练"),
    ),
}
