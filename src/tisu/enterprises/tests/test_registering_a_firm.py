"""The office enters firms and changes what it knows of them; nobody's change is lost."""

import pytest
from django.core.exceptions import ValidationError
from stdnum.cn import uscc

from tisu.audit.models import Entry
from tisu.enterprises.demo import synthetic_code
from tisu.enterprises.models import Enterprise
from tisu.enterprises.services import register_firm, update_firm
from tisu.orgs.models import Region

pytestmark = pytest.mark.django_db
CODE = synthetic_code(3)


def test_enters_what_was_typed(sign_in, typed):
    answer = sign_in("office").post("/enterprises/new", typed)
    assert answer["Location"] == f"/enterprises/{CODE}"
    firm = Enterprise.objects.get(credit_code=CODE)
    assert (firm.registered_capital, firm.industry.name, firm.region.name) == (
        5_000_000, "酒、饮料和精制茶制造业", "忠堡镇",
    )  # fmt: skip
    page = sign_in("zhujian").get(f"/enterprises/{CODE}").content.decode()
    assert "500万元" in page and "咸丰县 (422826)" in page and "2015-03-01" in page


def test_folds_the_code_as_it_was_typed(sign_in, typed):
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in CODE.lower())
    answer = sign_in("office").post("/enterprises/new", typed | {"credit_code": f" {wide[:9]} {wide[9:]}"})
    assert answer["Location"] == f"/enterprises/{CODE}"


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("91422826XFTEXT0I82", "第16位是字母I"),
        ("91422826XFTEXT0O82", "看看是不是0"),
        ("91422826XFTEXT0#82", "第16位“#”既不是数字"),
        ("91422826XFTEXT018", "只有17位"),
        ("9142282AXFTEXT0182", "第3至8位"),
        ("91422826XFTEXT0183", "末位校验码应为2，填的是3"),
        (CODE, "已在企业库"),
    ],
)
def test_says_what_is_wrong_with_a_code_and_keeps_what_was_typed(sign_in, typed, enter, code, sentence):
    enter("示例丙厂", place=3)
    answer = sign_in("office").post("/enterprises/new", typed | {"credit_code": code})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page and "示例丙茶业有限公司" in page and "500万元" in page


def test_warns_of_the_17th_character_and_takes_the_code(sign_in, typed):
    odd = (part := "91422826XFTEXT019") + uscc.calc_check_digit(part)
    page = (
        sign_in("office").post("/enterprises/new", typed | {"credit_code": odd}, follow=True).content.decode()
    )
    assert "第17位" in page and Enterprise.objects.filter(credit_code=odd).exists()
    sound = sign_in("office").post("/enterprises/new", typed, follow=True).content.decode()
    assert "第17位" not in sound


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "必"),
        ("name", "厂" * 81, "80"),
        ("registered_capital", "500", "单位"),
        ("registered_capital", "3.5元", "整数元"),
        ("region", "422827", "选"),
        ("industry", "99", "选"),
        ("legal_kind", "king", "选"),
        ("started_on", "2023-13-01", "日期"),
        ("parent", "91422826XFTEXT0I82", "第16位"),
        ("parent", synthetic_code(9), "本地区没有登记"),
        ("source", "", "必"),
    ],
)
def test_refuses_what_cannot_be_with_a_sentence(sign_in, typed, field, value, sentence):
    answer = sign_in("office").post("/enterprises/new", typed | {field: value})
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert not Enterprise.objects.filter(credit_code=CODE).exists()


def test_keeps_a_park_in_its_township(sign_in, typed, park):
    far = sign_in("office").post("/enterprises/new", typed | {"park": park.pk, "region": "422826103"})
    assert far.status_code == 422 and "忠堡镇工业园区在忠堡镇" in far.content.decode()
    assert sign_in("office").post("/enterprises/new", typed | {"park": park.pk}).status_code == 302


@pytest.mark.parametrize("name", ["zhujian", "supervisor", "leader", "firm", "admin", "nobody"])
def test_is_not_for_others(sign_in, typed, name):
    assert sign_in(name).post("/enterprises/new", typed).status_code == 403
    assert sign_in(name).get("/enterprises/new").status_code == 403


def test_enters_no_firm_of_another_county(county):
    with pytest.raises(ValidationError) as refusal:
        register_firm(
            actor=county.people["office"],
            credit_code=CODE,
            name="示例",
            region=Region.objects.get(code="422827"),
        )
    assert "region" in refusal.value.error_dict


def test_changes_no_firm_of_another_county(county, enter):
    firm = enter("示例丙厂", place=3)
    with pytest.raises(ValidationError, match="其他县"):
        update_firm(actor=county.people["outsider"], firm=firm, expected_version=1, name="x")


def test_tells_the_second_of_two_who_enter_the_same_firm_at_once(county, enter, monkeypatch):
    enter("示例丙厂", place=3)
    monkeypatch.setattr(
        Enterprise, "full_clean", lambda firm: None
    )  # as when both looked before either wrote
    with pytest.raises(ValidationError, match="已在企业库"):
        enter("示例丙厂", place=3)


