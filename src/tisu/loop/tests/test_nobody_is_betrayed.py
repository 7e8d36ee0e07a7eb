"""What an attentive reader could infer: who reported, how it came in, what is walled off between two items."""

import pytest

from cast import COUNTY
from tisu.loop.actor import person
from tisu.loop.faults import Unacceptable
from tisu.loop.models import Matter
from tisu.loop.register import register_matter
from tisu.loop.walls import wall_off

ITEMS = "/api/v1/matters"


@pytest.fixture
def tasks(county):
    actor = person(county.people["office"])
    return [
        register_matter(kind="task", title=f"示例{place}", text="示例", region=COUNTY, actor=actor)
        for place in range(5)
    ]


def follow(client, path: str) -> list[str]:
    cursors = []
    while path:
        page = client.get(path).json()
        path = page["next"]
        cursors += [path.partition("after=")[2]] if path else []
    return cursors


def test_gives_cursors_that_tell_no_keys(sign_in, county, tasks):
    wall_off(tasks[2], county.units["yingshangban"], reason="accused")
    cursors = follow(sign_in("office"), f"{ITEMS}?limit=1")
    assert len(cursors) == 3
    assert len(set(cursors)) == 3
    assert not any(str(task.pk) == cursor for task in tasks for cursor in cursors)


def test_shows_every_item_once_across_pages(sign_in, tasks):
    client, path, seen = sign_in("office"), f"{ITEMS}?limit=2", []
    while path:
        page = client.get(path).json()
        seen += [item["number"] for item in page["items"]]
        path = page["next"]
    assert seen == [task.number for task in reversed(tasks)]


@pytest.mark.parametrize("cursor", ["1", "99999999", "=", "字", "%00", "A" * 4000])
def test_begins_at_the_start_when_a_cursor_is_made_up(sign_in, tasks, cursor):
    page = sign_in("office").get(ITEMS, {"after": cursor}).json()
    assert len(page["items"]) == len(tasks)


def test_keeps_office_or_supervision_able_to_act(act, task, county):
    wall_off(task, county.units["duchashi"], reason="accused")
    with pytest.raises(Unacceptable) as refusal:
        act("office", task, "assign", lead_unit="yingshangban")
    assert "lead_unit" in refusal.value.errors
    assert Matter.objects.get(pk=task.pk).stage == "registered"


@pytest.mark.parametrize(
    "data", [{"lead_unit": "duchashi"}, {"lead_unit": "jiwei"}, {"lead_unit": "xianzhengfu"}]
)
def test_gives_work_only_to_units_that_handle(act, task, data):
    with pytest.raises(Unacceptable):
        act("office", task, "assign", **data)


def test_refuses_thousands_of_units_before_looking_them_up(act, task, django_assert_max_num_queries):
    with pytest.raises(Unacceptable) as refusal, django_assert_max_num_queries(25):
        act("office", task, "assign", lead_unit="zhujian", co_units=["fagai"] * 100_000)
    assert "co_units" in refusal.value.errors


@pytest.mark.parametrize("version", [None, "1", "abc", 1.0, True, [1]])
@pytest.mark.parametrize(("name", "status"), [("gongdian", 404), ("supervisor", 403), ("office", 422)])
def test_checks_sight_and_right_before_the_form_of_a_request(sign_in, task, name, status, version):
    answer = sign_in(name).post(
        f"{ITEMS}/{task.number}/actions/assign",
        {"data": {"lead_unit": "zhujian"}, "expected_version": version},
        content_type="application/json",
    )
    assert answer.status_code == status


@pytest.mark.parametrize("typed", ["lower", "bare", "wide"])
def test_finds_a_number_however_it_is_typed(sign_in, task, typed):
    number = {
        "lower": task.number.lower(),
        "bare": task.number.replace("-", ""),
        "wide": task.number.translate({code: code + 0xFEE0 for code in range(33, 127)}),
    }[typed]
    assert sign_in("office").get(f"/matters/{number}").status_code == 200
    assert sign_in("office").get(f"{ITEMS}/{number}").status_code == 200
