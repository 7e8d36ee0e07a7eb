"""Who is where: units, posts and holders as a picture, on any day, for everyone who works here."""

import re
from datetime import date

import pytest

from tisu.accounts.chart import chart_on, cut, width_of
from tisu.accounts.models import PostHolding
from tisu.accounts.services import end_holding
from tisu.orgs.models import Role
from tisu.orgs.services import rename_unit

pytestmark = pytest.mark.django_db
TODAY = date(2023, 5, 22)


def words_of(browser, query: str = "") -> str:
    return browser.get(f"/org/chart{query}").content.decode()


def boxes(day=TODAY):
    return {box.name: box for group in chart_on(day).groups for box in group.units}


def test_draws_units_beside_the_leader_in_charge(county):
    first = chart_on(TODAY).groups[0]
    assert (first.head.name, [box.name for box in first.units]) == ("县政府", ["住建局", "发改局"])


def test_draws_every_other_unit_by_its_duty(county):
    assert {"供电公司", "营商办", "督查室", "纪委监委", "系统管理"} <= set(boxes())


def test_names_who_holds_each_post(county, sign_in):
    page = words_of(sign_in("zhujian"))
    assert "负责人 示例·zhujian-head" in page
    assert "经办 示例·office" not in page and "工作人员 示例·office、示例·office2" in page


def test_marks_a_vacant_post(county, sign_in):
    holding = PostHolding.objects.get(user=county.people["zhujian-head"])
    end_holding(actor=county.people["admin"], holding=holding, until=TODAY)
    assert re.search(r'class="is-vacant"[^>]*>负责人 空缺', words_of(sign_in("zhujian")))


def test_shows_another_day(county, sign_in):
    holding = PostHolding.objects.get(user=county.people["zhujian-head"])
    end_holding(actor=county.people["admin"], holding=holding, until=TODAY)
    rename_unit(
        actor=county.people["admin"],
        unit=county.units["zhujian"],
        name="咸丰县住建城管局",
        short_name="住建城管局",
        since=date(2023, 1, 1),
    )
    then, now = words_of(sign_in("office"), "?on=2022-05-01"), words_of(sign_in("office"))
    assert "负责人 示例·zhujian-head" in then and "住建局" in then and "住建城管局" not in then
    assert "负责人 空缺" in now and "住建城管局" in now


def test_before_the_first_unit_there_is_none(county, sign_in):
    assert "那一天没有单位" in words_of(sign_in("zhujian"), "?on=1990-01-01")


@pytest.mark.parametrize("on", ["soon", "2023-02-30", "0000-01-01", "9" * 400])
def test_refuses_what_is_no_day_and_shows_today(county, sign_in, on):
    page = sign_in("zhujian").get(f"/org/chart?on={on}")
    assert page.status_code == 422


def test_reads_full_width_digits(county, sign_in):
    assert sign_in("zhujian").get("/org/chart?on=２０２２-０５-０１").status_code == 200


@pytest.mark.parametrize(
    ("name", "status"), [("admin", 200), ("auditor", 200), ("secretary", 200), ("firm", 404), ("nobody", 404)]
)
def test_is_for_everyone_who_works_here(county, sign_in, name, status):
    assert sign_in(name).get("/org/chart").status_code == status


def test_leads_to_the_pages_only_who_may_open_them(county, sign_in):
    assert "/org/units/" in words_of(sign_in("admin"))
    assert "/org/units/" not in words_of(sign_in("zhujian"))


def test_tells_no_user_name_and_no_unit_of_another_county(county, sign_in):
    page = words_of(sign_in("office"))
    assert "来凤" not in page and "username" not in page


def test_boxes_stand_apart_and_inside_the_picture(county):
    chart = chart_on(TODAY)
    placed = [box for group in chart.groups for box in (group.head, *group.units)]
    for one in placed:
        assert one.x >= 0 and one.x + one.width <= chart.width and one.y + one.height <= chart.height
        for other in placed:
            apart = one is other or one.x + one.width <= other.x or other.x + other.width <= one.x
            assert apart or one.y + one.height <= other.y or other.y + other.height <= one.y


def test_lines_fit_their_boxes(county):
    for box in boxes().values():
        assert all(width_of(words) * 7 <= box.width - 20 for _y, words, _vacant in box.lines())
    assert cut("咸丰县人民政府", 10) == "咸丰县人…"
    assert Role.DEPT_LEAD in {post.role for post in county.units["zhujian"].posts.all()}


def test_asks_the_same_few_questions_for_any_number_of_units(county, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        chart_on(TODAY)
