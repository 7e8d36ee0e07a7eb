"""Who reads which requests, and how a list of them is narrowed."""

import pytest

from tisu.loop.walling import build_wall

LIST = "/support/requests"


def titles(answer) -> list[str]:
    return [str(row[0].text) for row in answer.context["table"].rows]


@pytest.fixture
def two(asked, county):
    return (
        asked(),
        asked(
            factor="labour",
            amount="30人",
            title="缝纫工缺口",
            firm=county.firms[1],
            text="夜班三十人，包吃住。",
        ),
    )


@pytest.mark.parametrize(
    ("name", "sees"),
    [("office", 2), ("supervisor", 2), ("firm", 1), ("firm2", 1), ("fagai", 0), ("outsider", 0)],
)
def test_each_sees_what_is_theirs(sign_in, two, name, sees):
    assert len(titles(sign_in(name).get(LIST))) == sees


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=缝纫", 1), ("q=示例甲", 1), ("factor=labour", 1), ("level=province", 0), ("state=asked", 2), ("state=open", 2),
        ("state=done", 0), ("needed_before=2023-06-01", 0), ("unit=fagai", 0), ("q=缺口&factor=energy", 0),
    ],
)  # fmt: skip
def test_list_is_narrowed(sign_in, two, query, found):
    assert len(titles(sign_in("office").get(f"{LIST}?{query}"))) == found


@pytest.mark.parametrize("query", ["factor=gold", "needed_before=gestern", "unit=nowhere"])
def test_filter_that_cannot_be_read_is_said_beside_it(sign_in, two, query):
    answer = sign_in("office").get(f"{LIST}?{query}")
    assert answer.status_code == 422
    assert titles(answer) == []


def test_number_of_queries_does_not_grow_with_the_list(sign_in, asked, django_assert_max_num_queries):
    browser = sign_in("office")
    asked()
    browser.get(LIST)
    with django_assert_max_num_queries(60) as few:
        browser.get(LIST)
    for place in range(5):
        asked(title=f"第{place}件")
    with django_assert_max_num_queries(60) as many:
        browser.get(LIST)
    assert len(many) == len(few)


def test_wall_stands_before_the_firm_too(sign_in, asked, county, act):
    request = asked()
    build_wall(
        actor=county.people["security"],
        number=request.matter.number,
        user=county.people["firm"],
        reason="评审当事人。",
    )
    assert titles(sign_in("firm").get(LIST)) == []
    assert sign_in("firm").get(f"/matters/{request.matter.number}").status_code == 404


def test_colleague_of_the_firm_reads_what_another_asked(sign_in, asked):
    """Entered by the office, it is nobody's own matter, and still the firm's request."""
    request = asked()
    answer = sign_in("firm").get(f"/matters/{request.matter.number}")
    assert answer.status_code == 200
    assert request.matter.title in answer.content.decode()
    assert sign_in("firm2").get(f"/matters/{request.matter.number}").status_code == 404
