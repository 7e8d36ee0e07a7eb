"""An office hands in the sheet that it has: it sees what it would do, lets it in, and may take it back."""

import pytest

from tisu.accounts.models import PostHolding, User
from tisu.audit.models import Entry
from tisu.exchange.models import ImportRun
from tisu.orgs.models import Post, Unit
from ugly_files import FILES, PEOPLE, PEOPLE_MERGED, UNITS, csv_file, xlsx

pytestmark = pytest.mark.django_db
OURS = ["示例一局", "示例二局", "示例三局", "示例镇"]


def ours() -> list[str]:
    return list(Unit.objects.filter(short_name__startswith="示例").values_list("short_name", flat=True))


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("单位")])
def test_it_reads_the_sheet_of_units_however_it_was_kept(hand_in, agree, say, name):
    run = hand_in("units", FILES[name](), name)
    assert (run.state, [code for code in run.mapping if code]) == ("read", ["name", "short_name", "duty"])
    run = agree(run)
    assert (run.state, run.counts) == ("checked", {"new": 4, "skipped": 2})
    assert ours() == []
    run = say(run, "let_in")
    assert (run.state, run.counts) == ("done", {"new": 4, "skipped": 2})
    assert sorted(ours()) == sorted(OURS)


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("人员")])
def test_it_finds_people_under_a_header_of_two_lines_and_in_merged_cells(hand_in, agree, say, name):
    say(agree(hand_in("units", xlsx(UNITS))), "let_in")
    run = agree(hand_in("people", FILES[name](), name))
    assert run.counts == {"new": 3, "refused": 1, "skipped": 1}
    refused = run.findings.get(what="refused")
    assert (refused.number + 1, refused.column, refused.value) == (7, "unit", "没有这个局")
    say(run, "let_in")
    held = PostHolding.objects.filter(post__unit__short_name__startswith="示例")
    assert sorted(held.values_list("user__name", "post__unit__short_name", "post__title", "post__role")) == sorted([
        ("示例甲", "示例一局", "局长", "dept_lead"),
        ("示例乙", "示例一局", "办公室主任", "dept_clerk"),
        ("示例丙", "示例二局", "局长", "dept_lead"),
    ])  # fmt: skip
    assert User.objects.get(name="示例甲").username == "shilijia"
    assert not User.objects.get(name="示例甲").has_usable_password()


def test_a_second_time_it_changes_nothing(hand_in, agree, say):
    say(agree(hand_in("units", xlsx(UNITS))), "let_in")
    entries = Entry.objects.count()
    run = agree(hand_in("units", xlsx(UNITS)))
    assert run.counts == {"same": 4, "skipped": 2}
    run = say(run, "let_in")
    assert (run.state, run.counts, run.arrivals.count()) == ("done", {"same": 4, "skipped": 2}, 0)
    assert Entry.objects.count() == entries + 1  # that it was done


def test_it_takes_a_whole_import_back_and_names_what_is_in_use(hand_in, agree, say):
    run = say(agree(hand_in("units", xlsx(UNITS))), "let_in")
    say(agree(hand_in("people", xlsx(PEOPLE, merged=PEOPLE_MERGED))), "let_in")
    run = say(run, "take_back")
    assert (run.state, run.counts["taken_back"], run.counts["kept"]) == ("undone", 2, 2)
    assert sorted(ours()) == ["示例一局", "示例二局"]
    kept = run.findings.filter(what="kept")
    assert [found.number for found in kept] == [3, 4]
    people = ImportRun.objects.get(kind="people")
    people = say(people, "take_back")
    assert people.counts["taken_back"] == 3
    assert not User.objects.filter(name__in=["示例甲", "示例乙", "示例丙"]).exists()
    assert not Post.objects.filter(unit__short_name__startswith="示例").exists()


def test_it_changes_a_name_and_gives_the_old_one_back(hand_in, agree, say, county):
    rows = [["代码", "单位全称", "简称"], ["fagai", "咸丰县示例改名局", "示例改"]]
    run = agree(hand_in("units", csv_file(rows)))
    assert run.counts == {"changed": 1}
    run = say(run, "let_in")
    assert Unit.objects.get(pk=county.units["fagai"].pk).short_name == "示例改"
    say(run, "take_back")
    assert Unit.objects.get(pk=county.units["fagai"].pk).short_name == "发改局"
