"""The quick look-up finds what the query set finds, in the same order, for whoever asks."""

import pytest
from django.test import RequestFactory

from cast import afresh
from tisu.enterprises.finding import look_up, page_found_by
from tisu.enterprises.merging import merge_firms
from tisu.enterprises.models import Enterprise
from tisu.foundation.paging import PAGE

pytestmark = pytest.mark.django_db


@pytest.fixture
def firms(enter) -> list[Enterprise]:
    names = ("咸丰青禾茶业有限公司", "湖北清河茶業公司", "示例A1包装厂", "青禾建材", "白水青禾分社")
    return [enter(name, place=place, address=f"示例路{place}号") for place, name in enumerate(names, start=3)]


@pytest.mark.parametrize("name", ["office", "zhujian", "leader", "firm", "admin", "outsider", "nobody"])
@pytest.mark.parametrize(
    "words",
    [
        "青禾",
        "qhcy",
        "茶業",
        "青",
        "示例 a1",
        "青禾 茶",
        "青 禾 茶 业",
        "xftext",
        "没有",
        "",
        "%",
        "' OR 1",
        "qh* cy",
    ],
)
def test_finds_what_the_query_set_finds(county, firms, name, words):
    user = afresh(county.people[name])
    rows = Enterprise.objects.visible_to(user).found_by(words).order_by("-pk")
    assert [firm.pk for firm in look_up(user, words)] == [firm.pk for firm in rows]


def test_leaves_merged_rows_out_and_knows_their_names(county, firms):
    merge_firms(actor=county.people["office"], gone=firms[0], kept=firms[1], reason="同一家企业")
    assert [firm.pk for firm in look_up(county.people["office"], "咸丰青禾")] == [firms[1].pk]


def test_carries_along_what_a_row_shows(county, firms, django_assert_num_queries):
    user = county.people["office"]
    look_up(user, "青禾")
    with django_assert_num_queries(1):
        for firm in look_up(user, "青禾"):
            assert firm.region.name and firm.is_above_scale is False and firm.industry is None


@pytest.mark.parametrize("limit", ["", "2"])
def test_turns_pages_without_losing_or_repeating(county, enter, limit):
    for place in range(PAGE + 4):
        Enterprise.objects.create(credit_code=f"X{place:017}", name=f"青禾{place}厂", region_id="422826101")
    seen, path = [], f"/enterprises?q=青禾{'&limit=' + limit if limit else ''}"
    while path:
        request = RequestFactory().get(path)
        request.user = county.people["office"]
        firms, path = page_found_by("青禾", request)
        seen += [firm.pk for firm in firms]
    assert len(seen) == len(set(seen)) == PAGE + 4 and seen == sorted(seen, reverse=True)
