"""Two accusations in one text: each becomes a report of its own, and one receipt follows them all."""

import pytest
from django.urls import reverse

from tisu.loop.faults import Conflict, NotAllowed
from tisu.loop.models import Matter, Rating
from tisu.voice.course import add_message, look_up, rate
from tisu.voice.identity import grant_identity, open_identity
from tisu.voice.models import Identity, Report

FIRST, SECOND = "许可证逾期三次", "停电未提前通知"


@pytest.fixture
def taken(take):
    return take(text=f"{FIRST}；{SECOND}", accused_unit="zhujian", anonymous=False, contact="示例人")


@pytest.fixture
def parts(taken, act):
    act("office", taken.report.matter, "split", texts=[FIRST, SECOND])
    return list(Report.objects.filter(origin=taken.report).order_by("pk"))


def test_opens_one_registered_report_for_each_text(taken, parts):
    assert [(part.text, part.matter.text, part.matter.stage) for part in parts] == [
        (FIRST, FIRST, "registered"),
        (SECOND, SECOND, "registered"),
    ]
    assert {part.matter.parent for part in parts} == {taken.report.matter}
    assert Matter.objects.get(pk=taken.report.matter_id).result == "split"


def test_copies_walls_requester_channel_and_name(take, act, county):
    root = take(anonymous=False, user=county.people["firm"], accused_unit="zhujian").report
    act("office", root.matter, "screen", kind="A", accused_unit="gongdian")
    act("office", root.matter, "split", texts=[FIRST, SECOND])
    for part in root.parts.all():
        assert part.matter.requester == county.people["firm"]
        assert (part.channel, part.anonymous) == (root.channel, root.anonymous)
        assert {wall.unit.code for wall in part.matter.walls.all()} == {"zhujian", "gongdian"}


def test_tells_the_stage_of_the_least_advanced_part(taken, parts, handle):
    assert look_up(code=taken.receipt_code).stage == "registered"
    handle(parts[0])
    assert look_up(code=taken.receipt_code).stage == "registered"
    handle(parts[1], until="in_progress")
    assert look_up(code=taken.receipt_code).stage == "in_progress"


def test_may_be_rated_as_soon_as_one_part_is_closed_and_rates_each_once(taken, parts, handle):
    assert not look_up(code=taken.receipt_code).may_rate
    handle(parts[0])
    assert look_up(code=taken.receipt_code).may_rate
    rate(code=taken.receipt_code, solved="yes", satisfaction=5)
    handle(parts[1])
    rate(code=taken.receipt_code, solved="no", satisfaction=2)
    rated = {(row.matter_id, row.solved) for row in Rating.objects.all()}
    assert rated == {(parts[0].matter_id, "yes"), (parts[1].matter_id, "no")}


def test_tells_what_came_of_each_part_in_one_dialogue(taken, parts, handle, act):
    handle(parts[0])
    act("office", parts[1].matter, "refuse_acceptance", reason="已起诉。")
    lines = [line["text"] for line in look_up(code=taken.receipt_code).messages]
    assert len(lines) == 2
    assert "许可证已于5月22日送达" in lines[0] and "已起诉" in lines[1]


def test_still_opens_the_identity_of_the_whole_from_a_part(taken, parts, county, agree):
    agree(parts[0])
    assert open_identity(user=county.people["office"], report=parts[0]) == "示例人"


class TestWhenOnePartAccusesWhoReadsTheOthers:
    """The whole holds the same words as the part, and the parts have one reporter."""

    @pytest.fixture
    def split(self, taken, parts, act):
        add_message(code=taken.receipt_code, text=f"补充：{SECOND}")
        act("office", parts[1].matter, "screen", kind="A", accused_unit="yingshangban")
        return parts

    def test_is_walled_in_the_whole_and_in_every_step_between(self, taken, parts, act, county):
        act("office", parts[1].matter, "split", texts=[SECOND, "停水"])
        inner = parts[1].split_into().order_by("pk").last()
        act("office", inner.matter, "screen", kind="A", accused_unit="gongdian")
        for matter in (inner.matter, parts[1].matter, taken.report.matter):
            assert "gongdian" in {wall.unit.code for wall in matter.walls.all()}
        assert "gongdian" not in {wall.unit.code for wall in parts[0].matter.walls.all()}

    def test_hides_the_whole_and_the_part_and_leaves_the_other(self, taken, split, county):
        seen = Report.objects.visible_to(county.people["office"])
        assert set(seen) == {split[0]}

    def test_shows_none_of_their_lines_beside_the_other_part(self, split, sign_in):
        page = reverse("loop:matter", args=[split[0].matter.number])
        assert SECOND not in sign_in("office").get(page, {"tab": "dialogue"}).content.decode()
        assert SECOND in sign_in("supervisor").get(page, {"tab": "dialogue"}).content.decode()

    def test_opens_the_reporter_to_supervision_and_not_to_the_accused(
        self, split, county, agree, second_supervisor
    ):
        with pytest.raises(NotAllowed):
            agree(split[0])
        with pytest.raises(NotAllowed):
            agree(split[0], "supervisor", "office2")
        grant_identity(user=second_supervisor, opening=split[0].openings.first())
        assert open_identity(user=county.people["supervisor"], report=split[0]) == "示例人"


class TestWhenOnePartIsADisciplineReport:
    @pytest.fixture
    def split(self, taken, parts, act):
        add_message(code=taken.receipt_code, text=f"补充：{SECOND}")
        act("office", parts[1].matter, "screen", kind="B")
        return parts

    def test_leaves_its_words_in_no_table_not_even_in_what_it_was_split_from(self, split, tables_with):
        assert tables_with(SECOND) == set()

    def test_keeps_the_other_part_with_its_reporter_in_reach(self, split, tables_with):
        assert tables_with(FIRST) != set()
        assert Identity.objects.count() == 1

    def test_follows_the_other_part_by_the_same_receipt(self, split, taken, handle, act):
        act("office", split[1].matter, "hand_over", to="jiwei", reason="已移交。")
        handle(split[0])
        assert rate(code=taken.receipt_code, solved="yes", satisfaction=4).stage == "closed"

    def test_forgets_the_reporter_once_every_part_is_one(self, split, act, taken):
        act("office", split[0].matter, "screen", kind="B")
        assert not Identity.objects.exists()
        with pytest.raises(Conflict):
            add_message(code=taken.receipt_code, text="补充")
