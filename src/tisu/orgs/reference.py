"""Regions an installation in Enshi begins with (domain.md §5.2, NBS-derived codes)."""

from tisu.orgs.models import Region

REGIONS = (
    ("42", "湖北省", "Hubei"),
    ("4228", "恩施土家族苗族自治州", "Enshi Tujia and Miao Autonomous Prefecture"),
    ("422801", "恩施市", "Enshi City"),
    ("422802", "利川市", "Lichuan City"),
    ("422822", "建始县", "Jianshi County"),
    ("422823", "巴东县", "Badong County"),
    ("422825", "宣恩县", "Xuan'en County"),
    ("422826", "咸丰县", "Xianfeng County"),
    ("422827", "来凤县", "Laifeng County"),
    ("422828", "鹤峰县", "Hefeng County"),
    ("422826100", "高乐山镇", "Gaoleshan Town"),
    ("422826101", "忠堡镇", "Zhongbao Town"),
    ("422826102", "坪坝营镇", "Pingbaying Town"),
    ("422826103", "朝阳寺镇", "Chaoyangsi Town"),
    ("422826104", "清坪镇", "Qingping Town"),
    ("422826105", "唐崖镇", "Tangya Town"),
    ("422826106", "曲江镇", "Qujiang Town"),
    ("422826202", "活龙坪乡", "Huolongping Township"),
    ("422826203", "小村乡", "Xiaocun Township"),
    ("422826204", "黄金洞乡", "Huangjindong Township"),
    ("422826400", "大路坝区", "Daluba District"),
)


def load() -> None:
    known = set(Region.objects.values_list("code", flat=True))
    Region.objects.bulk_create(
        Region(code=code, name=name, name_en=name_en) for code, name, name_en in REGIONS if code not in known
    )
