"""Units, co-units and leaders read the timeline of a report and learn nothing of who reported, or how."""

import pytest

from tisu.loop.faults import Unacceptable
from tisu.loop.models import Matter
from tisu.voice.services import take_report

READERS = ("zhujian", "zhujian-head", "fagai", "leader", "secretary")


@pytest.fixture
def rated(county, act) -> Matter:
    """A firm's own report, named and signed in, all the way round and rated by the firm."""
    firm = county.people["firm"]
    taken = take_report(text="用电报装迟迟没有答复。", anonymous=False, user=firm)
    matter = act("office", taken.report.matter, "assign", lead_unit="zhujian", co_units=["fagai"])
    act("zhujian", matter, "accept")
    act("zhujian", matter, "co_waive", unit="fagai", reason="本局一家即可办完。")
    act("zhujian-head", matter, "submit", result="resolved", summary="5月22日已完成报装并送电。")
    act("supervisor", matter, "pass", opinion="已核实。", method="phone")
    return act("firm", matter, "rate", solved="yes", satisfaction=5, text="我们是示例甲公司，谢谢。")


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("path", ["/matters/{}", "/api/v1/matters/{}"])
def test_is_not_named_to_whoever_handles_it(sign_in, rated, county, reader, path):
    answer = sign_in(reader).get(path.format(rated.number))
    assert answer.status_code == 200
    for betraying in (county.firms[0].name, county.firms[0].credit_code, "示例甲公司", "示例·firm"):
        assert betraying not in answer.content.decode()


def test_is_not_told_apart_by_how_the_report_came_in(sign_in, county, act):
    online = take_report(text="用电报装没有答复。", anonymous=True).report.matter
    by_phone = take_report(
        text="用电报装没有答复。", anonymous=True, taken_by=county.people["office"]
    ).report.matter
    seen = set()
    for matter in (online, by_phone):
        act("office", matter, "assign", lead_unit="zhujian")
        first = sign_in("zhujian").get(f"/api/v1/matters/{matter.number}").json()["events"][0]
        seen.add((first["by"], first["label"], str(first["data"])))
    assert len(seen) == 1


def test_says_to_units_that_it_was_rated_and_how(sign_in, rated):
    events = sign_in("zhujian").get(f"/api/v1/matters/{rated.number}").json()["events"]
    assert events[-1]["data"] == {"solved": "yes", "satisfaction": 5}


@pytest.mark.parametrize(("first", "screener", "second"), [
    ("duchashi", "office", "yingshangban"),
    ("yingshangban", "supervisor", "duchashi"),
])  # fmt: skip
def test_is_never_walled_off_from_everyone_who_could_act(county, act, first, screener, second):
    matter = take_report(text="反映办理拖延。", anonymous=True, accused_unit=first).report.matter
    with pytest.raises(Unacceptable) as refusal:
        act(screener, matter, "screen", kind="A", accused_unit=second)
    assert "accused_unit" in refusal.value.errors
    assert Matter.objects.visible_to(county.people[screener]).filter(pk=matter.pk).exists()


def test_is_not_handed_over_to_the_accused_by_its_plain_name(county, act):
    matter = take_report(text="反映办理拖延。", anonymous=True, accused_unit="fagai").report.matter
    with pytest.raises(Unacceptable):
        act("office", matter, "hand_over", to="发改局", reason="属其职责")


@pytest.mark.parametrize(("accused", "dispatcher", "issuer"), [
    (None, "office", "咸丰县优化营商环境工作领导小组办公室"),
    ("yingshangban", "supervisor", "咸丰县人民政府督查室"),
])  # fmt: skip
@pytest.mark.parametrize("taken_by", [None, "supervisor"])
def test_is_assigned_on_paper_by_whoever_dispatches_it_not_by_who_took_it_in(
    sign_in, county, act, accused, dispatcher, issuer, taken_by
):
    officer = county.people[taken_by] if taken_by else None
    matter = take_report(
        text="办理拖延。", anonymous=True, accused_unit=accused, taken_by=officer
    ).report.matter
    act(dispatcher, matter, "assign", lead_unit="zhujian")
    paper = sign_in("zhujian").get(f"/matters/{matter.number}/print?as=assignment").content.decode()
    assert issuer in paper
