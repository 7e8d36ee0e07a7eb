"""A result that is only partly resolved (部分解决): what is left goes on in a matter of its own."""

import pytest

from tisu.loop.models import Event, Matter
from tisu.loop.walls import recuse

PARTLY = {"result": "partly_resolved", "summary": "三号地块已清理，四号地块待拆迁。"}


@pytest.fixture
def pass_partly(act):
    """Submit and pass a matter as partly resolved; gives the matter that carries the rest."""

    def _pass(matter: Matter, rest: str = "") -> Matter:
        act("zhujian-head", matter, "submit", **PARTLY)
        act("supervisor", matter, "pass", opinion="四号地块另行督办。", method="visit", rest=rest)
        return Matter.objects.get(parent=matter)

    return _pass


def test_opens_a_registered_matter_for_the_rest(at_stage, pass_partly, told):
    first = at_stage("in_progress")
    rest = pass_partly(first, "完成四号地块场地清理。")
    assert (rest.stage, rest.parent, rest.text) == ("registered", first, "完成四号地块场地清理。")
    assert rest.title == "其余部分：清理场地"
    assert (rest.opened_by_unit, rest.region, rest.cycle) == (first.opened_by_unit, first.region, 1)
    assert [event.action for event in Event.objects.filter(matter=rest)] == ["register"]


def test_keeps_the_whole_text_where_the_rest_is_not_described(at_stage, pass_partly):
    first = at_stage("in_progress")
    assert pass_partly(first).text == first.text


def test_closes_the_first_one_with_its_verdict(at_stage, pass_partly):
    first = pass_partly(at_stage("in_progress")).parent
    assert (first.stage, first.result, first.verdict) == ("closed", "partly_resolved", "on_time")


def test_stands_behind_the_same_walls(at_stage, pass_partly, county):
    first = at_stage("in_progress")
    recuse(first, county.people["office2"], reason="回避")
    rest = pass_partly(first)
    assert not Matter.objects.visible_to(county.people["office2"]).filter(pk=rest.pk).exists()


def test_is_followed_by_the_firm_that_asked(at_stage, pass_partly, county):
    first = at_stage("in_progress")
    first.requester = county.people["firm"]
    first.save(update_fields=["requester"])
    rest = pass_partly(first)
    assert Matter.objects.visible_to(county.people["firm"]).filter(pk=rest.pk).exists()


def test_of_a_report_is_followed_by_the_same_receipt(take, pass_partly, county, reported):
    report = reported("道路塌陷，用电未批。")
    rest = pass_partly(take(report.matter, "in_progress"), "用电未批。")
    assert (rest.report.root, rest.report.anonymous, rest.clocks.get().kind) == (report, True, "screen")


def test_of_a_result_sent_back_opens_nothing(at_stage, act):
    matter = act("zhujian-head", at_stage("in_progress"), "submit", **PARTLY)
    act("supervisor", matter, "fail", reason="请把四号地块一并办完。")
    assert not Matter.objects.filter(parent=matter).exists()


@pytest.mark.parametrize("result", ["resolved", "explained", "not_supported", "unfounded", "withdrawn"])
def test_comes_of_no_other_result(at_stage, act, result):
    matter = act("zhujian-head", at_stage("in_progress"), "submit", **(PARTLY | {"result": result}))
    matter = act("supervisor", matter, "pass", opinion="已看。", method="visit", rest="示例")
    assert (matter.result, Matter.objects.filter(parent=matter).exists()) == (result, False)
