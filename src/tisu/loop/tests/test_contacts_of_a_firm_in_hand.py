"""Whom to speak to at a firm is seen by the units that handle a matter of it, for as long as they do."""

from datetime import date

import pytest

from tisu.audit.models import Entry
from tisu.enterprises.contacts import add_contact
from tisu.enterprises.models import Enterprise, FirmContact
from tisu.loop.models import Matter
from tisu.loop.services import open_by_hand

pytestmark = pytest.mark.django_db
PHONE = "13800000000"


@pytest.fixture
def firm(county) -> Enterprise:
    return county.firms[0]


@pytest.fixture
def contact(county, firm) -> FirmContact:
    return add_contact(
        actor=county.people["office"], firm=firm, name="示例甲某", post_title="办公室主任", phone=PHONE, email="",
        purposes=["visits"], given_on=date(2023, 5, 20), how="电话说明",
    )  # fmt: skip


@pytest.fixture
def handled(county, firm, act) -> Matter:
    """A matter of the firm that zhujian handles."""
    matter = open_by_hand(
        user=county.people["office"],
        kind="task",
        title="走访企业",
        text="了解用工情况。",
        enterprise=firm.credit_code,
    )
    return act("office", matter, "assign", lead_unit="zhujian", working_days=5)


def people(firm) -> str:
    return f"/enterprises/{firm.credit_code}/people"


@pytest.mark.parametrize(
    ("name", "status"), [("zhujian", 200), ("zhujian-head", 200), ("fagai", 403), ("leader", 403)]
)
def test_is_seen_by_who_handles_it(sign_in, firm, contact, handled, name, status):
    assert sign_in(name).get(people(firm)).status_code == status
    assert sign_in(name).get(f"{people(firm)}/{contact.pk}").status_code == status


def test_is_not_seen_once_the_matter_is_no_more(sign_in, firm, contact, handled, act):
    act("zhujian", handled, "return", reason="不属于本单位职责，请另行安排。")
    assert sign_in("zhujian").get(people(firm)).status_code == 403


def test_is_shown_in_full_once_it_stands_in_the_ledger(sign_in, firm, contact, handled):
    page = sign_in("zhujian")
    path = f"{people(firm)}/{contact.pk}"
    assert PHONE not in page.get(path).content.decode()
    assert PHONE in page.post(path, {"act": "show"}).content.decode()
    assert PHONE not in page.get(path).content.decode()
    entry = Entry.objects.get(act="show-contact")
    assert entry.signed == "住建局 经办" and PHONE not in entry.said


def test_is_changed_by_no_unit(sign_in, firm, contact, handled):
    page, path = sign_in("zhujian"), f"{people(firm)}/{contact.pk}"
    assert page.post(path, {"act": "withdraw", "purposes": ["visits"]}).status_code == 404
    assert page.post(people(firm), {"act": "add_contact"}).status_code == 404
