"""OpenID Connect as this house asks for it; allauth finds `provider_classes` by the name of this file.

Beyond allauth's: a nonce, the signature of the identity token checked although it came directly, and of what the
server tells only who it is.
"""

import hashlib
import secrets
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA")  # never a secret's, nor none
LEEWAY = 60  # seconds by which the clocks of two houses may differ


def nonce_of(state: str) -> str:
    """Bound to the state, which is bound to the session: nothing more to be kept."""
    return hashlib.sha256(f"nonce:{state}".encode()).hexdigest()


class OidcAdapter(OpenIDConnectOAuth2Adapter):
    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return request.build_absolute_uri(reverse("oidc_callback"))

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Who it is stands in the identity token; what else is wanted may come from the server's userinfo."""
        claims = self._claims(app, kwargs["response"].get("id_token") or "")
        wanted = app.settings.get("mobile_claim")
        if wanted and wanted not in claims:
            told = self._fetch_user_info(token.token)
            if told.get("sub") != claims["sub"]:
                raise OAuth2Error("userinfo speaks of somebody else")
            claims = told | claims
        return self.get_provider().sociallogin_from_response(request, claims)

    def _claims(self, app: Any, id_token: str) -> dict[str, Any]:
        """Signed by that server, for this house, within its time, in answer to this very question."""
        try:
            key = self._key_of(jwt.get_unverified_header(id_token))
            claims = jwt.decode(
                id_token,
                key,
                algorithms=ALGORITHMS,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=LEEWAY,
                options={"require": ["iss", "sub", "aud", "exp", "iat"]},
            )
        except jwt.PyJWTError as fault:
            raise OAuth2Error("the identity token does not hold") from fault
        if not constant_time_compare(
            str(claims.get("nonce", "")), nonce_of(self.request.GET.get("state", ""))
        ):
            raise OAuth2Error("the nonce is another one")
        return claims

    def _key_of(self, header: dict[str, Any]) -> jwt.PyJWK:
        """The key that the token names; one that names none is taken where the server has only one."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
        answer.raise_for_status()
        keys = [
            key
            for key in jwt.PyJWKSet.from_dict(answer.json()).keys
            if header.get("kid") in (None, key.key_id)
        ]
        if len(keys) != 1:
            raise OAuth2Error("the server has no such key")
        return keys[0]


class OidcProvider(OpenIDConnectProvider):
    id = "oidc"
    name = "OpenID Connect"
    oauth2_adapter_class = OidcAdapter

    def redirect(self, request: HttpRequest, process: str, **kwargs: Any) -> HttpResponse:
        state = secrets.token_urlsafe(24)
        asked = self.get_auth_params() | {"nonce": nonce_of(state)}
        return super().redirect(request, process, state_id=state, auth_params=asked, **kwargs)

    def get_default_scope(self) -> list[str]:
        return ["openid", "phone"] if self.app.settings.get("mobile_claim") else ["openid"]

    def extract_uid(self, data: dict) -> str:
        return str(data["sub"])

    def extract_common_fields(self, data: dict) -> dict:
        return {}

    def extract_email_addresses(self, data: dict) -> list:
        return []


provider_classes = [OidcProvider]
