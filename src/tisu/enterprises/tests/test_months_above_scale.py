"""Above designated size is what the months say, with gaps; no month stands twice."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tisu.enterprises.models import Enterprise, ScaleMonths
from tisu.enterprises.scale import add_months, end_months

pytestmark = pytest.mark.django_db


def month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


@pytest.fixture
def add(county):
    """`add(firm, "2021-01", "2021-12")`: months above scale as the office enters them."""

    def _add(firm, first: str, last: str | None = None) -> ScaleMonths:
        return add_months(
            actor=county.people["office"], firm=firm, category="industry", first=month(first),
            last=last and month(last), source="示例名单",
        )  # fmt: skip

    return _add


@pytest.fixture
def firm(enter) -> Enterprise:
    return enter("示例丙厂", place=3)


def above(firm, text: str) -> bool:
    return Enterprise.objects.above_scale_in(month(text)).filter(pk=firm.pk).exists()


def test_holds_from_month_to_month_with_gaps(firm, add):
    add(firm, "2021-01", "2021-12")
    add(firm, "2022-07")
    said = {
        text: above(firm, text) for text in ("2020-12", "2021-01", "2021-12", "2022-01", "2022-07", "2023-05")
    }
    assert list(said.values()) == [False, True, True, False, True, True]


def test_is_carried_along_for_this_month(firm, add):
    add(firm, "2021-01", "2023-04")
    assert not Enterprise.objects.with_scale().get(pk=firm.pk).is_above_scale
    assert Enterprise.objects.with_scale(month("2023-04")).get(pk=firm.pk).is_above_scale


@pytest.mark.parametrize(
    ("first", "last"),
    [("2021-12", "2022-03"), ("2020-05", "2021-01"), ("2020-01", None), ("2021-03", "2021-04")],
)
def test_takes_no_month_twice(firm, add, first, last):
    add(firm, "2021-01", "2021-12")
    with pytest.raises(ValidationError, match="自2021-01起"):
        add(firm, first, last)


def test_ends_no_earlier_than_it_begins(county, firm, add):
    with pytest.raises(ValidationError, match="早于"):
        add(firm, "2021-05", "2021-04")
    running = add(firm, "2021-05")
    with pytest.raises(ValidationError, match="早于"):
        end_months(actor=county.people["office"], months=running, last=month("2021-04"))


def test_is_ended_once(county, firm, add):
    running = add(firm, "2021-05")
    end_months(actor=county.people["office"], months=running, last=date(2023, 3, 20))
    assert above(firm, "2023-03") and not above(firm, "2023-04")
    with pytest.raises(ValidationError, match="已经登记过"):
        end_months(actor=county.people["office"], months=running, last=month("2023-04"))


def test_is_entered_and_shown_on_the_page(sign_in, firm):
    page, path = sign_in("office"), f"/enterprises/{firm.credit_code}"
    said = {
        "act": "add_months",
        "category": "industry",
        "first": "2022年1月",
        "last": "",
        "source": "经信局名单",
        "note": "",
    }
    assert page.post(path, said).status_code == 422
    assert page.post(path, said | {"first": "２０２２－０１"}).status_code == 302
    shown = page.get(path).content.decode()
    assert "规模以上工业" in shown and "2022-01" in shown and shown.count("is-above") >= 17
    assert page.post(path, {"act": "end_months", "months": ScaleMonths.objects.get().pk, "last": "2023-04"})
    assert "2023-04" in page.get(path).content.decode()


def test_says_the_threshold_beside_the_choice(sign_in, firm):
    assert "2000万元" in sign_in("office").get(f"/enterprises/{firm.credit_code}").content.decode()


def test_is_not_for_others(sign_in, firm):
    said = {"act": "add_months", "category": "industry", "first": "2022-01", "source": "x"}
    assert sign_in("zhujian").post(f"/enterprises/{firm.credit_code}", said).status_code == 404
    assert not ScaleMonths.objects.exists()


def test_narrows_the_list_to_a_month(sign_in, firm, add):
    add(firm, "2021-01", "2021-12")
    page = sign_in("zhujian")
    assert firm.credit_code in page.get("/enterprises", {"month": "2021-06"}).content.decode()
    assert firm.credit_code not in page.get("/enterprises", {"month": "2022-06"}).content.decode()


def test_tells_programs(sign_in, firm, add):
    path = f"/api/v1/enterprises/{firm.credit_code}"
    assert sign_in("office").get(path).json()["above_scale"] is False
    add(firm, "2021-01")
    assert sign_in("office").get(path).json()["above_scale"] is True
