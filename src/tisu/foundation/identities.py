"""Other houses whose accounts may sign in here: read from the environment, each switched on by its client and secret.

Read before Django is set up, so it imports nothing of it. Nothing of it stands in the database.
"""

from typing import Any

PLATFORMS = ("dingtalk", "weixin", "feishu")


def read_identities(env: Any) -> dict[str, dict]:
    """What allauth calls SOCIALACCOUNT_PROVIDERS: an app for each that is switched on, and nothing for the others."""
    found = {code: _platform(env, code) for code in PLATFORMS} | {"oidc": _oidc(env)}
    return {code: {"APPS": [app]} for code, app in found.items() if app}


def _platform(env: Any, code: str) -> dict | None:
    return _app(env, code.upper(), code)


def _oidc(env: Any) -> dict | None:
    """A server of the county's own. `mobile_claim` says that its word on whose number it is may be believed."""
    if not (url := env.str("TISU_OIDC_URL", default="")):
        return None
    app = _app(env, "OIDC", "oidc")
    return app and app | {
        "provider_id": "oidc",
        "name": env.str("TISU_OIDC_NAME", default=""),
        "settings": {
            "server_url": url,
            "mobile_claim": env.str("TISU_OIDC_MOBILE_CLAIM", default=""),
            "oauth_pkce_enabled": True,
        },
    }


def _app(env: Any, prefix: str, code: str) -> dict | None:
    client, secret = (
        env.str(f"TISU_{prefix}_CLIENT", default=""),
        env.str(f"TISU_{prefix}_SECRET", default=""),
    )
    return {"client_id": client, "secret": secret, "key": ""} if client and secret else None
