"""What a type asks for beyond the usual: a handler, evidence, contact, points to tick; and which results it knows."""

import pytest
from django.core.exceptions import ValidationError

from tisu.loop.faults import Unacceptable
from tisu.loop.models import Event

DONE = {"result": "resolved", "summary": "许可证已于5月22日发放。"}
SUBMITTED = ["现场照片已存档", "企业已书面确认"]


def refused_at(act, name: str, matter, action: str, **data) -> list[str]:
    with pytest.raises(Unacceptable) as refusal:
        act(name, matter, action, **data)
    return list(refusal.value.errors)


@pytest.mark.parametrize("asked", [True, False])
def test_asks_for_a_handler_and_a_requirement_where_the_type_says_so(opened, act, asked):
    matter = opened(asks=["handler", "requirement"] if asked else [])
    if asked:
        assert refused_at(act, "office", matter, "assign", lead_unit="zhujian") == ["requirement"]
    matter = act("office", matter, "assign", lead_unit="zhujian", requirement="列清单。" if asked else "")
    if asked:
        assert refused_at(act, "zhujian", matter, "accept") == ["handler"]
    assert act("zhujian", matter, "accept", handler="示例" if asked else "").stage == "in_progress"


def test_asks_for_evidence(opened, take, act):
    matter = take(opened(asks=["evidence"]), "in_progress")
    assert refused_at(act, "zhujian-head", matter, "submit", **DONE) == ["evidence"]
    act("zhujian-head", matter, "submit", **DONE, evidence="鄂施建许〔2023〕41号")
    assert Event.objects.filter(matter=matter).last().content.body["evidence"] == "鄂施建许〔2023〕41号"


@pytest.mark.parametrize("ticked", [[], SUBMITTED[:1], [*SUBMITTED[:1], "别的"], "现场照片已存档", None])
def test_asks_for_every_point_of_the_list(opened, take, act, ticked):
    matter = take(opened(checklist=SUBMITTED), "in_progress")
    assert refused_at(act, "zhujian-head", matter, "submit", **DONE, checklist=ticked) == ["checklist"]
    act("zhujian-head", matter, "submit", **DONE, checklist=SUBMITTED)
    assert Event.objects.filter(matter=matter).last().content.body["checklist"] == SUBMITTED


def test_asks_the_verifier_for_points_and_for_contact(opened, take, act):
    matter = take(opened(verify_checklist=["已看现场"], asks=["contact"]), "submitted")
    passed = {"opinion": "属实。", "method": "documents"}
    assert refused_at(act, "office", matter, "pass", **passed) == ["method", "checklist"]
    assert (
        act("office", matter, "pass", opinion="属实。", method="phone", checklist=["已看现场"]).stage
        == "closed"
    )


def test_knows_only_the_results_that_are_named(opened, take, act):
    matter = take(opened(results=["explained", "not_supported"]), "in_progress")
    assert refused_at(act, "zhujian-head", matter, "submit", **DONE) == ["result"]
    assert act("zhujian-head", matter, "submit", **(DONE | {"result": "explained"})).stage == "submitted"


def test_shows_the_points_to_tick_and_takes_them_from_a_page(opened, take, sign_in):
    matter = take(opened(checklist=SUBMITTED), "in_progress")
    browser = sign_in("zhujian-head")
    page = browser.get(f"/matters/{matter.number}").content.decode()
    assert all(point in page for point in SUBMITTED)
    sent = DONE | {"checklist": SUBMITTED, "expected_version": matter.version}
    assert browser.post(f"/matters/{matter.number}/submit", sent).status_code == 302


def test_asks_for_no_more_than_the_contract_where_it_says_nothing(opened, take, sign_in):
    matter = take(opened(), "in_progress")
    actions = sign_in("zhujian-head").get(f"/api/v1/matters/{matter.number}").json()["actions"]
    (submit,) = [action for action in actions if action["action"] == "submit"]
    assert [asked["name"] for asked in submit["data"] if asked["required"]] == ["result", "summary"]
    assert "checklist" not in [asked["name"] for asked in submit["data"]]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("asks", ["a photo"]),
        ("results", ["split"]),
        ("checklist", ["", "x"]),
        ("checklist", "x" * 9),
        ("checklist", ["x"] * 2),
    ],
)
def test_is_not_published_with_what_cannot_be_asked(opened, field, value):
    with pytest.raises(ValidationError) as refused:
        opened(**{field: value})
    assert set(refused.value.message_dict) == {field}
