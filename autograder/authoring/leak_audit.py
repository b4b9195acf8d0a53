"""What a release must not hold: solutions, hidden graders, help texts, outputs, other metadata."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbformat import NotebookNode

from autograder.authoring.release import cell_ids
from autograder.authoring.release_seal import METADATA
from autograder.course.cells import BEGIN, END, blanked
from autograder.course.course import Course
from autograder.course.grader_source import assigned
from autograder.course.solution_file import Cell, read_cells

_SHORTEST_LINE = 12  # `return a + b`
_SHORTEST_TEXT = 30
_CALL_OR_OPERATOR = re.compile(r"\w[(\[]|[-+*/%=<>@'\"]")
_BEGINS = ("import ", "from ")
_GOES_ON = ("(", "[", "{")
_NOTEBOOK_METADATA = {"kernelspec", "language_info", METADATA}
_CELL_METADATA = {"deletable", "editable", "nbgrader", "tags"}
_NBGRADER_METADATA = {
    *("cell_type", "checksum", "grade", "grade_id", "locked", "points"),
    *("schema_version", "solution", "task"),
}


class Secret(NamedTuple):
    """A text that no released cell may hold: what it is, with its place, and how to find it."""

    what: str
    text: str
    pattern: re.Pattern[str]


def secrets(course: Course) -> list[Secret]:
    """Every secret of the course.

    These are the lines of solution regions, the lines and the texts of hidden graders, and the
    texts of the visible graders' HELP. A text counts from 30 characters on, a line from 12.
    Exempt are lines that tell nothing by themselves: imports, lines that end in an opening
    bracket, and lines without a call, an index or an operator, such as `return total`.
    """
    found: dict[str, Secret] = {}
    for what, text in _secret_texts(course):
        secret = _secret(what, text)
        found.setdefault(secret.text, secret)
    return list(found.values())


def audit(course: Course, assignment: str, release: bytes, known: Sequence[Secret]) -> list[str]:
    """One line for each thing in a released notebook that must not be there.

    The place is the line of the solution file where the cell has it from, or of the notebook
    where no solution file says it.
    """
    path = course.assignments[assignment].path
    shown = course.relative(course.released_notebook(assignment))
    cells = read_cells(path, course.relative(path))
    own = dict(zip(cell_ids(cells), cells, strict=True))
    try:
        text = release.decode()
        notebook = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    except ValueError:
        return [f"{shown}:1: not a notebook. Run `make release`"]
    lines = [
        f"{shown}:1: the notebook's metadata hold {name!r}. Run `make release`"
        for name in sorted(set(notebook.metadata) - _NOTEBOOK_METADATA)
    ]
    for cell in notebook.cells:
        at = f"{shown}:{_line_of(text, cell)}"
        lines += [f"{at}: {what}. Run `make release`" for what in _stored(cell)]
        for secret in known:
            if secret.pattern.search(cell.source):
                where = _place(own.get(cell.get("id", "")), secret, course.relative(path)) or at
                lines.append(_released_line(where, secret))
    return lines


def audit_others(course: Course, known: Sequence[Secret]) -> list[str]:
    """One line for each other file of the release directory that must not be there.

    That is a notebook of no assignment, and a file with a secret in it.
    """
    # Also of those whose solution file cannot be read at the moment.
    own = {course.released_notebook(path.stem) for path in course.solutions.glob("*.py")}
    lines = []
    for path in sorted(path for path in course.release.rglob("*") if path.is_file()):
        if path in own:
            continue
        shown = course.relative(path)
        if path.suffix == ".ipynb":
            lines.append(f"{shown}:1: the notebook of no assignment. Move it away")
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for secret in known:
            if found := secret.pattern.search(text):
                line = text.count("\n", 0, found.start()) + 1
                lines.append(_released_line(f"{shown}:{line}", secret))
    return lines


def _released_line(where: str, secret: Secret) -> str:
    told = secret.text if len(secret.text) <= 60 else secret.text[:57] + "..."
    return f"{where}: releases {secret.what}: {told!r}. Take it out"


def _stored(cell: NotebookNode) -> Iterator[str]:
    """What a cell holds beside its source, its id and nbgrader's own metadata."""
    if cell.get("outputs") or cell.get("execution_count"):
        yield "an output is stored with this cell"
    if cell.get("attachments"):
        yield "a file is attached to this cell"
    foreign = set(cell.metadata) - _CELL_METADATA
    foreign |= set(cell.metadata.get("nbgrader", {})) - _NBGRADER_METADATA
    for name in sorted(foreign):
        yield f"the cell's metadata hold {name!r}"