def test_changes_only_what_is_given_and_writes_it_down(county, enter):
    firm = enter("示例丙厂", place=3, address="老街1号")
    update_firm(actor=county.people["office"], firm=firm, expected_version=1, address="新街2号")
    firm.refresh_from_db()
    assert (firm.name, firm.address, firm.version) == ("示例丙厂", "新街2号", 2)
    assert [entry.act for entry in Entry.objects.filter(about=CODE).order_by("seq")] == [
        "register-firm", "change-firm",
    ]  # fmt: skip


def test_writes_nothing_where_nothing_changed(county, enter):
    firm = enter("示例丙厂", place=3)
    update_firm(actor=county.people["office"], firm=firm, expected_version=1, name="示例丙厂")
    assert Entry.objects.filter(act="change-firm").count() == 0


def test_keeps_the_old_name_and_finds_by_it(sign_in, typed, enter):
    enter("示例丙厂", place=3)
    page = sign_in("office")
    page.post(
        f"/enterprises/{CODE}/edit",
        typed | {"version": 1, "name": "青禾茶业公司", "renamed_on": "2023-01-05"},
    )
    assert "示例丙厂（至2023-01-05）" in page.get(f"/enterprises/{CODE}").content.decode()
    for words in ("示例丙", "slbc", "青禾", "青禾茶業", "qhcy"):
        assert CODE in page.get("/enterprises", {"q": words}).content.decode()


def test_takes_a_former_name_from_before_the_register(sign_in, enter):
    enter("示例丙厂", place=3)
    page = sign_in("office")
    said = {"act": "former_name", "name": "老字号酒坊", "until": ""}
    assert page.post(f"/enterprises/{CODE}", said).status_code == 302
    assert CODE in page.get("/enterprises", {"q": "lzh"}).content.decode()
    assert "已经记在" in page.post(f"/enterprises/{CODE}", said).content.decode()


def test_loses_no_change_of_another_clerk(sign_in, typed, enter):
    enter("示例丙厂", place=3)
    path = f"/enterprises/{CODE}/edit"
    assert sign_in("office").post(path, typed | {"version": 1, "address": "一路"}).status_code == 302
    late = sign_in("office2").post(path, typed | {"version": 1, "address": "二路"})
    page = late.content.decode()
    assert late.status_code == 409
    assert "一路" in page and "二路" in page and 'name="version" value="2"' in page
    assert sign_in("office2").post(path, typed | {"version": 2, "address": "二路"}).status_code == 302


def test_shows_parent_and_branches_both_ways_and_runs_in_no_circle(county, sign_in, enter):
    parent = enter("示例总公司", place=3)
    branch = enter("示例总公司咸丰分公司", place=4, parent=parent, legal_kind="branch")
    page = sign_in("zhujian")
    assert branch.name in page.get(f"/enterprises/{parent.credit_code}").content.decode()
    assert parent.name in page.get(f"/enterprises/{branch.credit_code}").content.decode()
    for above in (branch, parent):
        with pytest.raises(ValidationError, match="自己的分支"):
            update_firm(actor=county.people["office"], firm=parent, expected_version=1, parent=above)


def test_says_when_a_firm_is_gone(county, sign_in, enter):
    firm = enter("示例丙厂", place=3)
    said = {"actor": county.people["office"], "firm": firm, "expected_version": 1}
    with pytest.raises(ValidationError, match="还没有到"):
        update_firm(**said, deregistered_on="2023-05-23")
    update_firm(**said, deregistered_on="2023-05-22")
    page = sign_in("zhujian")
    assert "已注销 2023-05-22" in page.get(f"/enterprises/{CODE}").content.decode()
    assert CODE in page.get("/enterprises", {"status": "deregistered"}).content.decode()
    assert CODE not in page.get("/enterprises", {"status": "existing"}).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"township": "422826101"}, True),
        ({"township": "422826103"}, False),
        ({"section": "C"}, True),
        ({"section": "A"}, False),
        ({"q": "茶", "section": "C", "status": "existing"}, True),
    ],
)
def test_is_found_by_the_filters(sign_in, typed, query, found):
    page = sign_in("office")
    page.post("/enterprises/new", typed)
    assert (CODE in page.get("/enterprises", query).content.decode()) is found


def test_filter_that_cannot_be_read_shows_nothing(sign_in):
    answer = sign_in("office").get("/enterprises", {"month": "May"})
    assert answer.status_code == 422 and "2023-05" in answer.content.decode()


def test_adds_a_park_once(sign_in, county):
    said = {"act": "add_park", "name": "示例园区", "region": "422826104"}
    page = sign_in("office")
    assert page.post("/enterprises/parks", said).status_code == 302
    assert "已有同名园区" in page.post("/enterprises/parks", said).content.decode()
    assert "示例园区" in page.get("/enterprises/parks").content.decode()


def test_tells_programs_township_industry_and_status(sign_in, typed):
    page = sign_in("office")
    page.post("/enterprises/new", typed)
    item = page.get(f"/api/v1/enterprises/{CODE}").json()
    assert item | {} == {
        "uscc": CODE, "name": "示例丙茶业有限公司", "region": "422826101", "township": "422826101", "industry": "茶叶加工",
        "industry_code": "15", "status": "existing", "above_scale": False, "merged": [],
    }  # fmt: skip
