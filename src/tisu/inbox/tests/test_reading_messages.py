"""Everyone reads their own messages, on the page, on the bell and over the API; nobody sees another's."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tisu.accounts.standing import standing_of
from tisu.inbox.bell import FEW, bell
from tisu.inbox.models import Message

pytestmark = pytest.mark.django_db
PAGE = "/messages"
QUERIES = 9


def shown(browser: Client, path: str = PAGE) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_unread_ones_come_first_and_say_so(say, sign_in):
    say("zhujian", period="1", subject="已看过")
    say("zhujian", period="2", subject="还没看")
    Message.objects.filter(period="1").update(read_at="2023-05-22T09:00+08:00")
    browser = sign_in("zhujian")
    page = shown(browser)
    assert "还没看" in page and "已看过" not in page and "● </span>" not in page and "未读" in page
    everything = shown(browser, f"{PAGE}?show=all")
    assert everything.index("还没看") < everything.index("已看过")
    assert everything.count("letter is-unread") == 1


def test_shows_all_when_everything_is_read(say, sign_in):
    say("zhujian", subject="已看过")
    Message.objects.update(read_at="2023-05-22T09:00+08:00")
    assert "已看过" in shown(sign_in("zhujian"))


def test_says_so_when_there_is_nothing(sign_in, things):
    assert "还没有发给您的消息" in shown(sign_in("nobody"))


def test_the_bell_counts_on_every_page(say, sign_in):
    say("zhujian", period="1")
    say("zhujian", period="2")
    browser = sign_in("zhujian")
    assert '<span class="bell-count">2<' in shown(browser, "/desk")
    Message.objects.update(read_at="2023-05-22T09:00+08:00")
    assert "bell-count" not in shown(browser, "/desk")


@pytest.mark.parametrize("unread", [120, FEW + 20], ids=["looked up", "counted by the database"])
def test_the_bell_counts_no_further_than_it_can_show(county, sign_in, things, monday, unread):
    reader = county.people["nobody"]
    Message.objects.bulk_create(
        [
            Message(rule="r", recipient=reader, period=str(number), subject="x", at=monday)
            for number in range(unread)
        ]
    )
    page = sign_in("nobody").get(PAGE)
    assert '<span class="bell-count">99+<' in page.content.decode()
    assert page.context["tabs"][0]["count"] == "99+"


def test_strangers_have_no_bell_and_it_asks_nothing_for_them(client, things):
    with CaptureQueriesContext(connection) as asked:
        assert 'class="bell"' not in client.get("/accounts/login/").content.decode()
    assert [query for query in asked.captured_queries if "inbox_" in query["sql"]] == []


def test_the_list_costs_the_same_however_long_it_is(
    say, sign_in, monkeypatch, things, django_assert_num_queries
):
    """Session, person, four for roles, region, and two of its own: the bell's count and the list."""
    monkeypatch.setattr(things, "visible", lambda user, keys: keys)
    browser = sign_in("zhujian")
    for number in range(3):
        say("zhujian", period=str(number), about=number)
    browser.get(PAGE)
    with django_assert_num_queries(QUERIES):
        browser.get(PAGE)
    for number in range(3, 60):
        say("zhujian", period=str(number), about=number)
    with django_assert_num_queries(QUERIES):
        page = browser.get(PAGE)
    assert page.content.decode().count("letter is-unread") == 50


