"""Whatever a program makes up in place of an authenticator's answer is refused in a sentence, never a fault."""

import json

import pytest
from django.core.cache import cache
from django.test import Client

pytestmark = pytest.mark.django_db
SIGN_IN, NEW, PROOF = "/accounts/login/passkey/", "/accounts/own/passkeys/new", "/accounts/proof/passkey"
ANSWERS = [
    "", "x", "null", "[]", "7", '"text"', "{}", '{"id": 1}', '{"response": []}', '{"response": {"userHandle": 5}}',
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}),
    json.dumps({
        "id": "AA", "rawId": "AA", "type": "public-key", "clientExtensionResults": {},
        "response": {"clientDataJSON": "e30", "attestationObject": "oA", "authenticatorData": "AA", "signature": "AA",
                     "userHandle": "MQ"},
    }),
    json.dumps({
        "id": "é", "rawId": "é", "type": "public-key",
        "response": {"clientDataJSON": "AA", "attestationObject": "/w", "authenticatorData": "", "signature": "",
                     "userHandle": "__8"},
    }),
    "[" * 20_000,
]  # fmt: skip


@pytest.fixture(autouse=True)
def nobody_is_locked_out(db):
    cache.clear()


@pytest.mark.parametrize("answer", ANSWERS, ids=range(len(ANSWERS)))
def test_refuses_what_was_made_up(county, sign_in, answer):
    stranger = Client()
    stranger.get(SIGN_IN, headers={"accept": "application/json"})
    assert stranger.post(SIGN_IN, {"credential": answer})["Location"] == "/accounts/login/"
    assert "_auth_user_id" not in stranger.session
    page = sign_in("zhujian")
    page.get(NEW)
    assert page.post(NEW, {"name": "x", "credential": answer}).status_code == 422


def test_asks_a_stranger_for_nothing_that_tells_who_has_one(county):
    asked = (
        Client().get(SIGN_IN, headers={"accept": "application/json"}).json()["request_options"]["publicKey"]
    )
    assert not asked.get("allowCredentials") and asked["userVerification"] == "required"


def test_has_no_proof_by_passkey_for_whoever_has_none(county, sign_in):
    assert sign_in("zhujian").get(PROOF)["Location"] == "/accounts/proof/password"
