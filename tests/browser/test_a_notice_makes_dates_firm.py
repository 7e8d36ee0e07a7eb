"""At the end of 2026 a limit runs into a year whose days off nobody knows; then the notice is loaded, in a browser."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cast import COUNTY, SHANGHAI
from tisu.foundation import clock
from tisu.foundation.worker import Worker
from tisu.inbox.channels import channel_of
from tisu.inbox.destinations import add_own
from tisu.inbox.models import Destination, Digest, Message
from tisu.loop.actor import person
from tisu.loop.models import Event
from tisu.loop.register import register_matter

DAY = datetime(2026, 12, 28, 9, 0, tzinfo=SHANGHAI)
NOTICE = """国务院办公厅关于2027年部分节假日安排的通知(示例)
国办发明电〔2026〕9号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2027年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周五）至4日（周一）放假调休，共4天。1月9日（周六）上班。
二、春节：2月5日（周五）至12日（周五）放假调休，共8天。2月13日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假。
六、中秋节：9月15日（周三）放假。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。10月9日（周六）上班。
国务院办公厅
2026年11月30日
"""


@pytest.fixture(autouse=True)
def domain_day(settings) -> None:
    """The server lives on that Monday too."""
    settings.CLOCK_OFFSET = DAY - timezone.now()


@pytest.fixture
def given(county, act):
    """Two tasks at 住建局, each with five working days that run into 2027."""
    matters = [
        register_matter(
            kind="task", title=f"示例{n}", text="示例", region=COUNTY, actor=person(county.people["office"])
        )
        for n in "甲乙"
    ]
    for matter in matters:
        act("office", matter, "assign", lead_unit="zhujian", working_days=5)
        act("zhujian", matter, "accept")
    return matters


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_notice_turns_provisional_dates_into_firm_ones(request, county, open_browser, faults_of, scripts):
    with clock.at(DAY):
        matters = request.getfixturevalue("given")
        place = add_own(
            user=county.people["zhujian"],
            channel=channel_of("mail"),
            address="zhujian@example.cn",
            takes_digest=True,
        )
        Destination.objects.filter(pk=place.pk).update(confirmed_at=timezone.now())
    unit = open_browser("zhujian", width=390, scripts=scripts)
    unit.goto(f"/matters/{matters[0].number}")
    expect(unit.locator("main")).to_contain_text("暂定")
    expect(unit.locator("main")).to_contain_text("1月4日")

    page = open_browser("office-lead", scripts=scripts)
    page.goto("/calendar/new")
    page.check("input[name=kind][value=year]")
    page.fill("textarea[name=text]", NOTICE)
    page.click("button[value=preview]")
    for matter in matters:
        expect(page.locator("main")).to_contain_text(matter.number)
    expect(page.locator("main")).to_contain_text("2027-01-06")
    if scripts:
        assert faults_of(page) == []
    page.click("button[value=publish]")
    expect(page.locator("#redating")).to_contain_text("cn-2026+1")

    with clock.at(DAY + timedelta(hours=1)):
        Worker().until_idle()
    unit.reload()
    expect(unit.locator("main")).not_to_contain_text("暂定")
    expect(unit.locator("main")).to_contain_text("1月6日")
    unit.goto("/messages")
    assert unit.locator("main", has_text="示例甲").count() == 1

    assert [Event.objects.filter(matter=matter, action="redate").count() for matter in matters] == [1, 1]
    with clock.at(DAY + timedelta(days=1)):
        Worker().until_idle()
    told = Message.objects.filter(rule="redate/1", recipient__username="zhujian")
    assert told.count() == 2
    (digest,) = Digest.objects.filter(
        recipient__username="zhujian", day=clock.local_day(DAY) + timedelta(days=1)
    )
    assert digest.messages.filter(rule="redate/1").count() == 2
