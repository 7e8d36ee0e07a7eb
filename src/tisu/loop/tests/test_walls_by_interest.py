"""Who has an interest in a firm sees none of its matters, from the day it begins up to the day it ends."""

from datetime import date, datetime

import pytest

from cast import COUNTY, FIRM_CODES, LONG_AGO, NEIGHBOUR, SHANGHAI, afresh
from tisu.accounts.models import PostHolding
from tisu.audit.models import Entry
from tisu.enterprises.models import Enterprise
from tisu.foundation import clock
from tisu.loop.actor import person
from tisu.loop.models import ConflictOfInterest, Matter
from tisu.loop.register import register_matter
from tisu.loop.views import acting

PAGE = "/security/conflicts"
FIRM, OTHER = FIRM_CODES


@pytest.fixture
def matter(county) -> Matter:
    """A task that concerns the first firm."""
    return register_matter(
        kind="task",
        title="示例企业用电",
        text="示例",
        region=COUNTY,
        actor=person(county.people["office"]),
        enterprise=county.firms[0],
    )


@pytest.fixture
def add(sign_in):
    def _add(user: str = "office", code: str = FIRM, **data):
        given = {"act": "add", "user": user, "credit_code": code, "since": "2023-05-22", "reason": "持有股份"}
        return sign_in("security").post(PAGE, given | data)

    return _add


@pytest.fixture
def end(sign_in):
    def _end(row: ConflictOfInterest, until: str = "2023-06-01"):
        return sign_in("security").post(PAGE, {"act": "end", "row": row.pk, "until": until})

    return _end


@pytest.fixture
def sees(county):
    def _sees(name: str, matter: Matter, day: date | None = None) -> bool:
        at = datetime.combine(day or clock.today(), datetime.min.time(), SHANGHAI)
        with clock.at(at):
            return Matter.objects.visible_to(afresh(county.people[name])).filter(pk=matter.pk).exists()

    return _sees


def refused(answer, words: str) -> bool:
    return answer.status_code == 422 and words in answer.content.decode()


def test_closes_the_firms_matters_to_one_person(add, matter, sees):
    assert add().status_code == 302
    assert (sees("office", matter), sees("office2", matter)) == (False, True)


def test_leaves_other_firms_matters_open(add, matter, sees):
    add(code=OTHER)
    assert sees("office", matter)


def test_lasts_from_a_day_up_to_a_day(add, matter, sees):
    add(since="2023-06-01", until="2023-07-01")
    days = [date(2023, 5, 31), date(2023, 6, 1), date(2023, 6, 30), date(2023, 7, 1)]
    assert [sees("office", matter, day) for day in days] == [True, False, False, True]


@pytest.mark.parametrize(
    "typed",
    [
        FIRM.lower(),
        FIRM.translate({code: code + 0xFEE0 for code in range(33, 127)}),
        f" {FIRM[:8]} {FIRM[8:]}",
    ],
)
def test_reads_a_credit_code_however_it_is_typed(add, typed):
    assert add(code=typed).status_code == 302
    assert ConflictOfInterest.objects.get().enterprise.credit_code == FIRM


def test_stands_in_the_ledger_with_its_reason(add, end):
    add()
    end(ConflictOfInterest.objects.get())
    assert [(entry.act, entry.about, entry.reason) for entry in Entry.objects.order_by("seq")] == [
        ("add-conflict", FIRM, "持有股份"),
        ("end-conflict", FIRM, ""),
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"user": "nobody-like-this"}, "没有这个用户名"),
        ({"user": "security"}, "另一位安全管理员"),
        ({"user": "outsider"}, "在本地区没有"),
        ({"code": "91422826XFTEXT0183"}, "末位校验码"),
        ({"code": ""}, "还差这一项"),
        ({"code": "91110000600037341L"}, "没有登记"),
        ({"until": "2023-05-22"}, "不能在此之前结束"),
        ({"until": "2023-05-01"}, "不能在此之前结束"),
        ({"since": "2023-02-30"}, "日"),
        ({"reason": ""}, "还差这一项"),
    ],
)
def test_says_what_is_wrong_and_records_nothing(add, data, words):
    assert refused(add(**data), words)
    assert not ConflictOfInterest.objects.exists() and not Entry.objects.exists()


