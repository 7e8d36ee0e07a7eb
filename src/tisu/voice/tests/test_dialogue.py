"""Reporter and office speak with each other; units do not listen."""

import pytest
from django.test import Client
from django.urls import reverse

from tisu.loop.faults import Conflict, NotAllowed, NotVisible, Unacceptable
from tisu.voice.course import add_message, look_up
from tisu.voice.models import Message
from tisu.voice.services import answer_as_requester, reply


def texts(code: str) -> list[str]:
    return [line["text"] for line in look_up(code=code).messages]


def test_carries_a_line_each_way(take, county):
    taken = take()
    add_message(code=taken.receipt_code, text="已补交第四次。")
    reply(user=county.people["office"], report=taken.report, text="请说明窗口。")
    lines = look_up(code=taken.receipt_code).messages
    assert [line["text"] for line in lines] == ["已补交第四次。", "请说明窗口。"]
    assert [line["from_reporter"] for line in lines] == [True, False]
    assert lines[1]["by"] == "营商办 工作人员"


def test_signs_the_office_by_post_and_never_by_name(take, county):
    taken = take()
    reply(user=county.people["office"], report=taken.report, text="请说明窗口。")
    assert county.people["office"].name not in str(look_up(code=taken.receipt_code).messages)


def test_writes_a_line_sent_twice_only_once(take):
    taken = take()
    for _time in range(2):
        add_message(code=taken.receipt_code, text="已补交第四次。")
    assert texts(taken.receipt_code) == ["已补交第四次。"]


@pytest.mark.parametrize("text", ["", " \u200b ", "长" * 4_001])
def test_refuses_an_empty_or_endless_line(take, text):
    with pytest.raises(Unacceptable):
        add_message(code=take().receipt_code, text=text)


def test_lets_no_unit_reply(take, handle, county):
    report = take().report
    handle(report, until="in_progress")
    with pytest.raises(NotAllowed):
        reply(user=county.people["fagai"], report=report, text="已办。")


@pytest.mark.parametrize("name", ["gongdian", "outsider", "admin", "nobody", "firm2", "leader"])
def test_is_not_there_for_others(take, county, name):
    with pytest.raises(NotVisible):
        reply(user=county.people[name], report=take().report, text="在吗？")


def test_tells_the_reporter_why_it_was_not_accepted(take, act):
    taken = take()
    act("office", taken.report.matter, "refuse_acceptance", reason="已在法院起诉，请等候判决。")
    assert "已在法院起诉" in texts(taken.receipt_code)[0]


def test_tells_the_reporter_where_it_was_handed_over(take, act):
    taken = take()
    act("office", taken.report.matter, "hand_over", to="县信访局", reason="属信访事项。")
    assert "县信访局" in texts(taken.receipt_code)[0] and "属信访事项" in texts(taken.receipt_code)[0]


def test_tells_the_reporter_what_came_of_it(take, handle):
    taken = take()
    handle(taken.report)
    told = look_up(code=taken.receipt_code)
    assert told.stage == "closed"
    assert "许可证已于5月22日送达" in told.messages[-1]["text"]


def test_takes_no_line_on_what_went_to_the_commission(take, act):
    taken = take()
    act("office", taken.report.matter, "screen", kind="B")
    with pytest.raises(Conflict):
        add_message(code=taken.receipt_code, text="补充线索")
    assert not Message.objects.exists()


def test_lets_a_signed_in_firm_answer_without_its_receipt(take, county):
    taken = take(anonymous=False, user=county.people["firm"])
    answer_as_requester(user=county.people["firm"], report=taken.report, text="窗口二号。")
    assert texts(taken.receipt_code) == ["窗口二号。"]


class TestOnThePages:
    def test_shows_a_line_to_both_sides(self, take, sign_in):
        taken = take()
        receipt = {"receipt": taken.receipt_code}
        sent = Client().post(reverse("voice:message"), receipt | {"text": "已补交第四次。"})
        assert "已补交第四次" in sent.content.decode()
        page = reverse("loop:matter", args=[taken.report.matter.number])
        assert "已补交第四次" in sign_in("office").get(page, {"tab": "dialogue"}).content.decode()
        reply_at = reverse("voice:say", args=[taken.report.matter.number])
        assert sign_in("office").post(reply_at, {"text": "请说明窗口。"}).status_code == 302
        assert "请说明窗口" in Client().post(reverse("voice:track"), receipt).content.decode()

    def test_shows_units_neither_original_nor_dialogue(self, take, handle, act, sign_in):
        taken = take(text="原话甲乙丙", title="")
        add_message(code=taken.receipt_code, text="只给办公室的话")
        act("office", taken.report.matter, "screen", kind="A", facts="许可逾期，请核查。")
        handle(taken.report, until="in_progress")
        page = reverse("loop:matter", args=[taken.report.matter.number])
        for query in ({}, {"tab": "dialogue"}):
            seen = sign_in("fagai").get(page, query).content.decode()
            assert "许可逾期" in seen
            assert "原话甲乙丙" not in seen and "只给办公室的话" not in seen
        assert "原话甲乙丙" in sign_in("office").get(page).content.decode()

    def test_refuses_a_unit_that_posts_a_line_anyway(self, take, handle, sign_in):
        report = take().report
        handle(report, until="in_progress")
        say = reverse("voice:say", args=[report.matter.number])
        assert sign_in("fagai").post(say, {"text": "已办。"}).status_code == 403
        assert sign_in("gongdian").post(say, {"text": "已办。"}).status_code == 404
