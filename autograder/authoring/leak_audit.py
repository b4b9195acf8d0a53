"""Search a release for leaks: solutions, hidden graders, help texts, outputs, foreign metadata."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbformat import NotebookNode

from autograder.authoring.release_seal import METADATA, is_released_by_the_kit
from autograder.authoring.source_notebook import cell_ids
from autograder.course.cells import BEGIN, BEGIN_SCHEME, END, END_SCHEME, blanked
from autograder.course.course import Course
from autograder.course.grader_syntax import assigned
from autograder.course.solution_file import Cell, read_cells

_MIN_LINE = 12  # characters: `return a + b`
_MIN_TEXT = 30  # characters
_CALL_OR_OPERATOR = re.compile(r"\w[(\[]|[-+*/%=<>@'\"]")
_IMPORTS = ("import ", "from ")
_OPEN_BRACKETS = ("(", "[", "{")
_NOTEBOOK_METADATA = {"kernelspec", "language_info", METADATA}
_CELL_METADATA = {"deletable", "editable", "nbgrader", "tags"}
_NBGRADER_METADATA = {
    *("cell_type", "checksum", "grade", "grade_id", "locked", "points"),
    *("schema_version", "solution", "task"),
}


class Secret(NamedTuple):
    """A text that no released cell may contain: its description with its place, and its pattern."""

    description: str
    text: str
    pattern: re.Pattern[str]


def secrets(course: Course) -> list[Secret]:
    """Every secret of the course.

    These are the lines of solution regions, model answers and mark schemes, the lines and the
    strings of hidden graders, and the strings of the visible graders' HELP. Strings and lines of
    prose have at least 30 characters, lines of code at least 12. Lines of code that reveal nothing
    by themselves are exempt: imports, lines that end in an opening bracket, and lines without a
    call, an index or an operator, such as `return total`.
    """
    by_text: dict[str, Secret] = {}
    for description, text in _secret_texts(course):
        secret = _make_secret(description, text)
        by_text.setdefault(secret.text, secret)
    return list(by_text.values())


def audit(
    course: Course, assignment: str, release: bytes, known_secrets: Sequence[Secret]
) -> list[str]:
    """One line for each thing in a released notebook that must not be there.

    A line names the place in the solution file that the leak comes from, or the place in the
    notebook if the solution file does not contain it.
    """
    path = course.assignments[assignment].path
    released_file = course.relative(course.released_notebook(assignment))
    cells = read_cells(path, course.relative(path))
    solution_cells = dict(zip(cell_ids(cells), cells, strict=True))
    try:
        text = release.decode()
        notebook = nbformat.reads(text, as_version=4)
    except ValueError:
        return [f"{released_file}:1: not a notebook. Run `make release`"]
    lines = [
        f"{released_file}:1: the notebook's metadata hold {name!r}. Run `make release`"
        for name in sorted(set(notebook.metadata) - _NOTEBOOK_METADATA)
    ]
    for cell in notebook.cells:
        cell_location = f"{released_file}:{_cell_line(text, cell)}"
        lines += [
            f"{cell_location}: {defect}. Run `make release`" for defect in _foreign_content(cell)
        ]
        for secret in known_secrets:
            if secret.pattern.search(cell.source):
                solution_cell = solution_cells.get(cell.get("id", ""))
                location = _solution_location(solution_cell, secret, course.relative(path))
                lines.append(_leak_message(location or cell_location, secret))
    return lines


def audit_others(course: Course, known_secrets: Sequence[Secret]) -> list[str]:
    """One line for each other file of the release directory that must not be there.

    That is a copy of a notebook, one that was released for an assignment that is gone, or a file that
    contains a secret. A notebook that another program released beside ours may stand there.
    """
    # From the file names, so that an unreadable solution file still has its notebook.
    assignment_notebooks = {
        course.released_notebook(path.stem) for path in course.solutions.glob("*.py")
    }
    lines = []
    for path in sorted(path for path in course.release.rglob("*") if path.is_file()):
        if path in assignment_notebooks:
            continue
        file = course.relative(path)
        text = path.read_text(encoding="utf-8", errors="replace")
        if path.suffix == ".ipynb":
            if path.parent.name in course.assignments or is_released_by_the_kit(path):
                lines.append(f"{file}:1: the notebook of no assignment. Move it away")
                continue
            text = _sources(text)
        for secret in known_secrets:
            if match := secret.pattern.search(text):
                line = text.count("\n", 0, match.start()) + 1
                lines.append(_leak_message(f"{file}:{line}", secret))
    return lines


def _sources(notebook: str) -> str:
    """The text of all cells in one line, without JSON's escapes; as it is if it is no notebook."""
    try:
        cells = nbformat.reads(notebook, as_version=4).cells
    except Exception:  # nbformat raises what it meets
        return notebook
    return " ".join(" ".join(cell.source.split()) for cell in cells)


