"""A worker process in a measurement: `python -m tisu.bench.ringer MOST`.

Says that it is ready, waits for a line, rings due clocks until it gets hold of none or has rung so many, and tells how
long each took, and from when to when it worked.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from time import perf_counter

import django


@dataclass(frozen=True)
class Rung:
    """What some workers did together: seconds for each clock, and from the first one's beginning to the last one's end."""

    each: list[float]
    seconds: float


def ring_by(workers: int, most: int) -> Rung:
    """So many processes begin at the same moment, and none rings more than `most` clocks."""
    begun = [_begin(most) for _each in range(workers)]
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
    each = [seconds for one in told for seconds in one["each"]]
    return Rung(each, max(one["ended"] for one in told) - min(one["began"] for one in told))


def _begin(most: int) -> subprocess.Popen:
    words = [sys.executable, "-m", __name__, str(most)]
    return subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def ring(most: int) -> dict[str, float | list[float]]:
    from tisu.loop.alarms import due_clocks, take_alarm  # once Django is set up

    began = before = perf_counter()  # of the machine, so the same for every process on it
    each = []
    while len(each) < most:
        if take_alarm():
            now = perf_counter()
            each.append(now - before)
            before = now
        elif not due_clocks().exists():  # not merely: all that it looked at were in other hands
            break
    return {"each": each, "began": began, "ended": perf_counter()}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tisu.settings")
    django.setup()
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps(ring(int(sys.argv[1]))), flush=True)
