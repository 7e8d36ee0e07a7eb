"""The sources of the house, as the structural tests read them. Every check takes a folder, so that a test can
hand it a small broken one."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src/tisu"
NOT_OURS = {"vendor", "__pycache__"}
COMMENT = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}", re.DOTALL)


@dataclass(frozen=True)
class Source:
    """One file; `name` is its path below the package, `app` the first part of it ("" for the few at the top)."""

    path: Path
    name: str

    @property
    def app(self) -> str:
        return self.name.partition("/")[0] if "/" in self.name else ""

    @property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.path, self.path.stat().st_mtime_ns)

    def at(self, line: int, fault: str) -> str:
        return f"{self.name}:{line} {fault}"


@cache
def _parsed(path: Path, _version: int) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def sources(package: Path, *suffixes: str, without: tuple[str, ...] = ()) -> Iterator[Source]:
    """Our own files with these endings; `without` names folders that a rule does not reach, such as tests."""
    for path in sorted(package.rglob("*")):
        parts = path.relative_to(package).parts
        if path.suffix in suffixes and not (NOT_OURS | set(without)) & set(parts[:-1]):
            yield Source(path, "/".join(parts))


def python(package: Path, *, without: tuple[str, ...] = ()) -> Iterator[Source]:
    return sources(package, ".py", without=without)


def templates(package: Path) -> Iterator[Source]:
    return sources(package, ".html", ".txt", without=("tests",))


def without_comments(text: str) -> str:
    """A template with its comments blanked, every line where it was."""
    return COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)


def line_of(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def dotted(node: ast.AST, names: dict[str, str]) -> str:
    """`timezone.now` as `django.utils.timezone.now`, by what the file imported; "" for anything else."""
    match node:
        case ast.Name():
            return names.get(node.id, node.id)
        case ast.Attribute():
            before = dotted(node.value, names)
            return f"{before}.{node.attr}" if before else ""
    return ""


def imported_names(source: Source) -> dict[str, str]:
    """What each imported name of a file stands for."""
    names = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                names[alias.asname or alias.name.partition(".")[0]] = (
                    alias.name if alias.asname else alias.name.partition(".")[0]
                )
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                names[alias.asname or alias.name] = f"{imported_from(source, node)}.{alias.name}"
    return names


def imported_from(source: Source, node: ast.ImportFrom) -> str:
    """The module of a `from … import`, a relative one made absolute."""
    if not node.level:
        return node.module or ""
    package = ["tisu", *source.name.split("/")[:-1]]
    base = package[: len(package) - node.level + 1]
    return ".".join([*base, *filter(None, [node.module])])


def strings(source: Source) -> Iterator[tuple[int, str]]:
    """Every text in a Python file that is not a docstring."""
    docs = set(map(id, _docstrings(source.tree)))
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


def _docstrings(tree: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            head = node.body[0]
            if isinstance(head, ast.Expr) and isinstance(head.value, ast.Constant):
                yield head.value


def write(package: Path, files: dict[str, str]) -> Path:
    """A small house of its own, for breaking a rule once."""
    for name, text in files.items():
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return package
