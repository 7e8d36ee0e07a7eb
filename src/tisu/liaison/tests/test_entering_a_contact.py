"""A contact is entered on one page: by the leader or the secretary, in under a minute; what is wrong is said where it is."""

from datetime import date

import pytest

from tisu.enterprises.planning import add_quiet_days
from tisu.liaison.models import Contact
from tisu.loop.models import ConflictOfInterest
from tisu.promises.models import Promise
from tisu.support.models import FactorRequest

pytestmark = pytest.mark.django_db
PARTS = {
    f"{part}-{what}_FORMS": n
    for part in ("issue", "promise", "request")
    for what, n in (("TOTAL", 1), ("INITIAL", 0))
}


def form(pairing, **said) -> dict:
    return (
        PARTS
        | {"pairing": pairing.pk, "on": "2023-05-22", "mode": "phone", "text": "了解用工情况。", "key": "k1"}
        | said
    )


ON_SITE = {"mode": "on_site", "place": "厂区会议室"}


@pytest.mark.parametrize("name", ["leader", "secretary"])
def test_asks_for_how_and_what_and_fills_in_the_rest(paired, browser, name):
    pairing, client = paired(), browser(name)
    page = client.get("/liaison/new").content.decode()
    assert str(pairing.firm) in page and 'value="2023-05-22"' in page
    answer = client.post("/liaison/new", form(pairing))
    contact = Contact.objects.get()
    assert answer.status_code == 302 and answer["Location"] == f"/liaison/contacts/{contact.number}"
    assert (contact.on, contact.mode, contact.text) == (date(2023, 5, 22), "phone", "了解用工情况。")
    assert ("秘书" in contact.signed) == (name == "secretary")


def test_holds_nothing_that_looks_like_an_inspection(paired, browser):
    paired()
    page = browser("leader").get("/liaison/new").content.decode()
    for word in ("检查", "督查清单", 'type="file"', "geolocation", "定位", "签到", "照片", "得分"):
        assert word not in page.partition("<main")[2].partition("</main>")[0], word


def test_opens_a_matter_for_each_issue_assigned_by_the_leaders_word(county, paired, browser):
    client, pairing = browser("secretary"), paired()
    zhujian = county.units["zhujian"].pk
    answer = client.post("/liaison/new", form(pairing, departments=[zhujian], **ON_SITE, **{
        "issue-TOTAL_FORMS": 2, "issue-0-text": "污水管网未接通", "issue-0-unit": zhujian, "issue-0-due_on": "2023-06-30",
    }))  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    row = Contact.objects.get().issues.get()
    assert (row.matter.kind, row.matter.stage, row.matter.lead.unit.code) == (
        "liaison_issue",
        "assigned",
        "zhujian",
    )
    assert row.matter.enterprise == county.firms[0]
    assert client.get(f"/matters/{row.matter.number}").status_code == 200
    assert browser("zhujian").get(f"/matters/{row.matter.number}").status_code == 200
    assert browser("firm").get(f"/matters/{row.matter.number}").status_code == 200


def test_writes_a_promise_made_there_into_the_ledger(paired, browser):
    pairing = paired()
    said = {"promise-0-text": "三个月内接通污水管网", "promise-0-due_on": "2023-08-22"}
    assert browser("leader").post("/liaison/new", form(pairing, **said)).status_code == 302
    promise = Promise.objects.get()
    assert (promise.maker, promise.enterprise, promise.state) == (
        pairing.post,
        pairing.enterprise,
        "recorded",
    )
    assert Contact.objects.get().promises.get().promise == promise


def test_hands_a_factor_that_the_firm_needs_to_support(paired, browser):
    pairing = paired()
    said = {
        "request-0-factor": "energy", "request-0-amount": "３０００吨标煤", "request-0-measure": "energy",
        "request-0-basis": "calorific", "request-0-needed_by": "2023-07-01",
    }  # fmt: skip
    assert browser("leader").post("/liaison/new", form(pairing, **said)).status_code == 302
    request = FactorRequest.objects.get()
    assert (request.factor, request.origin) == ("energy", "liaison")


