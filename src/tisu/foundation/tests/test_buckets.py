"""What comes from one direction is counted for an hour, and where that is cannot be read from the counts."""

import pytest

from tisu.foundation import buckets
from tisu.foundation.buckets import BUCKETS, HourlyBuckets, network_of


def test_it_counts_up_to_the_most_and_not_what_is_refused():
    counted = HourlyBuckets()
    assert [counted.add("203.0.113.7", 4, most=10) for _time in range(3)] == [True, True, False]
    assert counted.add("203.0.113.8", 2, most=10)


def test_it_begins_anew_with_another_key_each_hour(monkeypatch):
    counted, now = HourlyBuckets(), [0.0]
    monkeypatch.setattr(buckets, "monotonic", lambda: now[0])
    assert counted.add("203.0.113.7", 1, most=1)
    first = counted._key
    now[0] = 3599.0
    assert not counted.add("203.0.113.7", 1, most=1) and counted._key == first
    now[0] = 3600.0
    assert counted.add("203.0.113.7", 1, most=1) and counted._key != first


def test_it_keeps_nothing_but_numbers_of_shared_buckets():
    counted = HourlyBuckets()
    for place in range(3 * BUCKETS):
        counted.add(f"10.{place >> 8}.{place & 255}.1", 1, most=10**9)
    assert len(counted._counts) <= BUCKETS
    assert max(counted._counts.values()) > 1
    assert all(0 <= bucket < BUCKETS for bucket in counted._counts)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.0/24"), ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"), ("", ""), ("unix:", ""), ("203.0.113.7:80", ""),
    ],
)  # fmt: skip
def test_it_knows_networks_and_no_single_address(address, network):
    assert network_of(address) == network
