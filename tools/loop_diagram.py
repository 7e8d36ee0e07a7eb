"""Draw the state diagram of docs/loop.md from the table of actions: `tools/loop_diagram.py` rewrites it in place."""

import os
import re
import sys
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "loop.md"
BEGIN, END = "<!-- diagram: written by tools/loop_diagram.py -->", "<!-- end of diagram -->"


def diagram() -> str:
    """The moves of the table as a Mermaid state diagram; actions that stay are listed under their stage."""
    from tisu.loop.actions import ACTIONS
    from tisu.loop.stages import Stage

    moves: dict[tuple[str, str], list[str]] = {}
    stays: dict[str, list[str]] = {}
    for action in ACTIONS.values():
        for source in sorted(action.step.sources):
            if action.step.target:
                moves.setdefault((source, action.step.target), []).append(action.code)
            else:
                stays.setdefault(source, []).append(action.code)
    reached = {stage for pair in moves for stage in pair}
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> registered: register"]
    lines += [f"    {source} --> {target}: {', '.join(codes)}" for (source, target), codes in moves.items()]
    lines += [
        f"    note right of {stage}: stays on {', '.join(stays[stage])}"
        for stage in Stage.values
        if stage in reached and stage in stays
    ]
    return "\n".join([*lines, "    closed --> [*]", "```"])


def with_diagram(page: str) -> str:
    block = f"{BEGIN}\n{diagram()}\n{END}"
    return re.sub(re.escape(BEGIN) + ".*?" + re.escape(END), lambda _found: block, page, flags=re.DOTALL)


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tisu.settings")
    os.environ.setdefault("TISU_SECRET_KEY", "only-to-draw")
    django.setup()
    PAGE.write_text(with_diagram(PAGE.read_text("utf-8")), "utf-8")
    sys.stdout.write(f"{PAGE}\n")


if __name__ == "__main__":
    main()
