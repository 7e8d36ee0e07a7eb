"""A passkey is set up in the browser, and then stands in for name and password, or for the second factor alone."""

import json

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page

from cast import PASSWORD
from tisu.accounts.factor_acts import add_app


@pytest.fixture
def with_device():
    """`with_device(page)`: the browser has an authenticator that its owner unlocks at once."""

    def _with(page: Page, *, unlocks: bool = True):
        chrome = page.context.new_cdp_session(page)
        chrome.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": unlocks,
            "automaticPresenceSimulation": True,
        }
        chrome.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        return page

    return _with


def set_up(page: Page) -> None:
    page.goto("/accounts/own/passkeys/new")
    page.fill("input[name=name]", "办公电脑")
    page.get_by_role("button", name="完成设置").click()
    page.wait_for_selector("#codes")


def test_signs_in_by_the_passkey_alone(open_browser, with_device, county, settings):
    settings.MFA_REQUIRED = frozenset({"dept_clerk"})
    page = with_device(open_browser("zhujian"))
    set_up(page)
    page.goto("/accounts/own")
    assert "办公电脑" in page.locator("table").first.inner_text()
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="退出").click()
    page.goto("/accounts/login/?next=/messages")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_url("**/messages")
    assert page.locator(".menu-name").inner_text().startswith("示例·zhujian")


def test_shows_the_passkey_after_the_password_and_before_what_matters(open_browser, with_device, county):
    page = with_device(open_browser("zhujian"))
    set_up(page)
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.fill("input[name=login]", "zhujian")
    page.fill("input[name=password]", PASSWORD)
    page.locator("form:has(input[name=password]) button").first.click()
    page.wait_for_url("**/accounts/login/second/")
    page.get_by_role("button", name="使用通行密钥").click()
    page.wait_for_url("**/desk*")
    page.goto("/accounts/proof/passkey?next=/messages")
    page.get_by_role("button", name="使用通行密钥").click()
    page.wait_for_url("**/messages")


def test_says_so_when_the_device_is_not_unlocked(open_browser, with_device, county):
    page = with_device(open_browser("zhujian"), unlocks=False)
    page.goto("/accounts/own/passkeys/new")
    page.fill("input[name=name]", "办公电脑")
    page.get_by_role("button", name="完成设置").click()
    page.wait_for_function("document.querySelector('[data-said]').textContent.includes('没有解锁')")
    assert page.locator("input[name=name]").input_value() == "办公电脑"
    assert not Authenticator.objects.exists()


def test_takes_no_answer_of_another_session(open_browser, with_device, county):
    """What one page was told does not fit the question of the next: the answer is caught and sent once more."""
    page = with_device(open_browser("zhujian"))
    set_up(page)
    caught = []
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.on("request", lambda asked: asked.method == "POST" and caught.append(asked.post_data_json))
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_url("**/desk*")
    answer = next(sent["credential"] for sent in caught if "credential" in sent)
    assert json.loads(answer)["type"] == "public-key"
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.evaluate("fetch('/accounts/login/passkey/', {headers: {Accept: 'application/json'}})")
    form = page.locator("form[data-passkey]")
    form.evaluate("(form, answer) => { form.elements.credential.value = answer; form.submit(); }", answer)
    page.wait_for_selector("text=这个码不对")
    assert page.url.endswith("/accounts/login/")


def test_leaves_an_app_to_whoever_has_no_script(open_browser, county):
    add_app(county.people["zhujian"], "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    page = open_browser(scripts=False)
    page.goto("/accounts/login/")
    assert page.get_by_role("button", name="用通行密钥登录").count() == 0
    signed_in = open_browser("zhujian", scripts=False)
    signed_in.goto("/accounts/own/passkeys/new")
    assert "JavaScript" in signed_in.locator("main").inner_text()
