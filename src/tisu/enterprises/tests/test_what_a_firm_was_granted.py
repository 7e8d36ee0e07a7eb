"""What a firm was granted: with term, value and source, and since August 2024 never past the review it needs."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cast import MONDAY
from tisu.audit.models import Entry
from tisu.enterprises.benefits import grant_benefit
from tisu.enterprises.merging import merge_firms
from tisu.enterprises.models import Benefit, BenefitKind, Enterprise
from tisu.foundation import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(county) -> Enterprise:
    return county.firms[0]


def at(firm) -> str:
    return f"/enterprises/{firm.credit_code}/figures"


def typed(**changed) -> dict:
    return {
        "act": "grant", "kind": "rent", "title": "3年厂房免租", "unit": "", "first": "2022-03-01", "last": "2025-02-28",
        "value": "36万元", "basis": "", "review": "", "source": "租赁合同（示例）",
    } | changed  # fmt: skip


def test_it_stands_with_term_value_and_source(sign_in, firm):
    assert sign_in("office").post(at(firm), typed()).status_code == 302
    for name in ("office", "zhujian", "firm"):
        page = sign_in(name).get(at(firm)).content.decode()
        assert (
            "3年厂房免租" in page
            and "2022-03-01 – 2025-02-28" in page
            and "36万元" in page
            and "享受中" in page
        )


def test_sent_twice_it_is_one(sign_in, firm):
    office = sign_in("office")
    assert [office.post(at(firm), typed()).status_code for _ in range(2)] == [302, 302]
    assert Benefit.objects.count() == 1


@pytest.mark.parametrize("name", ["firm", "zhujian", "leader", "supervisor"])
def test_the_office_alone_enters_it(sign_in, firm, name):
    assert sign_in(name).post(at(firm), typed()).status_code in (403, 404)
    assert not Benefit.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"last": "2022-02-28"}, "早于"), ({"value": "36"}, "单位"), ({"source": ""}, "field-error"),
        ({"kind": "gift"}, "选项"), ({"title": "长" * 121}, "字"), ({"first": "明天"}, "日期"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(sign_in, firm, changed, said):
    page = sign_in("office").post(at(firm), typed(**changed))
    assert page.status_code == 422
    assert said in page.content.decode()


def give(county, firm, kind: str, first: date, **said) -> Benefit:
    return grant_benefit(
        actor=county.people["office"],
        firm=firm,
        kind=kind,
        title="示例政策",
        first=first,
        source="示例",
        **said,
    )


@pytest.mark.parametrize("kind", ["rent", "tax", "subsidy", "factor"])
def test_since_the_gate_a_selective_one_names_its_review(county, firm, kind):
    with pytest.raises(ValidationError) as refused:
        give(county, firm, kind, date(2024, 8, 1))
    assert "公平竞争审查" in refused.value.message_dict["review"][0]
    assert give(county, firm, kind, date(2024, 8, 1), review="公竞审〔2024〕3号").pk
    assert give(county, firm, kind, date(2024, 7, 31)).pk


@pytest.mark.parametrize("kind", ["guidance", "event", "listed"])
def test_what_is_open_to_all_needs_none(county, firm, kind):
    assert give(county, firm, kind, date(2025, 1, 1)).pk


def test_the_database_itself_keeps_the_gate(county, firm):
    benefit = give(county, firm, BenefitKind.RENT, date(2022, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Benefit.objects.filter(pk=benefit.pk).update(first=date(2024, 8, 1))


def test_its_end_is_set_with_a_reason(sign_in, county, firm):
    benefit = give(county, firm, BenefitKind.RENT, date(2022, 1, 1))
    said = {"act": "end", "benefit": benefit.pk, "last": "2022-12-31", "reason": "合同到期。"}
    assert sign_in("office").post(at(firm), said).status_code == 302
    assert Benefit.objects.get().last == date(2022, 12, 31)
    assert Entry.objects.get(act="end-benefit").reason == "合同到期。"


def test_what_was_entered_by_mistake_is_taken_out(sign_in, county, firm):
    benefit = give(county, firm, BenefitKind.RENT, date(2022, 1, 1))
    office = sign_in("office")
    assert (
        office.post(at(firm), {"act": "take_out", "benefit": benefit.pk, "reason": "录错企业。"}).status_code
        == 302
    )
    assert "示例政策" not in office.get(at(firm)).content.decode()
    again = office.post(at(firm), {"act": "take_out", "benefit": benefit.pk, "reason": "录错企业。"})
    assert again.status_code in (404, 422)


def test_another_firms_cannot_be_ended_here(sign_in, county, firm):
    other = give(county, county.firms[1], BenefitKind.RENT, date(2022, 1, 1))
    give(county, firm, BenefitKind.RENT, date(2022, 1, 1))
    said = {"act": "end", "benefit": other.pk, "last": "2022-12-31", "reason": "合同到期。"}
    assert sign_in("office").post(at(firm), said).status_code == 422


def test_it_goes_along_when_the_firm_is_merged(sign_in, county, firm):
    give(county, county.firms[1], BenefitKind.RENT, date(2022, 1, 1))
    merge_firms(actor=county.people["office"], gone=county.firms[1], kept=firm, reason="同一家。")
    assert "示例政策" in sign_in("firm").get(at(firm)).content.decode()


def test_it_has_ended_when_its_last_day_is_over(county, firm):
    benefit = give(county, firm, BenefitKind.RENT, date(2022, 1, 1), last=MONDAY.date())
    assert benefit.runs
    with clock.at(clock.moment(date(2023, 5, 23), time(9))):
        assert not benefit.runs
