"""The watch over pages sees what it is there for: each fault is made once on a page of our own."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(open_browser):
    page = open_browser()
    page.goto("/accounts/login/")
    return page


def test_sees_an_error_in_the_console(page, complaints):
    complaints.expect("out of order")
    page.evaluate("console.error('out of order')")
    assert [line for line in complaints.found if "out of order" in line]


def test_sees_a_refusal_by_the_content_security_policy(page, complaints):
    complaints.expect("Content Security Policy")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.wait_for_timeout(50)
    assert [line for line in complaints.found if "Content Security Policy" in line]


def test_sees_a_request_to_elsewhere(page, complaints):
    complaints.expect("elsewhere.invalid")
    page.evaluate("fetch('http://elsewhere.invalid/').catch(() => 0)")
    page.wait_for_timeout(50)
    assert [line for line in complaints.found if "elsewhere.invalid" in line]


def test_sees_a_page_that_is_too_wide(page, faults_of):
    page.evaluate("document.body.append(Object.assign(document.createElement('hr'), {id: 'wide'}))")
    page.evaluate("document.getElementById('wide').style.width = '3000px'")
    assert [fault for fault in faults_of(page) if fault.startswith("too wide")]


def test_sees_a_barrier(page, faults_of):
    page.evaluate("document.querySelector('main').append(document.createElement('select'))")
    assert [fault for fault in faults_of(page) if fault.startswith("select-name")]


def test_han_text_is_drawn_and_not_boxes(page):
    """Without a Han font every sign is the same box."""
    drawn = page.evaluate("""() => ["事", "项"].map((sign) => {
      const board = Object.assign(document.createElement("canvas"), { width: 40, height: 40 });
      const pen = board.getContext("2d");
      pen.font = "32px sans-serif";
      pen.fillText(sign, 2, 34);
      return board.toDataURL();
    })""")
    assert drawn[0] != drawn[1]


def test_the_sign_in_form_leads_to_the_first_page(sign_in_by_form):
    page = sign_in_by_form("office")
    assert page.url.endswith("/desk")


def test_the_server_lives_on_the_same_monday(sign_in_by_form):
    page = sign_in_by_form("office")
    page.goto("/components")
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
