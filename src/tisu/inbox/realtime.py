"""The machine's own time, on which letters, codes and workers live. What people are told is on the county's clock."""

from datetime import datetime

from django.utils import timezone


def real_now() -> datetime:
    return timezone.now()
