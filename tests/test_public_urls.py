"""A stranger meets the sign-in page everywhere but where a room says otherwise and the reviewed list agrees.

tests/public_urls.txt is that list; tools/rewrite_reviewed.py rewrites it, and the change is read before it is kept.
"""

import pytest
from django.test import Client
from django.urls import path

from addresses import Address, addresses, open_to_strangers
from reviewed import agrees_with
from tisu.web.access import declared_names, is_public


def declared(address: Address) -> bool:
    return is_public(address.view, address.view_name)


def line(address: Address) -> str:
    return f"{address.pattern} {address.view_name}"


def opened() -> list[str]:
    """Every address at which a stranger gets more than the way to the sign-in page."""
    return [line(address) for address in addresses() if open_to_strangers(Client(), address, {})]


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("address", addresses(), ids=line)
def test_a_stranger_is_turned_away_unless_a_room_declares_the_address(address):
    assert declared(address) or not open_to_strangers(Client(), address, {})


@pytest.mark.usefixtures("county")
def test_what_strangers_may_open_is_what_was_reviewed():
    assert agrees_with("public_urls.txt", opened()) == []


def test_every_declared_name_leads_somewhere():
    """A misspelt name would leave a page closed that should be open, or open a later one unseen."""
    names = {address.view_name for address in addresses()}
    spaces = {f"{name.rpartition(':')[0]}:*" for name in names}
    assert declared_names() <= names | spaces


@pytest.mark.django_db
def test_an_open_address_is_seen(settings):
    address = next(address for address in addresses() if address.view_name == "web:components")
    assert not open_to_strangers(Client(), address, {})
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "SignedInUnlessPublic" not in name]
    assert open_to_strangers(Client(raise_request_exception=False), address, {})


def test_parts_of_an_address_get_values_that_fit():
    pattern = Address("/x/<int>/<day>", "", path, (("int", None), ("day", None)))
    assert pattern.path({"int": 7}) == "/x/7/2023-05-22"
