"""Only foundation/clock.py reads the time: the county may live on another day than its machine."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from house import (
    PACKAGE,
    Source,
    dotted,
    imported_names,
    line_of,
    python,
    templates,
    without_comments,
    write,
)  # fmt: skip

READINGS = {
    "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today",
    "time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime", "time.strftime",
    "django.utils.timezone.now", "django.utils.timezone.localdate",
    "django.db.models.functions.Now", "django.db.models.functions.datetime.Now",
}  # fmt: skip
OF_NOW_UNLESS_GIVEN = {"django.utils.timezone.localtime"}
BY_THEMSELVES = {"auto_now", "auto_now_add"}
IN_TEMPLATES = re.compile(r"{%\s*now\b")

# What lives on real time, and why. Everything else asks the clock.
REAL_TIME = {
    "foundation/clock.py": "is the clock",
    "foundation/demonstration.py": "reckons how far the demonstration's day is from the real one",
    "foundation/slots.py": "notes for the administrator when a slot was really claimed",
    "foundation/worker.py": "signs of life of a process are the machine's",
    "bench/place.py": "reckons how far the measured county's day is from the real one",
    "inbox/realtime.py": "letters, their waits and their codes live on the machine's time",
    "accounts/cache.py": "attempts to sign in are counted in real minutes",
    "audit/anchors.py": "an anchor is taken once each real day",
    "audit/verifying.py": "a verification that stands still for ten real minutes was interrupted",
    "accounts/tokens.py": "a token is good for twelve real hours, like a session",
    "accounts/adapter.py": "a lockout is told in real minutes",
    "accounts/credentials.py": "secrets and former passwords are of the machine's time",
    "accounts/factors.py": "a second factor is recent in real minutes",
    "accounts/migrations/0001_people_posts_and_sessions.py": "the same, as columns",
    "accounts/migrations/replaced/0003_mobile_and_second_factors.py": "the same, as columns",
    "accounts/migrations/replaced/0004_open_sessions.py": "the same, as columns",
    "accounts/migrations/replaced/0005_resets_and_text_codes.py": "the same, as columns",
    "accounts/models.py": "sessions, tokens and codes are of the machine's time",
    "accounts/open_sessions.py": "a session is seen and ends in real time",
    "accounts/resets.py": "a reset is confirmed within a real day",
    "accounts/sessions.py": "a session is seen and ends in real time",
    "accounts/text_codes.py": "a code is good for ten real minutes",
    "accounts/views/own_mobile.py": "a number is confirmed at a real moment",
    "documents/scanning.py": "the virus checker is asked again after real minutes",
    "documents/vanishing.py": "the same, and an upload that nobody claims goes after a real day",
    "enterprises/migrations/replaced/0003_months_taken_over.py": "the month in which a flag became months",
    "exchange/holding.py": "a lease is the machine's",
    "exchange/running.py": "the same",
    "foundation/heartbeat.py": "signs of life of a process are the machine's",
}


def readings(package: Path) -> dict[str, list[str]]:
    """Every reading of the time, by file."""
    found: dict[str, list[str]] = {}
    for source in python(package, without=("tests",)):
        for line, name in _read_by_code(source):
            found.setdefault(source.name, []).append(source.at(line, f"reads {name}"))
    for source in templates(package):
        text = without_comments(source.text)
        for place in IN_TEMPLATES.finditer(text):
            found.setdefault(source.name, []).append(
                source.at(line_of(text, place.start()), "reads {% now %}")
            )
    return found


def _read_by_code(source: Source) -> Iterator[tuple[int, str]]:
    names = imported_names(source)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name | ast.Attribute) and (name := dotted(node, names)) in READINGS:
            yield node.lineno, name
        elif isinstance(node, ast.Call):
            if (name := dotted(node.func, names)) in OF_NOW_UNLESS_GIVEN and not node.args:
                yield node.lineno, name
            yield from ((node.lineno, word.arg) for word in node.keywords if word.arg in BY_THEMSELVES)


def test_only_the_clock_reads_the_time():
    assert [
        line for name, lines in readings(PACKAGE).items() if name not in REAL_TIME for line in lines
    ] == []


def test_what_is_listed_as_living_on_real_time_does():
    assert set(REAL_TIME) <= set(readings(PACKAGE))


@pytest.mark.parametrize(
    "text",
    [
        "from django.utils import timezone\nat = timezone.now()",
        "from django.utils.timezone import now\nat = now",
        "from django.utils import timezone\nday = timezone.localdate()",
        "from django.utils import timezone\nat = timezone.localtime()",
        "from datetime import datetime as dt\nat = dt.now()",
        "import datetime\nday = datetime.date.today()",
        "from datetime import date\nfield = DateField(default=date.today)",
        "import time\nat = time.time()",
        "from django.db.models.functions import Now\nrows.filter(due_at__lt=Now())",
        "at = models.DateTimeField(auto_now_add=True)",
        "def late():\n    from django.utils import timezone\n    return timezone.now()",
    ],
)
def test_a_second_clock_is_seen(tmp_path, text):
    assert len(readings(write(tmp_path, {"shop/services.py": text}))) == 1


def test_a_second_clock_in_a_template_is_seen(tmp_path):
    assert len(readings(write(tmp_path, {"shop/templates/shop/page.html": "{% now 'Y' %}"}))) == 1


def test_the_clock_and_given_times_may_be_used(tmp_path):
    sound = """
from django.utils import timezone
from tisu.foundation import clock
at, local = clock.now(), timezone.localtime(clock.now())
"""
    assert readings(write(tmp_path, {"shop/services.py": sound})) == {}
