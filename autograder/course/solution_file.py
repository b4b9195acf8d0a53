"""Reads a solution file (Jupytext py:percent) strictly, as cells with their line numbers.

Jupytext silently accepts a broken `# %%` line. This module parses every such line with one small
grammar and refuses everything else, with its line number.
"""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from autograder.course.cells import EXPLORATION
from autograder.course.solution_header import extra_cell, header_problem

_MARKER = re.compile(r"^\s*#\s*%%")
_CELL_MAGIC = re.compile(r"^# %%[a-z]+( [^=]*)?$")
_KNOWN_KEYS = ("nbgrader", "tags")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# The roles that a cell can have in nbgrader: solution, grade, locked, task.
_ROLES = {
    (True, False, False, False),  # a blank
    (False, True, True, False),  # a grade cell
    (False, False, True, False),  # a read-only cell
}
_WRITTEN_ROLES = {
    (True, True, False, False),  # a written answer
    (False, False, True, True),  # a task
}


class AuthoringError(Exception):
    """An error that the course's author must correct: where, what, what to do, in one line."""


class NbgraderCell(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """nbgrader's metadata for one cell, schema version 3."""

    grade: bool
    grade_id: str
    locked: bool
    schema_version: int
    solution: bool
    task: bool
    points: float | None = None


@dataclass(frozen=True)
class Cell:
    """One cell: `kind` is code, markdown or raw; `line` is the number of its `# %%` line."""

    kind: str
    source: str
    line: int
    first_line: int  # the line of the file at which `source` begins
    nbgrader: NbgraderCell | None
    tags: tuple[str, ...]

    @property
    def is_question(self) -> bool:
        """Whether this is the grade cell of a question that tests grade."""
        return self.nbgrader is not None and self.nbgrader.grade and not self.is_written

    @property
    def is_written(self) -> bool:
        """Whether a person grades this cell: nbgrader's manually graded answer or task."""
        meta = self.nbgrader
        return meta is not None and (meta.task or (meta.grade and meta.solution))

    @property
    def is_blank(self) -> bool:
        """Whether the student writes in this cell."""
        return self.nbgrader is not None and self.nbgrader.solution


def read_cells(path: Path, label: str) -> list[Cell]:
    """The cells of the solution file at `path`; `label` names the file in messages.

    Raises AuthoringError for a file that is missing, is not UTF-8, or has `# %%` lines that Jupytext
    would misread.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")  # editors on Windows begin it with a BOM
    except (OSError, UnicodeDecodeError) as error:
        raise AuthoringError(
            f"{label}:1: cannot be read ({error}). Write it as UTF-8 text"
        ) from None
    return list(_cells(text, label))


@lru_cache(maxsize=64)
def _cells(text: str, label: str) -> tuple[Cell, ...]:
    """The cells of a text; cached, because every submission of a class needs the same ones."""
    lines = text.splitlines()
    headers = [
        number for number, line in enumerate(lines, 1) if _is_header(line, f"{label}:{number}")
    ]
    # Before Jupytext, which fails on some of them with an error of its own code.
    read_headers = [_read_header(lines[number - 1], f"{label}:{number}") for number in headers]
    import jupytext  # takes a second or more, which check() in a notebook does not need

    try:
        notebook = jupytext.reads(text, fmt="py:percent")
    except Exception as error:  # raised by YAML, nbformat or Jupytext
        number, problem = header_problem(lines, error)
        raise AuthoringError(f"{label}:{number}: {problem}") from None
    if len(notebook.cells) != len(headers):
        kinds = [cell.cell_type for cell in notebook.cells]
        if extra := extra_cell(lines[: headers[0]] if headers else lines, kinds):
            raise AuthoringError(f"{label}:{extra[0]}: {extra[1]}")
        first = headers[0] if headers else 1
        raise AuthoringError(
            f"{label}:{first}: has {len(headers)} '# %%' lines, but Jupytext sees "
            f"{len(notebook.cells)} cells. Begin the file with a '# %%' line; none in a string"
        )
    cells = []
    for number, read_header, cell in zip(headers, read_headers, notebook.cells, strict=True):
        kind, metadata = read_header
        if kind != cell.cell_type or set(metadata) != set(cell.metadata) & set(_KNOWN_KEYS):
            raise AuthoringError(
                f"{label}:{number}: Jupytext reads this cell as {cell.cell_type} with "
                f"{sorted(cell.metadata)}. Write the '# %%' line as one plain line"
            )
        cells.append(
            Cell(
                kind=kind,
                source=cell.source,
                line=number,
                first_line=_first_line(lines, number, kind),
                nbgrader=_nbgrader(metadata.get("nbgrader"), kind, f"{label}:{number}"),
                tags=tuple(metadata.get("tags", [])),
            )
        )
    return tuple(cells)


def _is_header(line: str, place: str) -> bool:
    if not _MARKER.match(line) or _CELL_MAGIC.match(line):
        return False
    if not re.match(r"^# %%( |$)", line):
        remedy = "Begin it with '# %% '"
        if line[0].isspace():
            remedy = "Take the spaces before it away, or one % if it is a comment"
        elif re.match(r"^# %%[^\s\w]", line):
            remedy = "Begin a cell with '# %% '; put text that begins with %% between triple quotes"
        raise AuthoringError(f"{place}: {line.strip()[:60]!r} is no cell marker. {remedy}")
    return True


def _read_header(line: str, place: str) -> tuple[str, dict[str, Any]]:
    """The kind and metadata on a `# %%` line: `# %% [markdown] key=JSON key=JSON`."""
    rest = line.removeprefix("# %%").strip()
    kind = "code"
    for name in ("markdown", "raw"):
        if rest.startswith(f"[{name}]"):
            kind, rest = name, rest.removeprefix(f"[{name}]").strip()
    metadata: dict[str, Any] = {}
    while rest:
        key, equals, value = rest.partition("=")
        if not equals or key not in _KNOWN_KEYS or key in metadata:
            raise AuthoringError(
                f"{place}: cell metadata: {rest[:40]!r} is not understood. Write "
                f"{' or '.join(f'{name}=JSON' for name in _KNOWN_KEYS)}, each once, with a space between"
            )
        try:
            metadata[key], end = json.JSONDecoder().raw_decode(value)
        except ValueError as error:
            raise AuthoringError(
                f"{place}: cell metadata: {key} is not JSON ({error}). "
                "Check quotes, commas and braces"
            ) from None
        rest = value[end:].strip()
    tags = metadata.get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise AuthoringError(f'{place}: tags must be a list of strings. Write tags=["exploration"]')
    for tag in difflib.get_close_matches(EXPLORATION, tags):
        if tag != EXPLORATION:  # which would be graded, though meant for students alone
            raise AuthoringError(f'{place}: there is no tag "{tag}". Write tags=["{EXPLORATION}"]')
    return kind, metadata


def _nbgrader(value: object, kind: str, place: str) -> NbgraderCell | None:
    if value is None:
        return None
    try:
        cell = msgspec.convert(value, NbgraderCell)
    except msgspec.ValidationError as error:
        raise AuthoringError(
            f"{place}: nbgrader metadata: {error}. Compare with another cell"
        ) from None
    role = (cell.solution, cell.grade, cell.locked, cell.task)
    if role in _WRITTEN_ROLES:
        if kind != "markdown":
            raise AuthoringError(
                f"{place}: nbgrader metadata: a {kind} cell that a person grades. Make it a Markdown "
                "cell, or a task whose code the student writes into cells of their own"
            )
    elif role not in _ROLES:
        raise AuthoringError(
            f"{place}: nbgrader metadata: solution, grade, locked, task = {role}. "
            "A blank has only solution true, a grade cell grade and locked, a read-only cell locked, "
            "a written answer solution and grade, a task locked and task"
        )
    if cell.schema_version != 3:
        raise AuthoringError(
            f"{place}: nbgrader metadata: schema_version {cell.schema_version}. Write 3"
        )
    if role in _WRITTEN_ROLES and not (cell.points and cell.points > 0):
        raise AuthoringError(
            f"{place}: nbgrader metadata: points {cell.points}. Give what a person grades more than 0 points"
        )
    has_points = cell.grade or cell.task
    is_amount = cell.points is None or 0 <= cell.points < float("inf")  # JSON here has NaN, too
    if has_points != (cell.points is not None) or not is_amount:
        raise AuthoringError(f"{place}: nbgrader metadata: points {cell.points}. "
                             "Give a grade cell its points, 0 for extra credit, other cells none")  # fmt: skip
    if not _NAME.fullmatch(cell.grade_id.replace("_", "-")) or len(cell.grade_id) > 60:
        raise AuthoringError(
            f"{place}: nbgrader metadata: grade_id {cell.grade_id!r}. "
            "Use a-z, 0-9 and single hyphens"
        )
    if kind != "code" and role not in _WRITTEN_ROLES:
        raise AuthoringError(
            f"{place}: nbgrader metadata on a {kind} cell. Use it on code cells, and on Markdown cells "
            "that a person grades"
        )
    return cell


def _first_line(lines: list[str], header: int, kind: str) -> int:
    """The line where a cell's source begins: Jupytext drops empty lines above it.

    It also drops the quotes around the text of Markdown and raw cells.
    """
    dropped = {""} if kind == "code" else {"", '"""', 'r"""'}
    index = header
    while index < len(lines) and lines[index].strip() in dropped:
        index += 1
    return index + 1
