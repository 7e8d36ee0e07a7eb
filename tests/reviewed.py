"""Lists that a person reads before they change: the test compares, tools/rewrite_reviewed.py rewrites."""

import os

from house import ROOT

REWRITES = "TISU_REWRITE_REVIEWED" in os.environ


def agrees_with(name: str, lines: list[str]) -> list[str]:
    """The differences between what is and the reviewed file tests/<name>."""
    path = ROOT / "tests" / name
    if REWRITES:
        path.write_text("\n".join(lines) + "\n", "utf-8")
    reviewed = path.read_text("utf-8").splitlines()
    gone = [f"no longer: {line}" for line in reviewed if line not in set(lines)]
    new = [f"not reviewed: {line}" for line in lines if line not in set(reviewed)]
    return gone + new
