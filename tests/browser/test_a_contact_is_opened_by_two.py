"""On a phone, with script and without: a name left later, one officer asks to open it, another agrees, it is shown once."""

import pytest
from playwright.sync_api import expect

from tisu.voice.models import Report
from tisu.voice.services import take_report

PHONE = 360
CONTACT = "示例人 13900000000"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scripts", [True, False])
def test_goes_round_on_a_phone(county, open_browser, faults_of, complaints, scripts):
    taken = take_report(text="路灯不亮", anonymous=True)
    number = taken.report.matter.number
    faults, look = [], faults_of if scripts else lambda _page: []  # what looks for faults is a script

    reporter = open_browser(width=PHONE, scripts=scripts)
    reporter.goto("/track")
    reporter.locator("[name=receipt]").fill(taken.receipt_code)
    reporter.get_by_role("button", name="查看").click()
    expect(reporter.locator("[name=contact]")).to_have_count(1)
    faults += look(reporter)
    reporter.locator("[name=contact]").fill(CONTACT)
    reporter.get_by_role("button", name="留下联系方式").click()
    expect(reporter.locator("[name=contact]")).to_have_count(0)
    faults += look(reporter)
    assert not Report.objects.get().anonymous and CONTACT not in reporter.content()

    asker, second = (open_browser(name, width=PHONE, scripts=scripts) for name in ("office", "office2"))
    asker.goto(f"/matters/{number}")
    asker.locator("summary", has_text="申请查看联系方式").click()
    asking = asker.get_by_role("form", name="申请查看联系方式")
    asking.locator("[name=reason]").fill("回访核实")
    asking.get_by_role("button", name="申请查看联系方式").click()
    expect(asking).to_have_count(0)
    second.goto("/reports/openings")
    faults += look(second)
    second.get_by_role("button", name="同意", exact=True).click()
    expect(second.get_by_role("button", name="同意", exact=True)).to_have_count(0)
    asker.goto("/reports/openings")
    faults += look(asker)
    asker.get_by_role("button", name="查看联系方式").click()
    expect(asker.locator("main")).to_contain_text(CONTACT)
    assert faults + complaints.unexpected() == []
