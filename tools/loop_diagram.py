"""Draw the state diagram of docs/loop.md from the table of actions: `tools/loop_diagram.py` rewrites it in place."""

import os
import re
import sys
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "loop.md"
BEGIN, END = "<!-- diagram: written by tools/loop_diagram.py -->", "<!-- end of diagram -->"


def diagram() -> str:
    """The moves as a Mermaid state diagram; actions that stay are listed below it, by stage."""
    moves, stays = _moves_and_stays()
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> registered: register"]
    lines += [f"    {source} --> {target}: {', '.join(codes)}" for (source, target), codes in moves.items()]
    return "\n".join([*lines, "    closed --> [*]", "    cancelled --> [*]", "```", "", *_table(stays)])


def _moves_and_stays() -> tuple[dict[tuple[str, str], list[str]], dict[str, list[str]]]:
    """Granting and taking apart go where their tables say, so they are drawn from those."""
    from tisu.loop.actions import ACTIONS
    from tisu.loop.effects import REQUESTS

    moves: dict[tuple[str, str], list[str]] = {}
    stays: dict[str, list[str]] = {}
    named = [
        (action.code, action.step) for action in ACTIONS.values() if action.code not in ("grant", "unmerge")
    ]
    named += [(f"grant ({kind})", decided.step) for kind, decided in REQUESTS.items()]
    for code, step in named:
        for source in sorted(step.sources):
            if step.target:
                moves.setdefault((source, step.target), []).append(code)
            else:
                stays.setdefault(source, []).append(code)
    for source in sorted(ACTIONS["merge"].step.sources):
        moves.setdefault(("merged", source), []).append("unmerge")
    return moves, stays


def _table(stays: dict[str, list[str]]) -> list[str]:
    """What is possible on every open stage once, then what each stage adds."""
    from tisu.loop.stages import OPEN, Stage

    everywhere = [code for code in stays["registered"] if all(code in stays[stage] for stage in OPEN)]
    rows = [("every open one", everywhere)]
    rows += [(s, [c for c in stays[s] if c not in everywhere]) for s in Stage.values if s in stays]
    lines = [f"| {stage} | {', '.join(f'`{code}`' for code in codes)} |" for stage, codes in rows if codes]
    return ["| stage | what stays there |", "|---|---|", *lines]


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
