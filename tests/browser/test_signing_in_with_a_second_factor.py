"""A newcomer with an administrator's post: first password, own password, an app on the phone, then the first page."""

import re

from cast import PASSWORD
from tisu.accounts.models import User
from tisu.accounts.tests.test_second_factor import code_of

NEW = "a-new-horse-and-battery"


def test_a_newcomer_is_led_through_password_and_app_to_the_first_page(
    county, settings, open_browser, sign_in_by_form, tmp_path
):
    settings.MFA_REQUIRED = frozenset({"security_admin"})
    User.objects.filter(username="security").update(must_change_password=True)
    page = sign_in_by_form("security")
    page.goto("/security")
    assert page.url.endswith("/accounts/password/change/")
    page.fill("input[name=oldpassword]", PASSWORD)
    page.fill("input[name=password1]", NEW)
    page.fill("input[name=password2]", NEW)
    page.get_by_role("button", name="修改密码").click()
    page.wait_for_url("**/accounts/own")
    page.get_by_role("link", name="设置动态码应用").click()
    secret = re.sub(r"\s", "", page.locator("#secret").inner_text())
    page.fill("input[name=code]", code_of(secret))
    page.get_by_role("button", name="完成设置").click()
    codes = page.locator("#codes span").all_inner_texts()
    assert len(codes) == 10
    with page.expect_download() as saved:
        page.get_by_role("button", name="下载").click()
    saved.value.save_as(tmp_path / "codes.txt")
    assert all(code in (tmp_path / "codes.txt").read_text() for code in codes)
    page.goto("/security")
    assert page.locator("h1").inner_text() == "账号安全"

    elsewhere = sign_in_by_form("security", password=NEW, scripts=False)
    assert elsewhere.url.endswith("/accounts/login/second/")
    elsewhere.fill("input[name=code]", codes[0])
    elsewhere.get_by_role("button", name="登录").click()
    elsewhere.wait_for_url("**/security")
