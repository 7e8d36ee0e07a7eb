"""A mandate makes a person the firm's voice: given and ended by the office, to nobody who administers, nor to oneself."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cast import afresh
from tisu.accounts.standing import standing_of
from tisu.enterprises.mandates import give_mandate
from tisu.enterprises.models import Enterprise, Mandate

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(enter) -> Enterprise:
    return enter("示例丙厂", place=3)


def people(firm) -> str:
    return f"/enterprises/{firm.credit_code}/people"


def test_is_given_by_user_name(county, sign_in, firm):
    said = {"act": "give_mandate", "user": "nobody", "since": "2023-05-22"}
    assert sign_in("office").post(people(firm), said).status_code == 302
    assert standing_of(afresh(county.people["nobody"])).enterprises == {firm.pk}
    assert sign_in("nobody").get(f"/enterprises/{firm.credit_code}").status_code == 200


@pytest.mark.parametrize(
    ("user", "sentence"),
    [("nowhere", "没有"), ("office", "不能为自己"), ("admin", "系统管理人员"), ("auditor", "系统管理人员")],
)
def test_is_not_given_to(sign_in, firm, user, sentence):
    answer = sign_in("office").post(
        people(firm), {"act": "give_mandate", "user": user, "since": "2023-05-22"}
    )
    assert answer.status_code == 422 and sentence in answer.content.decode()


def test_is_given_once(county, firm):
    said = {"actor": county.people["office"], "firm": firm, "user": county.people["nobody"]}
    give_mandate(**said, since=date(2023, 1, 1))
    with pytest.raises(ValidationError, match="已经是"):
        give_mandate(**said, since=date(2023, 5, 22))


def test_ends_on_a_day(county, sign_in):
    firm = county.firms[0]
    mandate = Mandate.objects.get(user=county.people["firm"])
    said = {"act": "end_mandate", "row": mandate.pk, "until": "2023-05-22"}
    assert sign_in("office").post(people(firm), said).status_code == 302
    assert standing_of(afresh(county.people["firm"])).enterprises == frozenset()
    assert sign_in("firm").get(people(firm)).status_code == 404


def test_ends_no_mandate_of_another_firm(county, sign_in, firm):
    mandate = Mandate.objects.get(user=county.people["firm"])
    give_mandate(
        actor=county.people["office"], firm=firm, user=county.people["nobody"], since=date(2023, 1, 1)
    )
    said = {"act": "end_mandate", "row": mandate.pk, "until": "2023-05-22"}
    assert sign_in("office").post(people(firm), said).status_code == 422


@pytest.mark.parametrize(
    ("name", "status"), [("office", 200), ("firm", 200), ("firm2", 404), ("zhujian", 403)]
)
def test_is_seen_by_the_office_and_the_firm(county, sign_in, name, status):
    assert sign_in(name).get(people(county.firms[0])).status_code == status
