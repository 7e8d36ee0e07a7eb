"""Contacts as something that messages are about: shown to whoever may see the contact today."""

from collections.abc import Iterable
from typing import Any

from tisu.foundation.rooms import Subject
from tisu.liaison.models import Contact, Pairing


def _contacts(user: Any, keys: Iterable[int]) -> Iterable[int]:
    return Contact.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True)


def _pairings(user: Any, keys: Iterable[int]) -> Iterable[int]:
    return Pairing.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True)


CONTACTS = Subject("liaison contact", _contacts)
PAIRINGS = Subject("pairing", _pairings)


def about(contact: Contact) -> tuple[str, int]:
    return CONTACTS.code, contact.pk


def about_pairing(pairing: Pairing) -> tuple[str, int]:
    return PAIRINGS.code, pairing.pk
