"""A contact is opened by two: one asks for a reason, another agrees, then it is told once (intake.md, check 7)."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tisu.accounts import opening as opening_of_seals
from tisu.accounts.models import PostHolding
from tisu.audit.models import Entry
from tisu.foundation import clock
from tisu.inbox.models import Message as Letter
from tisu.loop.faults import Conflict, NotAllowed, NotVisible, Unacceptable
from tisu.loop.recusals import recuse
from tisu.voice.entitled import own_openings, waiting_for
from tisu.voice.identity import (
    ask_for_identity,
    decline_identity,
    grant_identity,
    open_identity,
)
from tisu.voice.models import Opening
from tisu.voice.moves import USE, take_on

CONTACT = "示例人 00000000000"


@pytest.fixture
def named(take):
    return take(anonymous=False, contact=CONTACT).report


@pytest.fixture
def ask(county, named):
    def _ask(name="office", report=None, reason="核实细节"):
        return ask_for_identity(user=county.people[name], report=report or named, reason=reason)

    return _ask


@pytest.fixture
def look(county, named):
    def _look(name="office", report=None):
        return open_identity(user=county.people[name], report=report or named)

    return _look


# --- Asked, agreed to, opened ----------------------------------------------------------------------------


def test_is_told_once_to_who_asked_when_someone_else_has_agreed(ask, look, county):
    asked = ask()
    with pytest.raises(Conflict):
        look()
    grant_identity(user=county.people["office2"], opening=asked)
    assert look() == CONTACT
    with pytest.raises(Conflict):
        look()


def test_records_each_step_with_its_reason_and_both_people(ask, look, county, named):
    grant_identity(user=county.people["office2"], opening=ask())
    look()
    office, office2 = county.people["office"], county.people["office2"]
    entries = [(entry.act, entry.actor, entry.reason) for entry in Entry.objects.order_by("seq")]
    assert entries == [
        ("ask-identity", office, "核实细节"),
        ("grant-identity", office2, "核实细节"),
        ("open-identity", office, "核实细节"),
    ]
    assert {entry.about for entry in Entry.objects.all()} == {named.matter.number}
    assert Entry.objects.get(act="grant-identity").details == {"asked_by": "office"}
    assert Entry.objects.get(act="open-identity").details["agreed_by"] == "office2"
    assert not any("示例人" in entry.said for entry in Entry.objects.all())


def test_is_not_opened_when_it_was_declined(ask, look, county):
    decline_identity(user=county.people["supervisor"], opening=ask())
    with pytest.raises(Conflict):
        look()
    assert set(Entry.objects.values_list("act", flat=True)) == {"ask-identity", "decline-identity"}
    ask()  # with another reason, say


@pytest.mark.parametrize("second", ["office2", "office-lead", "supervisor"])
def test_office_or_supervision_agrees(ask, look, county, second):
    grant_identity(user=county.people[second], opening=ask())
    assert look() == CONTACT


def test_is_told_to_who_reported_signed_in_likewise(take, county, agree, look):
    report = take(anonymous=False, user=county.people["firm"]).report
    agree(report)
    assert look(report=report) == "示例·firm"


def test_is_still_good_in_the_24th_hour_and_no_longer(agree, look, named, monday):
    agree(named)
    with clock.at(monday + timedelta(hours=24)), pytest.raises(Conflict):
        look()
    with clock.at(monday + timedelta(hours=23, minutes=59)):
        assert look() == CONTACT


def test_is_asked_for_again_after_it_ran_out(agree, look, named, monday):
    agree(named)
    with clock.at(monday + timedelta(days=2)):
        agree(named, reason="再次核实")
        assert look() == CONTACT


def test_uses_up_nothing_when_the_ledger_takes_no_entry(agree, look, named, monkeypatch):
    opening = agree(named)

    def refuse(**_entry):
        raise IntegrityError("no")

    with monkeypatch.context() as patch:
        patch.setattr(opening_of_seals, "record", refuse)
        with pytest.raises(Conflict):
            look()
    opening.refresh_from_db()
    assert opening.state == "granted"
    assert look() == CONTACT


def test_is_used_up_by_the_first_of_two_who_send_it_at_once(agree, named, county):
    opening = agree(named)
    same = Opening.objects.get(pk=opening.pk)
    take_on(opening, USE, {}, too_late="")
    with pytest.raises(Conflict):
        take_on(same, USE, {}, too_late="")


# --- Four eyes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("decide", [grant_identity, decline_identity])
def test_nobody_decides_on_their_own(ask, county, decide):
    with pytest.raises(NotAllowed):
        decide(user=county.people["office"], opening=ask())


def test_the_database_refuses_one_and_the_same_person(ask, county):
    asked = ask()
    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.filter(pk=asked.pk).update(decided_by=county.people["office"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.filter(pk=asked.pk).update(state="granted")


@pytest.mark.parametrize("name", ["fagai", "outsider", "admin", "auditor", "leader", "firm2"])
def test_is_not_there_for_others(ask, look, county, name):
    asked = ask()
    for attempt in (lambda: ask(name), lambda: look(name)):
        with pytest.raises(NotVisible):
            attempt()
    with pytest.raises(NotVisible):
        grant_identity(user=county.people[name], opening=asked)


def test_supervision_does_not_ask_for_a_report_that_is_the_offices(ask):
    with pytest.raises(NotAllowed):
        ask("supervisor")


def test_only_who_asked_opens_it(agree, look, named):
    agree(named)
    for other in ("office2", "office-lead"):
        with pytest.raises(Conflict):
            look(other)


def test_no_part_of_it_opens_another_report(agree, look, named, take):
    agree(named)
    with pytest.raises(Conflict):
        look(report=take(anonymous=False, contact="别人").report)


def test_is_decided_once(ask, county):
    asked = ask()
    same = Opening.objects.get(pk=asked.pk)
    decline_identity(user=county.people["office2"], opening=asked)
    with pytest.raises(Conflict):
        grant_identity(user=county.people["supervisor"], opening=same)


def test_is_asked_for_once_while_it_waits_or_is_good(ask, agree, county):
    asked = ask()
    with pytest.raises(Conflict):
        ask()
    grant_identity(user=county.people["office2"], opening=asked)
    with pytest.raises(Conflict):
        ask()


@pytest.mark.parametrize("reason", ["", " \u200b", "核实", "....", "一" * 401])
def test_is_not_asked_for_without_a_reason_that_can_be_judged(ask, reason):
    with pytest.raises(Unacceptable):
        ask(reason=reason)
    assert not Entry.objects.exists() and not Opening.objects.exists()


def test_is_not_there_to_ask_for_in_an_anonymous_report(ask, take):
    with pytest.raises(Conflict):
        ask(report=take().report)


# --- Walls -----------------------------------------------------------------------------------------------


@pytest.fixture
def about_the_office(take):
    return take(anonymous=False, contact=CONTACT, accused_unit="yingshangban").report


def test_supervision_asks_and_agrees_where_the_office_is_accused(
    about_the_office, agree, look, second_supervisor
):
    for who in ("office", "office-lead"):
        with pytest.raises(NotVisible):
            agree(about_the_office, who)
    agree(about_the_office, "supervisor", "supervisor2")
    assert look("supervisor", about_the_office) == CONTACT


def test_the_accused_do_not_agree_either(about_the_office, ask, county, second_supervisor):
    asked = ask("supervisor", about_the_office)
    with pytest.raises(NotVisible):
        grant_identity(user=county.people["office"], opening=asked)
    assert waiting_for(county.people["office"]) == []
    assert waiting_for(second_supervisor) == [asked]


def test_says_so_when_nobody_else_could_agree(about_the_office, ask):
    with pytest.raises(Conflict, match="没有别人"):
        ask("supervisor", about_the_office)
    assert not Opening.objects.exists()


def test_ends_with_the_right_to_it(agree, look, named, county):
    """Agreed to or not: who steps back, or leaves the post, opens nothing any more."""
    agree(named)
    recuse(named.matter, county.people["office"], reason="亲属")
    with pytest.raises(NotVisible):
        look()


def test_ends_with_the_post(agree, look, named, county, monday):
    agree(named)
    PostHolding.objects.filter(user=county.people["office"]).update(until=monday.date())
    del county.people["office"]._standing
    with pytest.raises(NotVisible):
        look()


def test_leaves_no_word_of_the_reason_when_it_turns_out_to_be_a_discipline_report(
    ask, act, look, named, county
):
    asked = ask(reason="核实购物卡一事")
    act("office", named.matter, "screen", kind="B")
    asked.refresh_from_db()
    assert asked.reason == ""
    assert waiting_for(county.people["office2"]) == own_openings(county.people["office"]) == []
    with pytest.raises(Conflict):
        grant_identity(user=county.people["office2"], opening=asked)


# --- Who is told -----------------------------------------------------------------------------------------


def test_tells_whoever_may_agree_and_then_who_asked(ask, county):
    asked = ask()
    told = {letter.recipient.username for letter in Letter.objects.filter(rule="ask-identity/1")}
    assert told == {"office2", "office-lead", "supervisor"}
    grant_identity(user=county.people["office2"], opening=asked)
    assert Letter.objects.get(rule="grant-identity/1").recipient == county.people["office"]


# --- On the pages ----------------------------------------------------------------------------------------


def matter_page(client, report) -> str:
    return client.get(reverse("loop:matter", args=[report.matter.number])).content.decode()


def buttons(page: str) -> set[str]:
    return set(re.findall(r'action="(/reports/[^"]+)"', page))


def test_goes_round_on_the_pages_with_one_tap_each(named, sign_in):
    office, office2, number = sign_in("office"), sign_in("office2"), named.matter.number
    asking, opening = (reverse(f"voice:{name}", args=[number]) for name in ("ask-identity", "identity"))
    assert asking in buttons(matter_page(office, named))
    assert opening not in buttons(matter_page(office, named))
    office.post(asking, {"reason": "回访核实"})
    assert not buttons(matter_page(office, named)) & {asking, opening}

    listed = office2.get(reverse("voice:openings")).content.decode()
    assert "回访核实" in listed and number in listed
    grant = reverse("voice:grant", args=[Opening.objects.get().pk])
    assert {grant, grant.replace("grant", "decline")} <= buttons(listed) & buttons(
        matter_page(office2, named)
    )
    assert office2.post(grant, {"back": "list"})["Location"] == reverse("voice:openings")
    assert grant not in buttons(office2.get(reverse("voice:openings")).content.decode())

    for page in (matter_page(office, named), office.get(reverse("voice:openings")).content.decode()):
        assert opening in buttons(page)
    shown = office.post(opening)
    assert CONTACT in shown.content.decode() and "no-store" in shown["Cache-Control"]
    again = office.post(opening, follow=True)
    assert CONTACT not in again.content.decode() and [str(each) for each in again.context["messages"]]
    assert CONTACT not in matter_page(office, named)
    assert asking in buttons(matter_page(office, named))


def test_lists_nothing_for_who_may_not_agree(ask, sign_in):
    asked = ask()
    grant = reverse("voice:grant", args=[asked.pk])
    for name, status in (("fagai", 403), ("auditor", 403), ("leader", 403), ("outsider", 200)):
        assert sign_in(name).get(reverse("voice:openings")).status_code == status
        assert sign_in(name).post(grant).status_code == 404
    assert named_nowhere(sign_in("outsider").get(reverse("voice:openings")).content.decode(), asked)
    assert sign_in("office").post(grant).status_code == 403
    asked.refresh_from_db()
    assert asked.state == "asked"


def named_nowhere(page: str, asked: Opening) -> bool:
    return asked.report.matter.number not in page and str(asked.pk) not in page


def test_opens_nothing_by_a_get(ask, sign_in, county):
    asked = ask()
    for path in (
        reverse("voice:grant", args=[asked.pk]),
        reverse("voice:decline", args=[asked.pk]),
        reverse("voice:identity", args=[asked.report.matter.number]),
        reverse("voice:ask-identity", args=[asked.report.matter.number]),
    ):
        assert sign_in("office2").get(path).status_code == 405
