"""The docs say what the code does where they can be checked."""

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def test_draws_the_state_diagram_from_the_table_of_actions():
    sys.path.insert(0, str(ROOT / "tools"))
    from loop_diagram import PAGE, with_diagram

    page = PAGE.read_text("utf-8")
    assert with_diagram(page) == page, "run tools/loop_diagram.py"


def test_reckons_the_cases_of_the_deadlines():
    sys.path.insert(0, str(ROOT / "tools"))
    from deadline_cases import CASES, PAGE, with_cases

    page = PAGE.read_text("utf-8")
    assert len(CASES) == 10
    assert with_cases(page) == page, "run tools/deadline_cases.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_only_to_what_is_there(page):
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert not missing
