"""A power guarantee, an oversize transport, introductions to buyers, guidance: facts that some requests alone have."""

import pytest

from tisu.support.models import Guidance, Introduction, Order, PowerGuarantee, Transport


@pytest.fixture
def page(take):
    """`page(request, "guarantee")`: where it is written down, the request being handled by fagai."""

    def _page(request, code: str) -> str:
        take(request, "in_progress")
        return f"/support/requests/{request.matter.number}/records/{code}"

    return _page


def test_power_is_guaranteed_for_a_time(asked, page, sign_in):
    request = asked(factor="power", case="power_guarantee")
    assert request.risk_list.risks.count() == 5
    where, browser = page(request, "guarantee"), sign_in("fagai")
    sent = {
        "version": 1,
        "first": "2022-09-01",
        "last": "2022-09-30",
        "hours": "２４",
        "feeder": "朝阳寺10千伏3号线",
    }
    assert browser.post(where, sent | {"hours": "25"}).status_code == 422
    assert browser.post(where, sent | {"last": "2022-08-30"}).status_code == 422
    assert browser.post(where, sent | {"loss_avoided": "300"}).status_code == 422
    assert browser.post(where, sent | {"loss_avoided": "300万元"}).status_code == 302
    found = PowerGuarantee.objects.get()
    assert (found.hours, found.loss_avoided) == (24, 3_000_000)
    shown = browser.get(f"/matters/{request.matter.number}").content.decode()
    assert "300万元(企业申报)" in shown
    assert browser.post(where, sent).status_code == 409
    assert (
        browser.post(where, sent | {"version": 2, "interruptions": "1", "minutes_lost": "40"}).status_code
        == 302
    )
    assert PowerGuarantee.objects.count() == 1


def test_oversize_pieces_are_measured_with_their_unit(asked, page, sign_in):
    request = asked(factor="logistics", measure="pieces", amount="5台", case="oversize_transport")
    where, browser = page(request, "transport"), sign_in("fagai")
    sent = {
        "version": 1,
        "first": "2022-10-08",
        "last": "2022-11-25",
        "pieces": "5",
        "parts": "2",
        "value": "1000万元",
    }
    for wrong in ("52", "52千瓦", "0米"):
        answer = browser.post(where, sent | {"longest_cm": wrong})
        assert answer.status_code == 422
        assert wrong in answer.content.decode()
    assert browser.post(where, sent | {"longest_cm": "５２米"}).status_code == 302
    found = Transport.objects.get()
    assert (found.longest_cm, found.value) == (5_200, 10_000_000)
    shown = browser.get(f"/matters/{request.matter.number}").content.decode()
    assert "52米" in shown
    assert "分2截" in shown


def test_buyers_are_introduced_and_nothing_is_bought_here(asked, page, sign_in):
    request = asked(factor="market", text="大米、菜籽油找稳定买家。")
    where, browser = page(request, "introduction"), sign_in("fagai")
    assert "县里只牵线介绍" in browser.get(where).content.decode()
    sent = {"version": 1, "buyer": "某区机关食堂", "channel": "对口协作", "on": "2023-05-10"}
    for wrong in ({"purchase": "10万元"}, {"channel": "县里指定採購"}, {"on": "2023-06-01"}, {"buyer": ""}):
        assert browser.post(where, sent | wrong).status_code == 422
    assert not Introduction.objects.exists()
    assert browser.post(where, sent).status_code == 302
    assert browser.post(where, sent | {"version": 2}).status_code == 422  # introduced once


def test_asking_for_an_order_to_buy_is_refused(sign_in):
    sent = {"firm": "91422826XFTEXT0182", "needed_by": "2023-07-01", "text": "请要求各单位必须购买我县大米。"}
    answer = sign_in("office").post("/support/requests/new/market", sent)
    assert answer.status_code == 422
    assert "县里只牵线介绍" in answer.content.decode()


def test_firm_says_what_a_buyer_ordered(asked, page, sign_in):
    request = asked(factor="market", text="大米、菜籽油找稳定买家。")
    browser = sign_in("fagai")
    browser.post(
        page(request, "introduction"),
        {"version": 1, "buyer": "某超市", "channel": "展会", "on": "2023-05-10"},
    )
    where, firm = f"/support/requests/{request.matter.number}/records/order", sign_in("firm")
    row = Introduction.objects.get()
    sent = {"version": 2, "introduction": row.pk, "on": "2023-05-15", "amount": "12万元"}
    assert firm.post(where, sent | {"on": "2023-05-09"}).status_code == 422  # before the introduction
    assert firm.post(where, sent).status_code == 302
    assert firm.post(where, sent | {"version": 3, "on": "2023-05-20", "amount": ""}).status_code == 302
    assert sign_in("firm2").post(where, sent).status_code == 404
    shown = firm.get(f"/matters/{request.matter.number}").content.decode()
    assert "12万元(企业申报)" in shown
    assert "1次" in shown
    assert Order.objects.count() == 2


def test_guidance_is_a_service_record(asked, page, sign_in):
    request = asked(factor="guidance", text="油菜田间管理。")
    where, browser = page(request, "guidance"), sign_in("fagai")
    sent = {
        "version": 1,
        "on": "2023-05-19",
        "expert": "农业农村局农艺师",
        "topic": "油菜病虫害防治",
        "result": "制定用药方案。",
    }
    assert browser.post(where, sent).status_code == 302
    assert Guidance.objects.get().topic == "油菜病虫害防治"
    assert "制定用药方案" in browser.get(f"/matters/{request.matter.number}").content.decode()


@pytest.mark.parametrize(
    ("name", "status"), [("firm", 403), ("firm2", 404), ("zhujian", 404), ("office", 200)]
)
def test_who_writes_it_down(asked, page, sign_in, name, status):
    request = asked(factor="guidance", text="油菜田间管理。")
    assert sign_in(name).get(page(request, "guidance")).status_code == status


def test_what_does_not_belong_is_not_there(asked, page, sign_in):
    request = asked()
    browser, where = sign_in("fagai"), page(request, "guarantee")
    assert browser.get(where).status_code == 404
    assert browser.get(where.replace("guarantee", "purchase")).status_code == 404