def test_the_bell_costs_one_query(sign_in, things, county, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(things, "visible", lambda user, keys: keys)
    user = county.people["zhujian"]
    standing_of(user)
    request = type("Request", (), {"user": user})()
    with django_assert_num_queries(1):
        bell(request)
    with django_assert_num_queries(0):
        bell(request)


def test_pages_follow_each_other_without_a_gap(say, sign_in):
    for number in range(60):
        say("zhujian", period=str(number), subject=f"第{number}件")
    browser = sign_in("zhujian")
    first = browser.get(PAGE)
    second = browser.get(first.context["next_url"])
    seen = [row.period for page in (first, second) for row in page.context["letters"]]
    assert seen == [str(number) for number in reversed(range(60))]


def test_what_may_not_be_seen_is_neither_listed_nor_counted(say, sign_in, things):
    say("zhujian", about=7, subject="请回避者勿看")
    say("zhujian", about=8)
    things.hide("zhujian", 7)
    browser = sign_in("zhujian")
    page = shown(browser, f"{PAGE}?show=all")
    assert "请回避者勿看" not in page and '<span class="bell-count">1<' in page
    assert [item["subject"] for item in browser.get("/api/v1/messages").json()["items"]] == ["请办理"]


def test_is_marked_as_read_by_posting_only(say, sign_in, monday):
    say("zhujian")
    message, browser = Message.objects.get(), sign_in("zhujian")
    path = f"{PAGE}/{message.key}/read"
    assert browser.get(path).status_code == 405
    shown(browser)
    message.refresh_from_db()
    assert message.is_unread
    for _ in range(2):
        assert browser.post(path, {"show": "all"})["Location"] == f"{PAGE}?show=all"
    message.refresh_from_db()
    assert message.read_at == monday


def test_opening_leads_to_what_it_is_about(say, sign_in):
    say("zhujian", url="/matters?light=red")
    path = f"{PAGE}/{Message.objects.get().key}/read"
    assert sign_in("zhujian").post(path, {"go": "1"})["Location"] == "/matters?light=red"


def test_all_are_read_at_once(say, sign_in):
    say("zhujian", "fagai", period="1")
    say("zhujian", period="2")
    assert sign_in("zhujian").post(f"{PAGE}/read").status_code == 302
    assert Message.objects.unread().get().recipient.username == "fagai"


@pytest.mark.parametrize("whose", ["another's", "hidden", "unknown"])
def test_what_is_not_ones_own_is_not_there(say, sign_in, things, whose):
    say("zhujian", about=7)
    key, name = Message.objects.get().key, "zhujian"
    if whose == "another's":
        name = "office-lead"
    elif whose == "hidden":
        things.hide("zhujian", 7)
    else:
        key = uuid.uuid4()
    browser = sign_in(name)
    assert browser.post(f"{PAGE}/{key}/read").status_code == 404
    answer = browser.post(f"/api/v1/messages/{key}/read")
    assert answer.status_code == 404 and answer["Content-Type"].startswith("application/problem+json")
    assert Message.objects.get().is_unread


@pytest.mark.parametrize(
    "query",
    ["show=nonsense", "after=x", "after=%00", "limit=-1", "limit=99999999999999999999", "show=" + "x" * 3000],
)
def test_a_strange_query_shows_the_list(say, sign_in, query):
    say("zhujian")
    assert sign_in("zhujian").get(f"{PAGE}?{query}").status_code in (200, 404)


def test_a_read_without_a_csrf_token_is_refused(say, county):
    say("zhujian")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(county.people["zhujian"])
    assert browser.post(f"{PAGE}/{Message.objects.get().key}/read").status_code == 403


# --- API -------------------------------------------------------------------------------------------------


def test_the_api_lists_and_marks(say, sign_in):
    say("zhujian", period="1", urgent=True)
    say("zhujian", period="2")
    browser = sign_in("zhujian")
    first, second = browser.get("/api/v1/messages").json()["items"]
    assert (first["subject"], first["url"], first["urgent"], first["read_at"]) == (
        "请办理",
        "/desk",
        False,
        None,
    )
    assert second["at"] == "2023-05-22T09:00:00+08:00"
    read = browser.post(f"/api/v1/messages/{first['id']}/read").json()
    assert read["read_at"] == "2023-05-22T09:00:00+08:00"
    assert [item["id"] for item in browser.get("/api/v1/messages?unread=true").json()["items"]] == [
        second["id"]
    ]


def test_the_api_pages(say, sign_in):
    for number in range(5):
        say("zhujian", period=str(number))
    browser = sign_in("zhujian")
    page = browser.get("/api/v1/messages?limit=3").json()
    rest = browser.get(page["next"]).json()
    assert len(page["items"]) == 3 and len(rest["items"]) == 2 and rest["next"] is None


@pytest.mark.parametrize("key", ["1", "x" * 500, "00000000-0000-4000-8000-00000000000g"])
def test_the_api_names_an_identifier_that_is_none(sign_in, things, key):
    answer = sign_in("zhujian").post(f"/api/v1/messages/{key}/read")
    assert answer.status_code == 422 and "id" in answer.json()["errors"]


def test_the_api_names_a_word_that_is_neither_true_nor_false(sign_in, things):
    answer = sign_in("zhujian").get("/api/v1/messages?unread=maybe")
    assert answer.status_code == 422 and "unread" in answer.json()["errors"]


def test_the_api_asks_strangers_for_a_name(client, db):
    assert client.get("/api/v1/messages").status_code == 401
    assert client.post(f"/api/v1/messages/{uuid.uuid4()}/read").status_code == 401
