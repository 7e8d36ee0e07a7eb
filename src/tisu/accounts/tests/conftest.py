"""Pages as a person sends them: an act, its data, and what came of it."""

import pytest


@pytest.fixture
def send(sign_in):
    """`send("admin", "/org", "add_unit", name=…)`: the form of one act, sent to its page."""

    def _send(who: str, path: str, act: str, /, **data):
        return sign_in(who).post(path, {"act": act, **data})

    return _send
