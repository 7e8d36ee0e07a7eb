"""A type is published once, for days to come, with rules that can be: or a sentence names what is wrong."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError

from cast import MONDAY, SHANGHAI
from tisu.audit.models import Entry
from tisu.foundation import clock
from tisu.loop.models import MatterType, Rules, publish_type

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
# A kind's rules that cannot be, by the field that is named.
WRONG = [
    ("solve_days", -3), ("solve_days", 0), ("solve_days", "15"), ("solve_days", 1.5), ("solve_days", True),
    ("solve_days", None), ("solve_days", 99_999), ("verify_days", 0), ("screen_days", -1), ("accept_days", -1),
    ("co_days", -1), ("report_days", -1), ("return_days", -1), ("returns", -1), ("returns", 1_000),
    ("warn_share", 9), ("warn_share", 1), ("warn_share", -0.1), ("warn_share", "0.2"), ("warn_share", float("nan")),
    ("escalate_after", [8, 3]), ("escalate_after", [3, 3]), ("escalate_after", [0, 3]), ("escalate_after", ["3"]),
    ("escalate_after", 3), ("escalate_after", "38"), ("extensions", "two"), ("extensions", -1),
    ("extension_days", -15), ("suspensions", "two"), ("suspension_days", -90), ("suspension_reasons", ["holiday"]),
    ("suspension_reasons", "court"), ("reopen_days", -1), ("retain_years", 0), ("needs_approval", "no"),
]  # fmt: skip


def publish(kind: str = "task", valid_from: date = TODAY, **rules) -> MatterType:
    return publish_type(kind=kind, valid_from=valid_from, basis="试行", **rules)


@pytest.mark.parametrize(("field", "value"), WRONG)
def test_refuses_rules_that_cannot_be_and_names_the_field(county, field, value):
    before = MatterType.objects.count()
    with pytest.raises(ValidationError) as refused:
        publish(**{field: value})
    assert set(refused.value.message_dict) == {field}
    assert refused.value.messages[0].endswith("。")
    assert MatterType.objects.count() == before


def test_names_every_field_that_is_wrong():
    with pytest.raises(ValidationError) as refused:
        Rules(solve_days=-3, warn_share=9, escalate_after=[8, 3], extensions="two")
    assert set(refused.value.message_dict) == {"solve_days", "warn_share", "escalate_after", "extensions"}


def test_takes_rules_at_the_edge_of_what_can_be(county):
    rules = publish(
        accept_days=0, solve_days=1, warn_share=0, escalate_after=[], suspension_reasons=[], returns=0
    ).rules
    assert (rules.solve_days, list(rules.escalate_after)) == (1, [])


@pytest.mark.parametrize("day", [date(2023, 5, 21), date(2022, 1, 1), date(2019, 1, 1)])
def test_refuses_a_version_over_days_that_another_has_governed(county, day):
    with pytest.raises(ValidationError) as refused:
        publish(valid_from=day, solve_days=10)
    assert set(refused.value.message_dict) == {"valid_from"}
    assert MatterType.objects.in_force("task", day if day.year > 2019 else TODAY).number == 1


def test_refuses_a_version_that_would_hold_beside_the_next_one(county):
    publish(valid_from=date(2023, 7, 1), solve_days=10)
    for day in (TODAY, date(2023, 6, 30), date(2023, 7, 1)):
        with pytest.raises(ValidationError) as refused:
            publish(valid_from=day, solve_days=20)
        assert "2" in refused.value.message_dict["valid_from"][0]
    assert MatterType.objects.filter(kind="task").count() == 2


@pytest.mark.parametrize("day", [None, "2023-06-01", datetime(2023, 6, 1, tzinfo=SHANGHAI)])
def test_refuses_what_is_no_day(county, day):
    with pytest.raises(ValidationError) as refused:
        publish(valid_from=day)
    assert set(refused.value.message_dict) == {"valid_from"}


def test_lets_the_first_version_of_a_kind_begin_in_the_past(db):
    assert publish("example", date(2020, 1, 1)).number == 1


def test_holds_from_its_day_on_and_leaves_the_days_before_to_the_one_before(county):
    publish(valid_from=date(2023, 6, 1), solve_days=10)
    numbers = [
        MatterType.objects.in_force("task", day).number for day in (date(2023, 5, 31), date(2023, 6, 1))
    ]
    assert numbers == [1, 2]


def test_stands_in_the_ledger_when_a_person_publishes_it(county):
    lead = county.people["office-lead"]
    publish(actor=lead, solve_days=10)
    entry = Entry.objects.get()
    assert (entry.act, entry.actor, entry.about, entry.at) == ("publish-type", lead, "task/2", clock.now())
    assert entry.details == {"valid_from": "2023-05-22", "rules": {"solve_days": 10}}


def test_stands_in_no_ledger_when_it_came_with_the_house(county):
    publish(solve_days=10)
    assert not Entry.objects.exists()
