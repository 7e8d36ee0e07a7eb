"""Rows that may be the same firm are suggested with reasons; a person decides, once."""

import pytest

from tisu.enterprises.demo import synthetic_code
from tisu.enterprises.models import LikelyPair
from tisu.enterprises.namekey import name_key
from tisu.enterprises.services import update_firm
from tisu.orgs.models import Region

pytestmark = pytest.mark.django_db
PLACES = ("湖北省", "恩施土家族苗族自治州", "咸丰县", "忠堡镇")
PAGE = "/enterprises/duplicates"


@pytest.mark.parametrize(
    "name",
    [
        "咸丰县青禾茶业有限责任公司", "湖北青禾茶业有限公司", "青禾茶業(咸丰)公司", "咸丰青禾茶业股份有限公司", "恩施青禾茶业集团",
        "青禾茶业（示例）", "忠堡镇青禾茶业",
    ],
)  # fmt: skip
def test_compares_names_without_place_and_legal_form(name):
    assert name_key(name, PLACES) == "青禾茶业"


@pytest.mark.parametrize(
    ("name", "key"), [("咸丰县", "咸丰县"), ("有限公司", "有限公司"), ("湖北公司", "湖北")]
)
def test_leaves_a_name_that_is_nothing_else(name, key):
    assert name_key(name, PLACES) == key


@pytest.mark.parametrize(
    ("name", "facts", "reasons"),
    [
        ("湖北青禾茶业有限公司", {}, ["name"]),
        ("咸丰清河茶业有限公司", {}, ["sound"]),
        ("咸丰青禾茶业集团", {"address": "咸丰县示例路8号"}, ["name", "address"]),
        ("示例汽修店", {"address": "示例路8号"}, ["address"]),
        ("咸丰白水茶业有限公司", {}, None),
        ("咸丰青禾建材有限公司", {}, None),
    ],
)
def test_says_why_two_may_be_one(enter, name, facts, reasons):
    enter("咸丰青禾茶业有限公司", place=3, address="示例路8号")
    enter(name, place=4, **facts)
    pair = LikelyPair.objects.first()
    assert (pair and pair.reasons) == reasons


def test_sees_a_slip_in_a_long_name(enter):
    enter("咸丰青禾生态农产品加工厂", place=3)
    enter("咸丰青禾生太农产品加工厂", place=4)
    assert LikelyPair.objects.get().reasons == ["sound"]
    enter("咸丰青禾生鲜农产品加工厂", place=5)
    assert {tuple(pair.reasons) for pair in LikelyPair.objects.all()} == {("sound",), ("near",)}


def test_suggests_no_branch(enter):
    parent = enter("咸丰青禾茶业有限公司", place=3)
    branch = enter("青禾茶业", place=4, parent=parent)
    enter("青禾茶业集团", place=5, parent=branch)
    assert not LikelyPair.objects.exists()


def test_suggests_two_branches_of_one_firm_only_by_the_same_name(enter):
    parent = enter("示例总公司", place=3)
    enter("示例清坪分公司", place=4, parent=parent, region=Region.objects.get(code="422826104"))
    enter("示例唐崖分公司", place=5, parent=parent, region=Region.objects.get(code="422826105"))
    assert not LikelyPair.objects.exists()
    again = enter("示例唐崖分公司", place=6, parent=parent, region=Region.objects.get(code="422826105"))
    assert LikelyPair.objects.get().second == again


def test_looks_again_when_a_firm_is_renamed(county, enter):
    enter("咸丰青禾茶业有限公司", place=3)
    other = enter("示例汽修店", place=4)
    update_firm(actor=county.people["office"], firm=other, expected_version=1, name="青禾茶业公司")
    assert LikelyPair.objects.get().reasons == ["name"]


def test_shows_both_with_the_reason(sign_in, enter):
    enter("咸丰青禾茶业有限公司", place=3)
    enter("青禾茶业", place=4)
    page = sign_in("office").get(PAGE).content.decode()
    assert synthetic_code(3) in page and synthetic_code(4) in page and "名称相同" in page


def test_remembers_what_was_told_apart(county, sign_in, enter):
    enter("咸丰青禾茶业有限公司", place=3)
    other = enter("青禾茶业", place=4)
    said = {"act": "apart", "row": LikelyPair.objects.get().pk}
    page = sign_in("office")
    assert page.post(PAGE, said).status_code == 302
    assert "已经处理" in page.post(PAGE, said).content.decode()
    update_firm(actor=county.people["office"], firm=other, expected_version=1, name="青禾茶业公司")
    assert synthetic_code(4) not in page.get(PAGE).content.decode()


@pytest.mark.parametrize("name", ["zhujian", "supervisor", "firm", "admin"])
def test_is_not_for_others(sign_in, name):
    assert sign_in(name).get(PAGE).status_code == 403
    assert sign_in(name).post(PAGE, {"act": "apart"}).status_code == 403


def test_shows_an_office_next_door_nothing(sign_in, enter):
    enter("咸丰青禾茶业有限公司", place=3)
    enter("青禾茶业", place=4)
    page = sign_in("outsider")
    assert synthetic_code(3) not in page.get(PAGE).content.decode()
    said = {"act": "keep_first", "row": LikelyPair.objects.get().pk, "reason": "同一家企业"}
    assert page.post(PAGE, said).status_code == 422


def test_costs_the_same_for_two_pairs_and_for_ten(sign_in, enter, django_assert_max_num_queries):
    for place in range(3, 8):
        enter("咸丰青禾茶业有限公司", place=place)
    page = sign_in("office")
    assert LikelyPair.objects.count() == 10
    with django_assert_max_num_queries(13):
        page.get(PAGE)
