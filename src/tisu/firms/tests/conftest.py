"""A second person of the first firm, and one who acts for both."""

import pytest

from cast import LONG_AGO
from tisu.accounts.models import User
from tisu.enterprises.models import Enterprise, Mandate


@pytest.fixture
def firm(county) -> Enterprise:
    return county.firms[0]


@pytest.fixture
def colleague(county, firm) -> User:
    return _person(county, "colleague", firm)


@pytest.fixture
def agent(county) -> User:
    return _person(county, "agent", *county.firms)


def _person(county, name: str, *firms: Enterprise) -> User:
    user = User.objects.create(username=name, name=f"示例·{name}")
    county.people[name] = user
    for firm in firms:
        Mandate.objects.create(enterprise=firm, user=user, since=LONG_AGO)
    return user