def test_knows_no_firm_of_another_county(add, county):
    Enterprise.objects.filter(credit_code=FIRM).update(region=NEIGHBOUR)
    assert refused(add(), "没有登记")


@pytest.mark.parametrize(
    ("since", "until", "status"),
    [
        ("2023-05-22", "", 422),
        ("2023-04-01", "", 422),
        ("2023-04-01", "2023-05-01", 302),
        ("2023-07-01", "", 302),
    ],
)
def test_is_not_recorded_twice_for_the_same_days(add, since, until, status):
    add(since="2023-05-01", until="2023-07-01")
    assert add(since=since, until=until).status_code == status


def test_ends_on_a_day(add, end, matter, sees):
    add()
    assert end(ConflictOfInterest.objects.get()).status_code == 302
    assert not sees("office", matter) and sees("office", matter, date(2023, 6, 1))


@pytest.mark.parametrize(
    ("until", "words"), [("2023-05-21", "2023-05-22"), ("", "还差这一项"), ("2023-02-30", "日")]
)
def test_does_not_end_before_it_begins_or_on_no_day(add, end, until, words):
    add()
    assert refused(end(ConflictOfInterest.objects.get(), until), words)
    assert ConflictOfInterest.objects.get().until is None


def test_ends_once(add, end):
    add()
    row = ConflictOfInterest.objects.get()
    end(row)
    assert end(row, "2023-08-01").status_code == 422
    assert Entry.objects.filter(act="end-conflict").count() == 1


def test_leaves_someone_in_the_office_for_each_open_matter(add, matter, sees):
    assert add("office").status_code == add("office2").status_code == 302
    assert refused(add("office-lead"), "没有人能处理")
    assert sees("office-lead", matter)


def test_may_begin_for_the_last_one_when_nothing_is_open(add, county):
    PostHolding.objects.filter(user__in=[county.people["office"], county.people["office2"]]).delete()
    assert add("office-lead").status_code == 302


def test_binds_who_stands_in_for_the_person(add, matter, act, sees):
    act("office2", matter, "assign", lead_unit="zhujian", working_days=5)
    assert sees("secretary", matter)
    add("leader")
    assert not sees("leader", matter) and not sees("secretary", matter)


def test_lists_codes_and_persons_without_the_register(add, county, sign_in):
    add()
    page = sign_in("security").get(PAGE).content.decode()
    assert FIRM in page and "(office)" in page and county.firms[0].name not in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"office"}), ("?state=over", {"office2"}), ("?state=all", {"office", "office2"}),
        (f"?q={FIRM.lower()}", {"office"}), ("?q=office2&state=all", {"office2"}), ("?q=nothing", set()),
    ],
)  # fmt: skip
def test_is_looked_through_by_state_and_words(add, sign_in, query, shown):
    add("office2", since="2023-04-01", until="2023-05-01")
    add("office")
    page = sign_in("security").get(PAGE + query).content.decode()
    assert {name for name in ("office", "office2") if f"({name})" in page} == shown


def test_costs_the_same_however_many_there_are(add, sign_in, django_assert_num_queries):
    for name in ("office", "fagai", "zhujian", "gongdian"):
        add(name)
    client = sign_in("security")
    client.get(PAGE)
    with django_assert_num_queries(9):
        client.get(PAGE)


def test_keeps_out_of_an_act_whoever_was_let_in_a_moment_ago(task, county, sign_in, monkeypatch):
    """The page was asked for, then the interest was written down, then the act came to hold the matter."""
    task.enterprise = county.firms[0]
    task.save(update_fields=["enterprise"])
    browser, seen = sign_in("office"), acting.visible_matter

    def slowly(request, number: str) -> Matter:
        found = seen(request, number)
        ConflictOfInterest.objects.create(
            user=county.people["office"], enterprise=county.firms[0], since=LONG_AGO, reason="持有股份"
        )
        return found

    monkeypatch.setattr(acting, "visible_matter", slowly)
    answer = browser.post(f"/matters/{task.number}/assign", {"expected_version": 1, "lead_unit": "zhujian"})
    assert answer.status_code == 404
    assert Matter.objects.get(pk=task.pk).version == 1
