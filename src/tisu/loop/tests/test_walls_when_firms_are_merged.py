"""Where two rows of the register become one firm, an interest in either binds for both; no wall is weaker for it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tisu.enterprises.demo import synthetic_code
from tisu.enterprises.merging import merge_firms, undo_merger
from tisu.enterprises.models import Enterprise, Merger
from tisu.enterprises.services import register_firm
from tisu.loop.conflicts import add_conflict
from tisu.loop.interests import interested_in
from tisu.loop.models import ConflictOfInterest, Matter
from tisu.loop.services import open_by_hand
from tisu.orgs.models import Region

pytestmark = pytest.mark.django_db
CODES = [synthetic_code(place) for place in (3, 4, 5)]


@pytest.fixture
def firms(county) -> list[Enterprise]:
    said = {
        "actor": county.people["office"],
        "region": Region.objects.get(code="422826101"),
        "source": "示例",
    }
    names = ("咸丰青禾茶业有限公司", "湖北青禾茶业公司", "示例白水厂")
    return [
        register_firm(credit_code=code, name=name, **said) for code, name in zip(CODES, names, strict=True)
    ]


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


@pytest.fixture
def interest(county):
    """`interest("fagai", firm)`: the security administrator records that this person has an interest in it."""

    def _interest(name: str, firm: Enterprise) -> None:
        add_conflict(
            actor=county.people["security"], user=county.people[name], credit_code=firm.credit_code,
            since=date(2023, 1, 1), until=None, reason="亲属任职",
        )  # fmt: skip

    return _interest


@pytest.fixture
def about(county):
    """`about(firm)`: a task that concerns this firm."""

    def _about(firm: Enterprise) -> Matter:
        return open_by_hand(
            user=county.people["office"],
            kind="task",
            title="走访企业",
            text="了解用工情况。",
            enterprise=firm.credit_code,
        )

    return _about


def test_an_interest_in_either_row_keeps_out_of_the_matters_of_both(
    county, sees, firms, merge, undo, interest, about
):
    matters = [about(firm) for firm in firms]
    interest("office2", firms[0])
    assert sees("office2", *matters) == [False, True, True]
    merger = merge(firms[0], firms[1])
    assert sees("office2", *matters) == [False, False, True]
    assert [county.people["office2"].pk in interested_in(matter) for matter in matters] == [True, True, False]
    undo(merger)
    assert sees("office2", *matters) == [False, True, True]


def test_an_interest_goes_along_a_chain(sees, firms, merge, interest, about):
    matters = [about(firm) for firm in firms]
    interest("office2", firms[2])
    merge(firms[0], firms[1])
    merge(firms[1], firms[2])
    assert sees("office2", *matters) == [False, False, False]


def test_what_was_declared_meanwhile_binds_for_both_afterwards(sees, firms, merge, undo, interest, about):
    merger = merge(firms[0], firms[1])
    interest("office2", firms[1])
    undo(merger)
    assert sees("office2", about(firms[0]), about(firms[1]), about(firms[2])) == [False, False, True]


def test_a_report_of_a_merged_code_keeps_out_as_well(county, sees, reported, firms, merge, interest):
    interest("office2", firms[1])
    merge(firms[0], firms[1])
    report = reported("材料反复补正三次，许可超期。", enterprise=CODES[0])
    assert sees("office2", report.matter) == [False]


def test_merges_nothing_where_nobody_would_be_left(county, firms, merge, interest, about):
    about(firms[1])
    for name in ("office", "office2", "office-lead"):
        interest(name, firms[0])
    with pytest.raises(ValidationError, match="没有人"):
        merge(firms[0], firms[1])
    assert not Merger.objects.exists() and not Enterprise.objects.exclude(survivor=None).exists()


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(st.tuples(st.booleans(), st.integers(0, 2), st.integers(0, 2)), max_size=7))
def test_no_step_opens_a_matter_that_a_declared_interest_closes(
    county, firms, merge, undo, about, sees, steps
):
    """Whatever is merged and undone: the matters of a firm stay closed to who declared an interest in that firm."""
    with transaction.atomic():
        matters = [about(firm) for firm in firms]
        ConflictOfInterest.objects.create(
            user=county.people["office2"], enterprise=firms[0], since=date(2023, 1, 1), reason="x"
        )
        for is_merge, gone, kept in steps:
            try:
                with transaction.atomic():
                    if is_merge:
                        merge(firms[gone], firms[kept])
                    elif merger := Merger.objects.filter(undone_at=None, gone=firms[gone]).first():
                        undo(merger)
            except ValidationError:
                continue
            kin = set(Enterprise.objects.kin_of([firms[0].pk]).values_list("pk", flat=True))
            assert sees("office2", *matters) == [firm.pk not in kin for firm in firms]
        transaction.set_rollback(True)
