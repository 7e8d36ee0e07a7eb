"""Somebody asks for a production factor: for a firm of the county, or for the firm they act for."""

from datetime import date

import pytest

from tisu.enterprises.models import Enterprise
from tisu.loop.faults import NotAllowed, Unacceptable
from tisu.loop.models import Matter
from tisu.support.models import FactorRequest

PAGE = "/support/requests/new/"
CODE = "91422826XFTEXT0182"
ENERGY = {"firm": CODE, "amount": "２６．７萬噸標煤", "basis": "calorific", "needed_by": "2023-07-01"}


def test_office_enters_one_and_it_is_a_matter_of_the_firm(sign_in, county):
    answer = sign_in("office").post(f"{PAGE}energy", ENERGY)
    found = FactorRequest.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/matters/{found.matter.number}"
    assert (found.asked, found.said(found.asked), found.level) == (267_000_000, "26.7万吨标煤", "province")
    assert (found.matter.enterprise, found.matter.stage) == (county.firms[0], "registered")
    assert found.matter.title == "示例甲有限公司：能耗指标 26.7万吨标煤"


def test_firm_asks_with_a_factor_an_amount_and_a_day(sign_in, county):
    """Three taps: what, how much by when, hand in. The firm is known, the words are written by the program."""
    browser = sign_in("firm")
    assert f'href="{PAGE}power"' in browser.get("/support/requests/new").content.decode()
    page = browser.get(f"{PAGE}power").content.decode()
    assert f'<input type="hidden" name="firm" value="{CODE}"' in page
    sent = {"firm": CODE, "measure": "capacity", "amount": "800千瓦", "needed_by": "2023-06-30"}
    answer = browser.post(f"{PAGE}power", sent, follow=True)
    found = FactorRequest.objects.get()
    assert answer.status_code == 200
    assert found.matter.number in answer.content.decode()
    assert (found.origin, found.matter.requester) == ("firm", county.people["firm"])
    assert found.matter.text == "2023-06-30前需要：用电 800千瓦。"


def test_firm_does_not_ask_for_another_firm(sign_in, asked, county):
    sent = {"firm": "91422826XFTEXT026W", "amount": "30人", "needed_by": "2023-06-30"}
    answer = sign_in("firm").post(f"{PAGE}labour", sent)
    assert answer.status_code == 422
    assert "您不代表这家企业" in answer.content.decode()
    with pytest.raises(Unacceptable):
        asked("firm", firm=county.firms[1])
    assert not FactorRequest.objects.exists()


@pytest.mark.parametrize("name", ["zhujian", "leader", "discipline", "nobody", "admin"])
def test_others_do_not_ask(sign_in, asked, name):
    browser = sign_in(name)
    assert browser.get("/support/requests/new").status_code == 403
    assert browser.post(f"{PAGE}energy", ENERGY).status_code == 403
    with pytest.raises(NotAllowed):
        asked(name)


def test_office_next_door_does_not_know_the_firm(sign_in):
    answer = sign_in("outsider").post(f"{PAGE}energy", ENERGY)
    assert answer.status_code == 422
    assert not Matter.objects.exists()


def test_firm_that_was_deregistered_is_provided_with_nothing(asked, county):
    Enterprise.objects.filter(pk=county.firms[0].pk).update(deregistered_on=date(2023, 3, 1))
    county.firms[0].refresh_from_db()
    with pytest.raises(Unacceptable) as refused:
        asked()
    assert str(refused.value.sentence).endswith("已于2023-03-01注销，不能再提供要素。")


def test_code_of_a_merged_row_means_the_firm_that_stands_for_it(sign_in, county):
    kept, gone = county.firms
    Enterprise.objects.filter(pk=gone.pk).update(merged_into=kept, survivor=kept)
    sign_in("office").post(f"{PAGE}energy", ENERGY | {"firm": gone.credit_code})
    assert FactorRequest.objects.get().matter.enterprise == kept


def test_merged_row_itself_is_refused(asked, county):
    kept, gone = county.firms
    Enterprise.objects.filter(pk=gone.pk).update(merged_into=kept, survivor=kept)
    with pytest.raises(Unacceptable):
        asked(firm=Enterprise.objects.get(pk=gone.pk))


@pytest.mark.parametrize(
    ("factor", "wrong", "field", "sentence"),
    [
        (
            "power",
            {"measure": "consumption", "amount": "500千瓦"},
            "amount",
            "千瓦是功率，用电量按千瓦时计。",
        ),
        (
            "power",
            {"measure": "capacity", "amount": "500千瓦时"},
            "amount",
            "千瓦时是电量，用电容量按千瓦计。",
        ),
        ("power", {"amount": "500千瓦"}, "measure", "请选择数量指的是什么。"),
        ("energy", {"amount": "26.7万吨"}, "amount", "吨是货物的重量，能耗指标按吨标煤计。"),
        ("energy", {"amount": "267000"}, "amount", "请写明单位"),
        ("energy", {"amount": "999999万吨标煤"}, "amount", "数量大得不像真的"),
        ("energy", {"basis": ""}, "basis", "当量值还是等价值"),
        ("energy", {"level": "county"}, "level", "由省里审查"),
        ("labour", {"amount": ""}, "amount", "还差一项"),
        ("labour", {"amount": "0人"}, "amount", "要大于零"),
        ("labour", {"amount": "二三十人吧"}, "amount", "这不是一个数量"),
        ("labour", {"needed_by": "2023-05-21"}, "needed_by", "这一天已经过去"),
        ("labour", {"needed_by": "2203-05-21"}, "needed_by", "请看看年份"),
        ("labour", {"text": "长" * 20_001}, "text", "20000"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_what_was_typed_stays(
    sign_in, factor, wrong, field, sentence
):
    usual = {"labour": {"amount": "30人"}, "power": {"measure": "capacity", "amount": "800千瓦"}}.get(
        factor, {}
    )
    if "measure" not in wrong and wrong.get("amount") == "500千瓦":
        usual = {}
    sent = {"firm": CODE, "needed_by": "2023-07-01"} | (ENERGY if factor == "energy" else usual) | wrong
    answer = sign_in("office").post(f"{PAGE}{factor}", sent)
    form = answer.context["form"]
    assert answer.status_code == 422
    assert sentence in "".join(form.errors[field])
    assert form["needed_by"].value() == sent["needed_by"]
    assert not FactorRequest.objects.exists()


def test_sent_twice_it_is_one_request(sign_in):
    browser, sent = sign_in("office"), ENERGY | {"key": "one-form"}
    first, second = (browser.post(f"{PAGE}energy", sent) for _time in range(2))
    assert first["Location"] == second["Location"]
    assert FactorRequest.objects.count() == 1


def test_threshold_of_the_province_is_that_of_the_day(asked, on):
    small = {"amount": "6000吨标煤", "basis": "calorific"}
    assert asked(**small).level == "province"
    with on("2023-06-01"):
        assert asked(**small).level == "county"
        assert asked(amount="1万吨标煤", basis="calorific").level == "province"
        assert asked(amount="1万吨标煤", basis="equivalent", level="prefecture").level == "prefecture"


def test_nothing_is_counted_for_guidance(asked):
    found = asked(factor="guidance", text="请农技专家指导油菜田间管理。")
    assert (found.measure, found.asked) == ("", None)
    with pytest.raises(Unacceptable):
        asked(factor="guidance", amount="3人")
