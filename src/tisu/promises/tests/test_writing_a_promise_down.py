"""A promise is written down in a minute, by the office or at the post that made it; what cannot be is said in a sentence."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from cast import MONDAY
from tisu.enterprises.merging import merge_firms
from tisu.enterprises.models import Enterprise
from tisu.orgs.models import Post, Role
from tisu.promises.models import Promise
from tisu.promises.services import give
from tisu.promises.states import State

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


@pytest.fixture
def typed(county, leader_post) -> dict:
    return {
        "key": "", "text": "三个月内接通园区污水管网", "enterprise": county.firms[0].credit_code,
        "maker": leader_post.pk, "given_on": "2023-05-22", "due_on": "2023-08-22", "benefit": "none", "form": "spoken",
        "unit": "", "level": "none", "basis": "", "amount": "", "place": "", "source": "",
    }  # fmt: skip


@pytest.fixture
def write(sign_in, typed):
    """`write("office", due_on="")`: the form as that person sends it."""

    def _write(name: str, **changed):
        return sign_in(name).post("/promises/new", typed | changed)

    return _write


def test_is_written_down_by_the_office_and_begins_with_its_first_step(write):
    assert write("office").status_code == 302
    promise = Promise.objects.get()
    assert (promise.state, promise.version, promise.source) == (State.RECORDED, 1, "营商办 工作人员")
    assert [step.code for step in promise.steps.all()] == ["give"]


@pytest.mark.parametrize("name", ["leader", "secretary"])
def test_is_written_down_at_the_post_that_made_it(write, name):
    assert write(name).status_code == 302
    assert "副县长" in Promise.objects.get().signed


def test_offers_a_leader_their_own_post_alone(sign_in, leader_post):
    page = sign_in("leader").get("/promises/new")
    assert list(page.context["form"].fields["maker"].queryset) == [leader_post]


def test_a_head_writes_down_what_the_own_unit_promised(write):
    head = Post.objects.get(unit__code="zhujian", role=Role.DEPT_LEAD)
    assert write("zhujian-head", maker=head.pk).status_code == 302
    assert write("zhujian-head").status_code == 422


@pytest.mark.parametrize(
    "name", ["zhujian", "firm", "supervisor", "custodian", "discipline", "admin", "nobody"]
)
def test_is_not_for_others_to_write_down(write, name):
    assert write(name).status_code == 403
    assert not Promise.objects.exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"due_on": ""}, "请写明兑现期限"),
        ({"due_on": "2023-05-01"}, "期限早于作出之日"),
        ({"due_on": "明天"}, "日期"),
        ({"due_on": "", "is_slogan": "on", "text": " \n"}, "还差一项"),
        ({"is_slogan": "on"}, "口号没有期限"),
        ({"given_on": "2023-05-23"}, "还没有到"),
        ({"given_on": "1923-05-22"}, "核对年份"),
        ({"text": "接" * 4001}, "4000"),
        ({"enterprise": ""}, "请写明企业"),
        ({"enterprise": "没有这家"}, "没有与“没有这家”相符"),
        ({"enterprise": "示例"}, "有多家企业相符"),
        ({"enterprise": "示" * 101}, "100"),
        ({"maker": "999999"}, "选"),
        ({"maker": "甲"}, "选"),
        ({"unit": "999999"}, "选"),
        ({"level": "county"}, "文件和条款"),
        ({"amount": "500"}, "写上单位"),
        ({"amount": "很多钱"}, "金额"),
        ({"benefit": "everything"}, "选"),
    ],
)
def test_says_what_is_wrong_and_keeps_what_was_typed(write, changed, sentence):
    answer = write("office", **changed)
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page
    assert "text" in changed or "三个月内接通园区污水管网" in page
    assert not Promise.objects.exists()


@pytest.mark.parametrize(
    ("amount", "yuan"),
    [("５００万元", 5_000_000), ("1.2亿元", 120_000_000), ("3,500元", 3500), ("五百万元", None), ("", None)],
)
def test_reads_money_with_its_unit(write, amount, yuan):
    answer = write("office", amount=amount)
    if yuan is None and amount:
        assert answer.status_code == 422
    else:
        assert Promise.objects.get().amount == yuan


def test_reads_full_width_days_and_traditional_names(write, county):
    assert write("office", due_on="２０２３-０８-２２", enterprise="示例甲").status_code == 302
    promise = Promise.objects.get()
    assert (promise.due_on, promise.enterprise) == (date(2023, 8, 22), county.firms[0])


def test_takes_one_form_once(write):
    first, again = write("office", key="k" * 32), write("office", key="k" * 32)
    assert first["Location"] == again["Location"]
    assert Promise.objects.count() == 1


def test_a_form_of_somebody_else_is_another_one(write):
    assert write("office", key="k" * 32)["Location"] != write("office2", key="k" * 32)["Location"]


def test_needs_a_post_that_leads(county, promised):
    clerk = Post.objects.get(unit__code="zhujian", role=Role.DEPT_CLERK)
    with pytest.raises(ValidationError, match="无权代表县里作出承诺"):
        promised(maker=clerk)


def test_needs_a_post_that_had_not_ended(promised, leader_post):
    leader_post.until = date(2023, 5, 1)
    leader_post.save()
    with pytest.raises(ValidationError, match="已不存在"):
        promised()
    assert promised(given_on="2023-04-20").holders_then()


def test_reaches_further_back_than_the_posts_are_known(promised, leader_post):
    """How long the post has stood is known from 2021 on; the promise is of 2019."""
    old = promised(given_on="2019-12-31", due_on="2022-12-31")
    assert old.holders_then() == []


def test_names_who_held_the_post_then(county, promised):
    assert promised().holders_then() == [county.people["leader"]]


def test_stands_with_the_firm_that_a_merged_row_belongs_to(county, promised):
    kept, gone = county.firms
    merge_firms(actor=county.people["office"], gone=gone, kept=kept, reason="同一家企业重复登记")
    assert promised(enterprise=Enterprise.objects.get(pk=gone.pk)).enterprise == kept


def test_cannot_be_made_to_a_firm_that_was_gone(county, promised):
    firm = county.firms[0]
    firm.deregistered_on = TODAY - timedelta(days=30)
    firm.save()
    with pytest.raises(ValidationError, match="注销"):
        promised()
    assert promised(given_on="2023-03-01").enterprise == firm


def test_cannot_be_made_to_a_firm_of_another_county(county, promised):
    elsewhere = Enterprise.objects.create(
        credit_code="91422827XFTEXT0392", name="来凤示例厂", region_id="422827"
    )
    with pytest.raises(ValidationError, match="不在本县"):
        promised(enterprise=elsewhere)


def test_is_written_by_a_room_that_knows_who_may(county, leader_post):
    """A clerk brings a leader's word home from a visit: the room above has made sure of that."""
    said = {
        "actor": county.people["zhujian"], "text": "月底前修好进厂路。", "maker": leader_post, "given_on": TODAY,
        "due_on": date(2023, 5, 31), "enterprise": county.firms[0],
    }  # fmt: skip
    with pytest.raises(ValidationError):
        give(**said)
    assert give(**said, checked=False).signed == "住建局 经办"


# --- put right before anybody reviewed it -------------------------------------------------------------------


def test_is_put_right_by_the_office_until_it_is_reviewed(sign_in, promised, typed):
    promise, office = promised(), sign_in("office")
    page = f"/promises/{promise.number}/edit"
    assert "三个月内接通园区污水管网" in office.get(page).content.decode()
    change = typed | {"text": "两个月内接通园区污水管网", "version": 1}
    assert office.post(page, change).status_code == 302
    promise.refresh_from_db()
    assert (promise.text, promise.version) == ("两个月内接通园区污水管网", 2)
    late = office.post(page, change | {"text": "一个月内接通"})
    assert late.status_code == 422 and "其间有人改过" in late.content.decode()
    office.post(f"/promises/{promise.number}", {"act": "ask_review"})
    assert office.get(page).status_code == 403


def test_gives_what_stands_back_in_the_form(sign_in, promised):
    promise = promised(amount=5_000_000, level="county", basis="咸政办发1号")
    page = sign_in("office").get(f"/promises/{promise.number}/edit").content.decode()
    assert "500万元" in page and "咸政办发1号" in page and promise.enterprise.credit_code in page
