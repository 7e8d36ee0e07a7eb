"""What a person may see is built once for a request; narrowing it never widens it, and the next request asks anew."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast import COUNTY, LONG_AGO, afresh
from tisu.loop.actor import person
from tisu.loop.models import ConflictOfInterest, Matter
from tisu.loop.register import register_matter


def _rest_of(task, county) -> Matter:
    return register_matter(
        kind="task", title="清理场地", text="余下两处。", region=COUNTY, actor=person(county.people["office"]),
        opened_by_unit_id=county.units["yingshangban"].pk, parent=task,
    )  # fmt: skip


def test_the_rest_of_a_matter_is_its_own_rest_and_not_all_that_is_seen(county, task):
    rest, office = _rest_of(task, county), county.people["office"]
    assert list(Matter.objects.visible_to(office)) == [rest, task]
    assert list(task.children.visible_to(office)) == [rest]
    assert list(task.children.visible_to(county.people["nobody"])) == []


def test_narrowing_leaves_what_is_kept_as_it_was(county, task):
    office = county.people["office"]
    assert not Matter.objects.visible_to(office).filter(number="").exists()
    assert list(Matter.objects.visible_to(office)) == [task]


def test_an_interest_is_read_once_for_a_request_and_anew_in_the_next(county, task):
    office = county.people["office"]
    task.enterprise = county.firms[0]
    task.save(update_fields=["enterprise"])
    assert list(Matter.objects.visible_to(office)) == [task]
    with CaptureQueriesContext(connection) as asked:
        list(Matter.objects.visible_to(office))
    assert len(asked) == 1
    ConflictOfInterest.objects.create(
        user=office, enterprise=county.firms[0], since=LONG_AGO, reason="持有股份"
    )
    assert list(Matter.objects.visible_to(afresh(office))) == []
