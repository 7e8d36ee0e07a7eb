"""What people and programs type wrongly: a sentence that says what is wrong and where, and nothing changes."""

import pytest

from tisu.loop.faults import NotVisible, Unacceptable
from tisu.loop.models import Matter
from tisu.loop.stages import Stage
from tisu.loop.walls import wall_off

ASSIGNING = [
    # data, the field that is named
    ({}, "lead_unit"),
    ({"lead_unit": ""}, "lead_unit"),
    ({"lead_unit": "nowhere"}, "lead_unit"),
    ({"lead_unit": {"code": "zhujian"}}, "lead_unit"),
    ({"lead_unit": "xitong"}, "lead_unit"),
    ({"lead_unit": "zhujian", "working_days": 0}, "working_days"),
    ({"lead_unit": "zhujian", "working_days": -3}, "working_days"),
    ({"lead_unit": "zhujian", "working_days": 99_999_999}, "working_days"),
    ({"lead_unit": "zhujian", "working_days": "９９９９９９９９"}, "working_days"),
    ({"lead_unit": "zhujian", "working_days": 1.5}, "working_days"),
    ({"lead_unit": "zhujian", "working_days": True}, "working_days"),
    ({"lead_unit": "zhujian", "working_days": "五天"}, "working_days"),
    ({"lead_unit": "zhujian", "calendar_days": 10_000}, "calendar_days"),
    ({"lead_unit": "zhujian", "due_on": "2023-05-21"}, "due_on"),
    ({"lead_unit": "zhujian", "due_on": "2023-02-30"}, "due_on"),
    ({"lead_unit": "zhujian", "due_on": "9999-12-31"}, "due_on"),
    ({"lead_unit": "zhujian", "due_on": 20230530}, "due_on"),
    ({"lead_unit": "zhujian", "working_days": 5, "due_on": "2023-05-30"}, "due_on"),
    ({"lead_unit": "zhujian", "co_units": ["zhujian"]}, "co_units"),
    ({"lead_unit": "zhujian", "co_units": "fagai"}, "co_units"),
    ({"lead_unit": "zhujian", "co_units": ["nowhere"]}, "co_units"),
    ({"lead_unit": "zhujian", "co_units": [["fagai"]]}, "co_units"),
    ({"lead_unit": "zhujian", "requirement": "字" * 1_000_000}, "requirement"),
    ({"lead_unit": "zhujian", "requirement": ["三日内"]}, "requirement"),
]


@pytest.mark.parametrize(("data", "field"), ASSIGNING)
def test_names_the_field_and_leaves_the_matter_as_it_was(act, task, data, field):
    with pytest.raises(Unacceptable) as refusal:
        act("office", task, "assign", **data)
    assert list(refusal.value.errors) == [field]
    assert all(str(sentence).strip() for sentence in refusal.value.errors[field])
    assert Matter.objects.get(pk=task.pk).stage == Stage.REGISTERED


@pytest.mark.parametrize(
    "limit",
    [
        {"working_days": "５"},
        {"working_days": " 5 "},
        {"due_on": "２０２３-０５-２９"},
        {"due_on": "2023年5月29日"},
    ],
)
def test_reads_full_width_digits_and_the_dates_that_people_write(act, task, limit):
    matter = act("office", task, "assign", lead_unit="zhujian", **limit)
    assert matter.due_at.date().isoformat() == "2023-05-29"


def test_takes_today_as_the_day_it_is_due(act, task):
    matter = act("office", task, "assign", lead_unit="zhujian", due_on="2023-05-22")
    assert matter.light == "yellow"


def test_refuses_the_accused_unit_as_lead_and_as_co_unit(act, task, county):
    wall_off(task, county.units["zhujian"], reason="accused")
    for data in ({"lead_unit": "zhujian"}, {"lead_unit": "fagai", "co_units": ["zhujian"]}):
        with pytest.raises(Unacceptable):
            act("office", task, "assign", **data)


def test_takes_out_marks_that_hide_or_turn_text_and_keeps_html_as_words(act, at_stage):
    matter = at_stage("in_progress")
    act("zhujian", matter, "report", text="已\u200b进场\u202e两台\u0000机械 <script>alert(1)</script>")
    said = matter.events.get(action="report").content.body["text"]
    assert said == "已进场两台机械 <script>alert(1)</script>"


def test_has_no_action_of_a_made_up_name(act, task):
    with pytest.raises(NotVisible):
        act("office", task, "close_quietly")


@pytest.mark.parametrize("documents", [["1"], "1", {"id": 1}])
def test_refuses_documents_rather_than_drop_them(act, at_stage, documents):
    matter = at_stage("in_progress")
    with pytest.raises(Unacceptable) as refusal:
        act("zhujian", matter, "report", text="见附件", documents=documents)
    assert "documents" in refusal.value.errors