def _leak_message(location: str, secret: Secret) -> str:
    excerpt = secret.text if len(secret.text) <= 60 else secret.text[:57] + "..."
    return f"{location}: releases {secret.description}: {excerpt!r}. Take it out"


def _foreign_content(cell: NotebookNode) -> Iterator[str]:
    """What a cell contains besides its source, its id and nbgrader's own metadata."""
    if cell.get("outputs") or cell.get("execution_count"):
        yield "an output is stored with this cell"
    if cell.get("attachments"):
        yield "a file is attached to this cell"
    foreign = set(cell.metadata) - _CELL_METADATA
    foreign |= set(cell.metadata.get("nbgrader", {})) - _NBGRADER_METADATA
    for name in sorted(foreign):
        yield f"the cell's metadata hold {name!r}"


def _solution_location(cell: Cell | None, secret: Secret, file: str) -> str:
    """The place in the solution file that releases a secret; empty if it is not there."""
    if cell is None:
        return ""
    source = blanked(cell.source)  # has the released cell's line numbers
    match = secret.pattern.search(source)
    return f"{file}:{cell.first_line + source.count(chr(10), 0, match.start())}" if match else ""


def _cell_line(notebook: str, cell: NotebookNode) -> int:
    """The line number of a cell's id in the text of a notebook file."""
    return notebook[: max(notebook.find(f'"id": "{cell.get("id")}"'), 0)].count("\n") + 1


def _secret_texts(course: Course) -> Iterator[tuple[str, str]]:
    """The description of each secret, with its place, and its text."""
    for assignment in course.assignments.values():
        file = course.relative(assignment.path)
        for cell in read_cells(assignment.path, file):
            if cell.is_written:
                for number, line in _notes_for_graders(cell):
                    yield f"a line of a model answer or mark scheme, {file}:{number}", line
                continue
            for number, line in _inside_regions(cell):
                yield f"a line of the solution, {file}:{number}", line
    for path in sorted(course.graders.glob("hidden/*.py")):
        file, (lines, tree) = course.relative(path), _module(path)
        for number, line in enumerate(lines, 1):
            if _is_revealing(line):
                yield f"a line of a hidden grader, {file}:{number}", line
        for number, text in _texts(tree):
            yield f"a text of a hidden grader, {file}:{number}", text
    for path in sorted(course.graders.glob("*.py")):
        for node in _module(path)[1].body:
            if assigned(node).endswith("HELP"):
                for number, text in _texts(node):
                    yield f"a help text, {course.relative(path)}:{number}", text


def _inside_regions(cell: Cell) -> Iterator[tuple[int, str]]:
    """The revealing lines of a cell's solution regions, with their line numbers in the file."""
    inside = False
    for number, line in enumerate(cell.source.splitlines(), cell.first_line):
        if BEGIN in line or END in line:
            inside = BEGIN in line
        elif inside and _is_revealing(line):
            yield number, line


def _notes_for_graders(cell: Cell) -> Iterator[tuple[int, str]]:
    """The longer lines of a model answer or of a task's mark scheme, with their line numbers."""
    # nbgrader takes a model answer out as a whole if no region is marked in it.
    inside = cell.is_blank and BEGIN not in cell.source
    for number, line in enumerate(cell.source.splitlines(), cell.first_line):
        if any(mark in line for mark in (BEGIN, END, BEGIN_SCHEME, END_SCHEME)):
            inside = BEGIN in line or BEGIN_SCHEME in line
        elif inside and len(" ".join(line.split())) >= _MIN_TEXT:
            yield number, line


def _module(path: Path) -> tuple[list[str], ast.Module]:
    """The lines and the syntax tree of a module; empty if it cannot be read, which checks.py reports."""
    try:
        source = path.read_text(encoding="utf-8-sig")
        return source.splitlines(), ast.parse(source)
    except (OSError, ValueError, SyntaxError, RecursionError, MemoryError):
        return [], ast.Module([], [])


def _is_revealing(line: str) -> bool:
    line = " ".join(line.split())
    if len(line) < _MIN_LINE or line.startswith(_IMPORTS) or line.endswith(_OPEN_BRACKETS):
        return False
    return _CALL_OR_OPERATOR.search(line) is not None


def _texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The longer strings in a syntax tree, including literal parts of f-strings, with line numbers."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = " ".join(node.value.split())
            if len(text) >= _MIN_TEXT and " " in text:
                yield node.lineno, text


def _make_secret(description: str, text: str) -> Secret:
    """A secret whose pattern ignores how white space breaks it, and matches only whole words."""
    words = text.split()
    before = r"(?<!\w)" if words[0][0].isalnum() else ""
    after = r"(?!\w)" if words[-1][-1].isalnum() else ""
    pattern = before + r"\s+".join(map(re.escape, words)) + after
    return Secret(description, " ".join(words), re.compile(pattern))
