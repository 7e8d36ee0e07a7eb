"""Counting what comes from one direction without keeping where that is: coarse buckets under a key of the hour.

Key and counts lie in the memory of the process alone and go with the hour or with it, so that no table, file, log or
backup ever holds them. A few thousand buckets are shared by all networks there are: even with the key in hand a bucket
names nobody.
"""

import ipaddress
import secrets
import threading
from collections import Counter
from time import monotonic

from cryptography.hazmat.primitives import hashes, hmac

HOUR = 3600
BUCKETS = 4096
COARSE = {4: 24, 6: 48}  # bits of an address that count


class HourlyBuckets:
    """How much came from each direction in this hour. Each process counts for itself."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._hour, self._key, self._counts = -1.0, b"", Counter[int]()

    def add(self, address: str, amount: int, *, most: int) -> bool:
        """Count it and say True, or say False where it would be more than `most`; then it is not counted."""
        with self._lock:
            self._begin_hour()
            bucket = self._bucket_of(network_of(address))
            if self._counts[bucket] + amount > most:
                return False
            self._counts[bucket] += amount
            return True

    def _begin_hour(self) -> None:
        hour = monotonic() // HOUR
        if hour != self._hour:
            self._hour, self._key = hour, secrets.token_bytes(32)
            self._counts.clear()

    def _bucket_of(self, network: str) -> int:
        mac = hmac.HMAC(self._key, hashes.SM3())
        mac.update(network.encode())
        return int.from_bytes(mac.finalize()[:4], "big") % BUCKETS


def network_of(address: str) -> str:
    """The network of an address, which many share. What is no address is one network of its own."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return ""
    known = getattr(known, "ipv4_mapped", None) or known
    return str(ipaddress.ip_network(f"{known}/{COARSE[known.version]}", strict=False))
