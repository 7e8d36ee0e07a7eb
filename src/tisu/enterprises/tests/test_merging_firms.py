"""Two rows that are one firm are merged by a person, and undone exactly."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cast import afresh
from tisu.accounts.standing import standing_of
from tisu.enterprises.demo import synthetic_code
from tisu.enterprises.mandates import give_mandate
from tisu.enterprises.merging import merge_firms, undo_merger
from tisu.enterprises.models import Enterprise, LikelyPair, Merger
from tisu.enterprises.scale import add_months
from tisu.enterprises.services import update_firm
from tisu.foundation.models import SearchEntry

pytestmark = pytest.mark.django_db
CODES = [synthetic_code(place) for place in (3, 4, 5)]


@pytest.fixture
def firms(enter) -> list[Enterprise]:
    names = ("咸丰青禾茶业有限公司", "湖北青禾茶业公司", "示例白水厂")
    return [enter(name, place=place) for place, name in enumerate(names, start=3)]


@pytest.fixture
def merge(county):
    def _merge(gone: Enterprise, kept: Enterprise) -> Merger:
        return merge_firms(actor=county.people["office"], gone=gone, kept=kept, reason="同一家企业")

    return _merge


@pytest.fixture
def undo(county):
    def _undo(merger: Merger) -> Merger:
        return undo_merger(actor=county.people["office"], merger=merger, reason="是两家企业")

    return _undo


# --- Where the codes lead ---


def test_leads_the_old_code_to_the_firm_that_stays(sign_in, firms, merge):
    merge(firms[0], firms[1])
    page = sign_in("zhujian")
    assert page.get(f"/enterprises/{CODES[0]}")["Location"] == f"/enterprises/{CODES[1]}"
    item = page.get(f"/api/v1/enterprises/{CODES[0]}").json()
    assert (item["uscc"], item["merged"]) == (CODES[1], [CODES[0]])


def test_lists_the_firm_once_and_finds_it_by_every_name(sign_in, firms, merge):
    merge(firms[0], firms[1])
    page = sign_in("zhujian")
    assert CODES[0] not in page.get("/enterprises").content.decode()
    for words in ("咸丰青禾", "xfqh", CODES[0]):
        assert CODES[1] in page.get("/enterprises", {"q": words}).content.decode()
    assert "咸丰青禾茶业有限公司" in page.get(f"/enterprises/{CODES[1]}").content.decode()


def test_leads_through_a_chain_to_the_last(sign_in, firms, merge):
    merge(firms[0], firms[1])
    merge(firms[1], firms[2])
    page = sign_in("zhujian")
    for code in CODES[:2]:
        assert page.get(f"/enterprises/{code}")["Location"] == f"/enterprises/{CODES[2]}"


def test_speaks_for_the_firm_that_stays(county, sign_in, firms, merge):
    give_mandate(
        actor=county.people["office"], firm=firms[0], user=county.people["nobody"], since=date(2023, 1, 1)
    )
    merge(firms[0], firms[1])
    assert standing_of(afresh(county.people["nobody"])).enterprises == {firms[1].pk}
    assert sign_in("nobody").get(f"/enterprises/{CODES[1]}").status_code == 200


def test_is_above_scale_in_the_months_of_both(county, firms, merge):
    said = {"actor": county.people["office"], "category": "industry", "source": "示例"}
    add_months(**said, firm=firms[0], first=date(2021, 1, 1), last=date(2021, 6, 1))
    merge(firms[0], firms[1])
    assert Enterprise.objects.with_scale(date(2021, 3, 1)).get(pk=firms[1].pk).is_above_scale
    with pytest.raises(ValidationError, match="已经登记"):
        add_months(**said, firm=firms[1], first=date(2021, 3, 1))


# --- What is refused ---


def test_runs_in_no_circle(firms, merge):
    merge(firms[0], firms[1])
    with pytest.raises(ValidationError, match="已并入"):
        merge(firms[1], firms[0])
    with pytest.raises(ValidationError, match="已并入"):
        merge(firms[0], firms[2])
    with pytest.raises(ValidationError, match="同一条"):
        merge(firms[1], firms[1])


def test_merges_no_branch_with_its_parent_however_far(county, firms, enter, merge):
    branch = enter("示例分公司", place=6, parent=firms[0])
    below = enter("示例营业部", place=7, parent=branch)
    for gone, kept in ((below, firms[0]), (firms[0], below), (branch, firms[0])):
        with pytest.raises(ValidationError, match="分支机构"):
            merge(gone, kept)
    merge(firms[0], firms[1])
    with pytest.raises(ValidationError, match="分支机构"):
        merge(below, firms[1])


def test_changes_no_merged_row(county, firms, merge):
    merge(firms[0], firms[1])
    with pytest.raises(ValidationError, match=CODES[1]):
        update_firm(actor=county.people["office"], firm=firms[0], expected_version=1, name="x")


def test_merges_nothing_of_another_county(county, firms):
    with pytest.raises(ValidationError, match="其他"):
        merge_firms(actor=county.people["outsider"], gone=firms[0], kept=firms[1], reason="同一家企业")


def test_is_undone_once(firms, merge, undo):
    merger = merge(firms[0], firms[1])
    undo(merger)
    with pytest.raises(ValidationError, match="已经撤销"):
        undo(merger)


# --- Undoing is exact ---


def register() -> tuple:
    """Everything that the register and its search know of the firms."""
    firms = Enterprise.objects.order_by("pk").values()
    entries = SearchEntry.objects.filter(subject="enterprise").order_by("object_id")
    return list(firms), list(entries.values_list("object_id", "text", "tokens"))


def test_undoing_in_turn_gives_back_every_step(firms, merge, undo):
    before = register()
    first = merge(firms[0], firms[1])
    between = register()
    second = merge(firms[1], firms[2])
    undo(second)
    assert register() == between
    undo(first)
    assert register() == before


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=6), order=st.randoms())
def test_undoing_in_any_order_gives_back_what_was(firms, merge, undo, steps, order):
    with transaction.atomic():
        before, standing = register(), []
        for gone, kept in steps:
            try:
                with transaction.atomic():
                    standing.append(merge(firms[gone], firms[kept]))
            except ValidationError:
                continue
        order.shuffle(standing)
        for merger in standing:
            undo(merger)
        assert register() == before
        transaction.set_rollback(True)


# --- On the page ---


def test_is_merged_and_undone_on_the_page(sign_in, firms):
    page, path = sign_in("office"), "/enterprises/duplicates"
    said = {"act": "keep_second", "row": LikelyPair.objects.get().pk, "reason": "同一执照换发"}
    assert page.post(path, said | {"reason": ""}).status_code == 422
    assert page.post(path, said).status_code == 302
    assert page.get(f"/enterprises/{CODES[0]}")["Location"] == f"/enterprises/{CODES[1]}"
    assert "已经处理" in page.post(path, said).content.decode()
    undone = {"act": "undo", "row": Merger.objects.get().pk, "reason": "误并"}
    assert page.post(path, undone).status_code == 302
    assert page.get(f"/enterprises/{CODES[0]}").status_code == 200


def test_is_merged_by_code(sign_in, firms):
    said = {"act": "by_code", "gone": CODES[2], "kept": CODES[0].lower(), "reason": "老名称"}
    assert sign_in("office").post("/enterprises/duplicates", said).status_code == 302
    assert Merger.objects.get().kept == firms[0]


@pytest.mark.parametrize("code", ["91422826XFTEXT0I82", synthetic_code(9), ""])
def test_says_what_is_wrong_with_a_code(sign_in, firms, code):
    said = {"act": "by_code", "gone": CODES[2], "kept": code, "reason": "老名称"}
    answer = sign_in("office").post("/enterprises/duplicates", said)
    assert answer.status_code == 422 and "老名称" in answer.content.decode()
