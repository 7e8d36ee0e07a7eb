"""Over to the other house and back, in a browser under the strict policy: nothing of it is in the way."""

import pytest
from allauth.socialaccount.models import SocialAccount
from oidc_provider_mock import User as There
from oidc_provider_mock import run_server_in_thread

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def test_goes_there_and_comes_back(open_browser, complaints, county, settings):
    with run_server_in_thread(require_nonce=True, user_claims=[There(sub="z-1")]) as server:
        there = f"http://localhost:{server.server_port}"
        complaints.expect(rf"^out: {there}")
        complaints.expect(rf"^{there}|picocss|net::ERR")  # its page wants a style sheet of the internet
        app = {"client_id": "tisu", "secret": "s", "key": "", "provider_id": "oidc", "name": "统一认证"}
        app["settings"] = {"server_url": there, "oauth_pkce_enabled": True}
        settings.SOCIALACCOUNT_PROVIDERS = {"oidc": {"APPS": [app]}}
        SocialAccount.objects.create(user=county.people["zhujian"], provider="oidc", uid="z-1")
        page = open_browser()
        page.goto("/accounts/login/?next=/messages")
        page.get_by_role("button", name="用统一认证登录").click()
        page.wait_for_url(f"{there}/**")
        page.get_by_role("button", name="z-1").first.click()
        page.wait_for_url("**/messages")
