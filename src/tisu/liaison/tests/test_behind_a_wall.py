"""Whom a wall keeps from an issue that was raised with a leader, it keeps from the words of that contact everywhere."""

import pytest

from cast import MONDAY
from tisu.liaison.entering import Said, enter_contact
from tisu.liaison.models import Contact
from tisu.liaison.raising import Issue, Needed
from tisu.loop.models import Matter
from tisu.loop.walling import build_wall

pytestmark = pytest.mark.django_db
SECRET = "工程款被拖欠"
DUE = MONDAY.date().replace(month=9)
FIRM = "/enterprises/{code}"

# Where the words stand, and for whom: of each it is shown first that they do.
SURFACES = (
    ("office2", "/liaison/contacts/{number}"),
    ("office2", "/liaison"),
    ("office2", "/liaison/pairings/{pairing}"),
    ("office2", FIRM),
    ("office2", FIRM + "/line"),
    ("office2", "/matters?q={secret}"),
    ("office2", "/api/v1/matters?q={secret}"),
    ("office2", "/api/v1/matters/{matter}"),
    ("leader", "/liaison/contacts/{number}"),
    ("leader", "/liaison"),
    ("leader", "/leader"),
    ("supervisor", "/liaison/contacts/{number}"),
    ("firm", "/liaison/contacts/{number}"),
    ("firm", "/liaison"),
    ("firm", "/our-firm/{code}"),
    ("firm", "/our-firm/{code}/held"),
)
# Where they stand for nobody: a wall changes nothing there.
NEVER = (
    "/exports/liaison?format=csv",
    "/exports/pairings?format=csv",
    "/exports/promises?format=csv",
    "/liaison/compliance",
    "/api/v1/liaison/compliance?month=2023-05",
)


@pytest.fixture
def contact(county, paired) -> Contact:
    said = Said(
        on=MONDAY.date(), mode="phone", text=f"{SECRET}，企业很着急。", is_shared=True,
        issues=[Issue(f"{SECRET}，请住建局督促。", county.units["zhujian"], DUE)],
    )  # fmt: skip
    return enter_contact(actor=county.people["secretary"], pairing=paired(), said=said).contact


@pytest.fixture
def page(county, contact, browser):
    def _page(name: str, path: str) -> str:
        named = path.format(
            number=contact.number, pairing=contact.pairing_id, code=county.firms[0].credit_code, secret=SECRET[:2],
            matter=Matter.objects.get().number,
        )  # fmt: skip
        answer = browser(name).get(named, follow=True)
        return b"".join(answer).decode() if answer.streaming else answer.content.decode()

    return _page


@pytest.fixture
def keep_out(county):
    def _keep_out(name: str, matter: Matter | None = None) -> None:
        matter = matter or Matter.objects.get()
        person = county.people[name]
        build_wall(actor=county.people["security"], number=matter.number, user=person, reason="一方当事")

    return _keep_out


@pytest.mark.parametrize(("name", "path"), SURFACES)
def test_the_words_are_gone(page, keep_out, name, path):
    assert SECRET in page(name, path)
    keep_out(name)
    assert SECRET not in page(name, path)


@pytest.mark.parametrize("path", NEVER)
def test_what_told_nothing_of_it_tells_nothing_of_the_wall(page, keep_out, path):
    before = page("office2", path)
    keep_out("office2")
    assert SECRET not in before
    assert ("示例甲" in before) == ("示例甲" in page("office2", path))


def test_the_contact_is_as_one_that_does_not_exist(contact, browser, keep_out):
    keep_out("leader")
    for name, status in (("leader", 404), ("secretary", 404), ("office", 200), ("firm", 200)):
        assert browser(name).get(f"/liaison/contacts/{contact.number}").status_code == status, name


def test_it_goes_on_counting(contact, browser, keep_out):
    """Who kept in touch is no secret, and a wall makes nobody's month a missed one."""
    keep_out("office2")
    read = browser("office2").get("/api/v1/liaison/compliance?month=2023-05").json()
    assert (read["due"], read["met"]) == (1, 1)


def test_so_it_is_with_a_need_that_came_out_of_it(county, paired, browser, keep_out):
    needed = Needed("power", DUE, "800千瓦", "capacity")
    said = Said(on=MONDAY.date(), mode="phone", text="谈了用电。", requests=[needed])
    contact = enter_contact(actor=county.people["secretary"], pairing=paired(), said=said).contact
    keep_out("office2")
    for name, status in (("office2", 404), ("office", 200)):
        assert browser(name).get(f"/liaison/contacts/{contact.number}").status_code == status
