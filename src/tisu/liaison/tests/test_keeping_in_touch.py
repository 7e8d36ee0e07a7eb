"""From a pairing to a contact that the firm confirms: the main line."""

from datetime import date

import pytest

from tisu.audit.models import Entry
from tisu.enterprises.models import Visit
from tisu.liaison import answering
from tisu.liaison.compliance import compliance_of
from tisu.liaison.models import Contact, Pairing
from tisu.liaison.obligations import Outcome
from tisu.liaison.periods import Month
from tisu.promises.rates import Quarter

pytestmark = pytest.mark.django_db
MAY, APRIL = Month(2023, 5), Month(2023, 4)


def outcome(period) -> str | None:
    found = compliance_of(Pairing.objects.all(), period.first, period.last)
    return found.lines[0].outcome(period, found.today) if found.lines else None


def test_meets_the_month_that_it_lies_in(paired, in_touch):
    pairing = paired()
    assert [outcome(APRIL), outcome(MAY)] == [Outcome.MISSED, Outcome.OPEN]
    in_touch(pairing, "2023-04-30")
    in_touch(pairing, "2023-05-01")
    assert [outcome(APRIL), outcome(MAY)] == [Outcome.MET, Outcome.MET]


def test_meets_the_quarter_and_the_month_by_on_site_work(paired, in_touch):
    pairing = paired()
    assert outcome(Quarter(2023, 1)) == Outcome.MISSED
    in_touch(pairing, "2023-03-31", "on_site")
    assert outcome(Quarter(2023, 1)) == Outcome.MET and outcome(Month(2023, 3)) == Outcome.MET
    assert outcome(Quarter(2023, 2)) == Outcome.OPEN


def test_is_not_met_by_a_contact_that_the_firm_denies(county, paired, in_touch):
    contact = in_touch(paired(), "2023-05-08")
    answering.answer(actor=county.people["firm"], contact=contact, said="no")
    assert outcome(MAY) == Outcome.OPEN
    answering.answer(actor=county.people["firm"], contact=contact, said="yes")
    assert outcome(MAY) == Outcome.MET


@pytest.mark.parametrize("said", ["", "rather_not"])
def test_counts_while_the_firm_says_nothing_against_it(county, paired, in_touch, said):
    contact = in_touch(paired(), "2023-05-08")
    if said:
        answering.answer(actor=county.people["firm"], contact=contact, said=said)
    assert outcome(MAY) == Outcome.MET and Contact.objects.get().answer == said


def test_stands_in_the_calendar_of_the_firm(county, paired, in_touch):
    in_touch(paired(), "2023-05-08", "on_site")
    visit = Visit.objects.get()
    assert (visit.enterprise, visit.first, visit.kind, visit.state) == (
        county.firms[0], date(2023, 5, 8), "on_site", "done",
    )  # fmt: skip


def test_is_written_in_the_ledger(county, paired, in_touch):
    contact = in_touch(paired(), "2023-05-08")
    answering.answer(actor=county.people["firm"], contact=contact, said="yes")
    acts = list(Entry.objects.order_by("pk").values_list("act", flat=True))
    assert acts == ["pair-leader", "enter-contact", "answer-contact"]
    assert "(" not in Entry.objects.get(act="answer-contact").signed
