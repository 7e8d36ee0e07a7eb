"""One of several worker processes in a measurement: `python -m tisu.bench.ringer`.

Says that it is ready, waits for a line, rings every due clock it gets hold of, and tells how many, from when to when.
"""

import json
import os
import subprocess
import sys
from time import time
from typing import Any

import django


def ring_by(workers: int) -> tuple[int, float]:
    """So many processes begin at the same moment; gives how many clocks they rang and how many seconds it took."""
    begun = [_begin() for _each in range(workers)]
    try:
        for process in begun:
            process.stdout.readline()
        for process in begun:
            process.stdin.write("\n")
            process.stdin.flush()
        told = [json.loads(process.stdout.readline()) for process in begun]
    finally:
        for process in begun:
            process.kill()
            process.wait()
    took = max(each["ended"] for each in told) - min(each["began"] for each in told)
    return sum(each["rang"] for each in told), took


def _begin() -> subprocess.Popen:
    words = [sys.executable, "-m", __name__]
    return subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def ring_all() -> dict[str, Any]:
    from tisu.loop.alarms import take_alarm  # once Django is set up

    began, rang = time(), 0
    while take_alarm():
        rang += 1
    return {"rang": rang, "began": began, "ended": time()}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tisu.settings")
    django.setup()
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps(ring_all()), flush=True)