REFUSED = {
    "without words": ({"text": " "}, "还差一项"),
    "of a day to come": ({"on": "2023-05-23"}, "还没到"),
    "of a day before the pairing": ({"on": "2022-12-31"}, "早于包联"),
    "of no day": ({"on": "2023-02-30"}, "日期"),
    "of no kind": ({"mode": "drone"}, "drone"),
    "on site without a department": (ON_SITE, "至少写明一个到场部门"),
    "on site without a place": ({"mode": "on_site"}, "还差一项"),
    "by phone with a place": ({"place": "厂区"}, "现场办公"),
    "that is huge": ({"text": "长" * 2001}, "2000"),
    "with an issue of no unit": ({"issue-0-text": "污水管网未接通"}, "必"),
    "with an issue of a day that passed": (
        {"issue-0-text": "管网", "issue-0-unit": "zhujian", "issue-0-due_on": "2023-05-01"}, "已经过去",
    ),
    "with a promise without a day": ({"promise-0-text": "尽快解决"}, "必"),
    "with an amount of another unit": (
        {"request-0-factor": "power", "request-0-measure": "capacity", "request-0-amount": "300千瓦时",
         "request-0-needed_by": "2023-07-01"}, "千瓦",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refuses_in_words_and_keeps_what_was_typed(county, paired, browser, case):
    said, words = REFUSED[case]
    said = {name: county.units[value].pk if value == "zhujian" else value for name, value in said.items()}
    answer = browser("leader").post("/liaison/new", form(paired(), next_step="下周回访", **said))
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page and "下周回访" in page
    assert not Contact.objects.exists() and not Promise.objects.exists()


def test_takes_full_width_digits(paired, browser):
    assert browser("leader").post("/liaison/new", form(paired(), on="２０２３-０５-１９")).status_code == 302
    assert Contact.objects.get().on == date(2023, 5, 19)


def test_sent_twice_is_one_contact(paired, browser):
    pairing, client = paired(), browser("secretary")
    for key in ("k1", "k1", "k2"):
        assert client.post("/liaison/new", form(pairing, key=key)).status_code == 302
    assert Contact.objects.count() == 1


def test_is_not_for_the_secretary_of_another_leader(county, paired, second_post, browser):
    """The secretary's leader is paired with one firm; the other leader's pairing cannot be named."""
    paired()
    other = paired(post=second_post, firm=1)
    answer = browser("secretary").post("/liaison/new", form(other))
    assert answer.status_code == 422 and not Contact.objects.exists()


@pytest.mark.parametrize("name", ["office", "zhujian", "firm", "supervisor", "admin", "nobody"])
def test_is_for_leaders_alone(paired, browser, name):
    pairing = paired()
    assert browser(name).get("/liaison/new").status_code == 403
    assert browser(name).post("/liaison/new", form(pairing)).status_code == 403


def test_is_closed_to_a_leader_with_an_interest(county, paired, browser):
    """Declared after the pairing was made: the pairing is no longer seen by the person."""
    pairing = paired()
    ConflictOfInterest.objects.create(
        user=county.people["leader"], enterprise=county.firms[0], since=date(2023, 5, 1), reason="亲属持股"
    )
    page = browser("leader").get("/liaison/new").content.decode()
    assert "办公室" in page and str(pairing.firm) not in page


def test_is_refused_once_the_firm_is_closed(county, paired, browser):
    pairing, firm = paired(), county.firms[0]
    firm.deregistered_on = date(2023, 5, 20)
    firm.save()
    answer = browser("leader").post("/liaison/new", form(pairing))
    assert answer.status_code == 422 and "注销" in answer.content.decode()


def test_goes_on_with_the_firm_that_a_merged_row_stands_for(county, paired, in_touch):
    pairing, (gone, kept) = paired(), county.firms
    gone.merged_into = gone.survivor = kept
    gone.save()
    contact = in_touch(pairing, "2023-05-22")
    assert contact.pairing.firm == kept and contact.visit.enterprise == kept


def test_hints_to_its_author_alone_that_nothing_is_new(paired, in_touch, browser):
    pairing = paired()
    in_touch(pairing, "2023-04-03", text="了解用工情况")
    client = browser("secretary")
    page = client.post("/liaison/new", form(pairing), follow=True).content.decode()
    assert "上个月" in page
    assert (
        "上个月"
        not in browser("office").get(f"/liaison/contacts/{Contact.objects.first().number}").content.decode()
    )


def test_says_that_the_firm_wants_to_be_left_alone(county, paired, browser):
    add_quiet_days(actor=county.people["firm"], firm=county.firms[0], first=date(2023, 5, 22), note="盘点")
    client, pairing = browser("leader"), paired()
    assert "打扰" in client.get("/liaison/new").content.decode()
    assert "打扰" in client.post("/liaison/new", form(pairing, mode="visit"), follow=True).content.decode()
