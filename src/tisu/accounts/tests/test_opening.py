"""Opening what is sealed needs a reason, and stands in the ledger before anyone reads the text."""

import pytest
from django.db import DatabaseError, transaction

from tisu.accounts import opening
from tisu.accounts.opening import NotOpened, ReasonMissing, opened
from tisu.audit.models import Entry
from tisu.foundation.appendonly import LedgerIsAppendOnly
from tisu.foundation.ringfile import create_key_ring
from tisu.foundation.rotation import rotate
from tisu.foundation.sealed import Sealed, seal

SECRET, PLACE = "示例人 00000000000", "voice_identity.contact:7"


@pytest.fixture(autouse=True)
def ring(settings, tmp_path):
    settings.KEY_RING = tmp_path / "keyring.json"
    create_key_ring(settings.KEY_RING)
    return settings.KEY_RING


@pytest.fixture
def sealed(ring):
    return Sealed(PLACE, blob=seal(SECRET, context=PLACE))


@pytest.fixture
def open_it(county, sealed):
    """By the office, for a reason, unless told otherwise."""

    def _open(what=sealed, **more):
        given = {"by": county.people["office"], "signed": "工作人员", "reason": "回访核实", "about": "A1"}
        return opened(what, **given | more)

    return _open


def test_tells_the_text_and_records_who_when_and_why(open_it, county, monday):
    assert open_it() == SECRET
    entry = Entry.objects.get()
    assert (entry.actor, entry.signed, entry.reason) == (county.people["office"], "工作人员", "回访核实")
    assert (entry.act, entry.about, entry.at) == ("open-sealed", "A1", monday)
    assert SECRET not in f"{entry.reason}{entry.details}{entry.about}"


def test_records_each_opening(open_it, ring):
    open_it()
    rotate(ring)
    assert open_it() == SECRET
    assert Entry.objects.count() == 2


@pytest.mark.parametrize(
    "reason",
    [
        "",
        "   ",
        "\u3000\u3000\u3000\u3000",
        "\u200b\u200b\u200b\u200b",
        "核实",
        "\u3000核 实。\u3000",
        "。。。。。。",
        "....",
        "abc",
        None,
    ],
)
def test_is_refused_without_a_reason_that_can_be_judged(open_it, reason):
    with pytest.raises(ReasonMissing, match="4"):
        open_it(reason=reason)
    assert not Entry.objects.exists()


def test_keeps_the_reason_on_one_line_without_blanks_around_it(open_it):
    open_it(reason="\u3000\u3000回访\n核实\t细节\u3000")
    assert Entry.objects.get().reason == "回访 核实 细节"


def test_writes_the_ledger_before_it_opens(open_it, monkeypatch):
    seen = []
    real = Sealed.open
    monkeypatch.setattr(Sealed, "open", lambda self: seen.append(Entry.objects.count()) or real(self))
    open_it()
    assert seen == [1]


def test_opens_nothing_when_the_ledger_cannot_be_written(open_it, monkeypatch):
    def refuse(**_entry):
        raise DatabaseError("permission denied for table audit_entry")

    read = []
    monkeypatch.setattr(opening, "record", refuse)
    monkeypatch.setattr(Sealed, "open", lambda self: read.append(self))
    with pytest.raises(NotOpened) as told:
        open_it()
    assert read == [] and "audit_entry" not in str(told.value)


@pytest.mark.django_db(transaction=True)
def test_has_committed_the_record_before_the_text_is_told(open_it):
    """Whatever the page does afterwards: the record is not part of its transaction."""
    with pytest.raises(RuntimeError), transaction.atomic():
        open_it()
    assert not Entry.objects.exists()
    open_it()
    assert Entry.objects.count() == 1


def test_tells_a_sentence_and_records_nothing_when_the_key_is_another(open_it, settings, tmp_path):
    settings.KEY_RING = tmp_path / "other.json"
    create_key_ring(settings.KEY_RING)
    with pytest.raises(NotOpened) as told:
        open_it()
    assert str(told.value).endswith((".", "。")) and not Entry.objects.exists()


def test_tells_a_sentence_that_names_no_path_when_the_ring_is_missing(open_it, ring):
    ring.unlink()
    with pytest.raises(NotOpened) as told:
        open_it()
    assert "keyring" not in str(told.value) and not Entry.objects.exists()


def test_leaves_a_record_that_the_opener_cannot_remove(open_it):
    open_it()
    for attempt in (Entry.objects.get().delete, Entry.objects.all().delete):
        with pytest.raises(LedgerIsAppendOnly):
            attempt()
    with pytest.raises(LedgerIsAppendOnly):
        Entry.objects.update(reason="x")
    assert Entry.objects.count() == 1