def _place(own: Cell | None, secret: Secret, shown: str) -> str:
    """The line of the solution file that releases a secret; empty where it is not there."""
    if own is None:
        return ""
    source = blanked(own.source)  # line for line what is released
    found = secret.pattern.search(source)
    return f"{shown}:{own.first_line + source.count(chr(10), 0, found.start())}" if found else ""


def _line_of(notebook: str, cell: NotebookNode) -> int:
    """The line of a notebook file at which a cell's id stands."""
    return notebook[: max(notebook.find(f'"id": "{cell.get("id")}"'), 0)].count("\n") + 1


def _secret_texts(course: Course) -> Iterator[tuple[str, str]]:
    """What each secret is, with its place, and its text."""
    for assignment in course.assignments.values():
        shown = course.relative(assignment.path)
        for cell in read_cells(assignment.path, shown):
            for number, line in _inside_regions(cell):
                yield f"a line of the solution, {shown}:{number}", line
    for path in sorted(course.graders.glob("hidden/*.py")):
        shown, (lines, tree) = course.relative(path), _module(path)
        for number, line in enumerate(lines, 1):
            if _tells(line):
                yield f"a line of a hidden grader, {shown}:{number}", line
        for number, text in _texts(tree):
            yield f"a text of a hidden grader, {shown}:{number}", text
    for path in sorted(course.graders.glob("*.py")):
        for node in _module(path)[1].body:
            if assigned(node).endswith("HELP"):
                for number, text in _texts(node):
                    yield f"a help text, {course.relative(path)}:{number}", text


def _inside_regions(cell: Cell) -> Iterator[tuple[int, str]]:
    """The telling lines of a cell's solution regions, with their numbers in the file."""
    inside = False
    for number, line in enumerate(cell.source.splitlines(), cell.first_line):
        if BEGIN in line or END in line:
            inside = BEGIN in line
        elif inside and _tells(line):
            yield number, line


def _module(path: Path) -> tuple[list[str], ast.Module]:
    """The lines and the syntax tree of a module; nothing where the authoring checks refuse it."""
    try:
        source = path.read_text(encoding="utf-8")
        return source.splitlines(), ast.parse(source)
    except (OSError, ValueError, SyntaxError):
        return [], ast.Module([], [])


def _tells(line: str) -> bool:
    line = " ".join(line.split())
    if len(line) < _SHORTEST_LINE or line.startswith(_BEGINS) or line.endswith(_GOES_ON):
        return False
    return _CALL_OR_OPERATOR.search(line) is not None


def _texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The longer strings in a syntax tree, also the fixed parts of f-strings, with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = " ".join(node.value.split())
            if len(text) >= _SHORTEST_TEXT and " " in text:
                yield node.lineno, text


def _secret(what: str, text: str) -> Secret:
    """A secret that is found however its blanks and lines are broken, but only as whole words."""
    words = text.split()
    before = r"(?<!\w)" if words[0][0].isalnum() else ""
    after = r"(?!\w)" if words[-1][-1].isalnum() else ""
    pattern = before + r"\s+".join(map(re.escape, words)) + after
    return Secret(what, " ".join(words), re.compile(pattern))
