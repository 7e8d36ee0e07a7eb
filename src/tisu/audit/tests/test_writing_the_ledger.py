"""An act and its entry stand or fall together."""

import pytest
from django.db import transaction

from tisu.audit.models import Entry
from tisu.audit.record import record

pytestmark = pytest.mark.django_db


def test_leaves_no_entry_of_an_act_that_failed(county):
    with pytest.raises(RuntimeError), transaction.atomic():
        record(act="add-unit", about="x", actor=county.people["admin"])
        raise RuntimeError
    assert not Entry.objects.exists()


def test_cuts_what_is_too_long_and_keeps_the_act(county):
    entry = record(act="add-unit", about="长" * 500, actor=county.people["admin"], reason="长" * 1000)
    assert (len(entry.about), len(entry.reason)) == (160, 400)


def test_dates_the_entry_by_the_countys_clock(county, monday):
    assert record(act="add-unit", about="x").at == monday
