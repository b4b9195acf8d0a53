"""Decodes a notebook from a student into bounded plain cells. Trusts nothing in it.

A defect affects nothing else: unambiguous ones are repaired, an unreadable cell is left out, and
each case adds a line to `problems`.
"""

from __future__ import annotations

import ast
import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

import msgspec

from autograder._util import images
from autograder.submissions.attachments import read_attachments
from autograder.submissions.legacy_text import as_utf8
from autograder.submissions.loose_json import Damage, TooMuch, elements, members, text

_MAX_CELLS = 2_000
_MAX_ENTRIES = 20_000  # entries of the list of cells, unreadable ones included
_MAX_NAMED = 50  # unreadable cells with a line each
_LONGEST_PARSED = 100_000  # characters of a cell that is parsed to find its line ends
# The keys of a cell's source and the cell types in notebook formats 1 to 4.
_SOURCE_KEYS = ("source", "input", "code", "text")
_KINDS = {
    **dict.fromkeys(("markdown", "text", "heading"), "markdown"),
    **dict.fromkeys(("raw", "html", "plaintext"), "raw"),
    "code": "code",
}
_SAVE_AGAIN = "Open it in Jupyter, save it and hand it in again"
_Level = Annotated[int, msgspec.Meta(ge=1, le=6)]


class Unreadable(Exception):
    """No work can be read from a notebook: what, where, what to do, in one line."""


@dataclass(frozen=True)
class StudentCell:
    """The parts of a cell that are used: kind (code, markdown, raw), ids, source and attachments."""

    kind: str
    source: str
    cell_id: str = ""
    grade_id: str = ""
    attachments: dict[str, dict[str, str]] = field(default_factory=dict)


class _Notes:
    """What was repaired or lost, with the numbers of the cells concerned."""

    def __init__(self) -> None:
        self.cells: defaultdict[str, list[int]] = defaultdict(list)
        self.damage = Damage()
        self.format = ""  # what is unusual about the format, and how it was read
        self.pictures = 0  # attachments left out

    def lines(self, label: str) -> list[str]:
        """One line for each kind of repair or loss."""
        lines = [
            f"{label}: cell {_listed(numbers)}: {note}" for note, numbers in self.cells.items()
        ]
        if self.damage.is_cut:
            lines.append(
                f"{label}: ends in the middle: what stands before was read. Hand it in again"
            )
        if self.damage.has_more:
            lines.append(f"{label}: holds more behind its end, which was left out. {_SAVE_AGAIN}")
        if self.damage.loose and not (self.damage.is_cut or self.damage.has_more):
            lines.append(f"{label}: not strict JSON, read all the same. {_SAVE_AGAIN}")
        if self.pictures:
            lines.append(
                f"{label}: {self.pictures} attached pictures are left out. Attach PNG, JPEG or GIF "
                f"of at most {images.MAX_PIXELS:,} pixels"
            )
        return lines


def read_student_cells(
    data: bytes, label: str, problems: list[str], most_bytes: int | None = None
) -> list[StudentCell]:
    """The cells of the notebook in `data`, in any notebook format.

    `label` names the file in messages. Adds a line to `problems` for everything lost or replaced.
    Raises Unreadable if `data` is no notebook, or if its cells without outputs exceed `most_bytes`.
    """
    data, encoding = as_utf8(data)
    data = data.removeprefix("\ufeff".encode()).strip(b" \t\r\n")
    if not data:
        raise Unreadable(f"{label}: empty file. Hand in the notebook again")
    notes = _Notes()
    try:
        notebook = members(data, notes.damage)
        raw_cells = _raw_cells(notebook, label, notes)
        parsed = [
            _cell(raw, number, notes) for number, raw in enumerate(raw_cells[:_MAX_ENTRIES], 1)
        ]
    except TooMuch as error:
        raise Unreadable(f"{label}: {error}. Hand in fewer cells and outputs") from None
    cells = [cell for cell in parsed if cell is not None]
    if len(cells) > _MAX_CELLS:
        problems.append(
            f"{label}: {len(cells):,} cells, the first {_MAX_CELLS:,} are read. Hand in fewer"
        )
        del cells[_MAX_CELLS:]
    if not cells and (raw_cells or notes.damage.is_cut):
        raise Unreadable(f"{label}: JSON, but not a notebook (no cell is one). {_SAVE_AGAIN}")
    if notes.format:
        problems.append(f"{label}: {notes.format}")
    if encoding:
        problems.append(
            f"{label}: not UTF-8: its letters were read as {encoding}. Save it as UTF-8"
        )
    problems.extend(notes.lines(label))
    if any("\ufffd" in cell.source for cell in cells):
        problems.append(
            f"{label}: holds characters that no text can hold, shown as \ufffd. Retype them"
        )
    size = sum(map(_size, cells))
    if most_bytes is not None and size > most_bytes:
        raise Unreadable(
            f"{label}: {size:,} bytes without outputs, the limit is {most_bytes:,}. "
            "Hand in shorter cells"
        )
    return cells


def _raw_cells(notebook: Mapping[str, bytes], label: str, notes: _Notes) -> list[bytes]:
    """The cells of a notebook, each as JSON."""
    cells = elements(notebook.get("cells", b""), notes.damage)
    sheets = elements(notebook.get("worksheets", b""), notes.damage)
    has_cells = notebook.get("cells", b"").startswith(b"[")
    if not (has_cells or sheets):
        raise Unreadable(f"{label}: not a notebook (it has no list of cells). {_SAVE_AGAIN}")
    if not cells:
        for sheet in sheets:
            cells += elements(members(sheet, notes.damage).get("cells", b""), notes.damage)
    number = notebook.get("nbformat", b"").strip(b'" ')
    version = int(number) if re.fullmatch(rb"\d{1,3}", number) else 4 if has_cells else 3
    if version < 4:
        notes.format = f"notebook format {version}, upgraded to 4. Nothing to do"
    elif not notes.damage.is_cut and (
        not number.isdigit() or notebook["nbformat"].startswith(b'"')
    ):
        notes.format = "does not say its format as a number: read as 4. Nothing to do"
    return cells


def _cell(raw: bytes, number: int, notes: _Notes) -> StudentCell | None:
    """One cell, or None if it cannot be read."""
    fields = members(raw, notes.damage)
    nbgrader = members(
        members(fields.get("metadata", b""), notes.damage).get("nbgrader", b""), notes.damage
    )
    grade_id = _clean(text(nbgrader.get("grade_id", b"")) or "")
    cell_id = _clean(text(fields.get("id", b"")) or "")
    source_key = next((name for name in _SOURCE_KEYS if name in fields), "source")
    kind = _kind(fields, number, notes)
    source = _source(fields.get(source_key, b""), kind, number, notes)
    if source is None:
        cell_name = grade_id or cell_id
        is_named = len(notes.cells) < _MAX_NAMED and re.fullmatch(r"[\w-]{1,60}", cell_name)
        message = f"{cell_name} cannot be read" if is_named else "cannot be read"
        notes.cells[f"{message}, left out. Write it again"].append(number)
        return None
    if source_key != "source" and not notes.format:
        notes.cells[f"has {source_key} for source: read as that. Nothing to do"].append(number)
    if text(fields.get("cell_type", b"")) == "heading":
        source = f"{'#' * _heading_level(fields.get('level', b'1'))} {source}"
    attachments: dict[str, dict[str, str]] = {}
    if kind == "markdown":
        attachments, left_out = read_attachments(fields.get("attachments", b""), notes.damage)
        notes.pictures += left_out
    return StudentCell(
        kind=kind,
        source=_clean(source),
        cell_id=cell_id,
        grade_id=grade_id,
        attachments={_clean(name): bundle for name, bundle in attachments.items()},
    )


def _kind(fields: Mapping[str, bytes], number: int, notes: _Notes) -> str:
    """Code, markdown or raw; guessed from the other fields if the cell has no type that is known."""
    cell_type = text(fields.get("cell_type", b""))
    if cell_type is not None and (known := _KINDS.get(cell_type.strip().casefold())):
        return known
    kind = "code" if {"outputs", "execution_count", "input", "code"} & fields.keys() else "raw"
    if fields:
        lack = "no type" if cell_type is None else "an unknown type"
        notes.cells[f"has {lack}: read as {kind}. Nothing to do"].append(number)
    return kind


def _source(raw: bytes, kind: str, number: int, notes: _Notes) -> str | None:
    """The text of a cell, or None if part of it is not text."""
    if not raw.startswith(b"["):
        return text(raw)
    lines = [text(line) for line in elements(raw, notes.damage)]
    if None in lines:
        return None
    texts = [line for line in lines if line is not None]
    joined = "".join(texts)
    if len(texts) < 2 or any(line.endswith(("\n", "\r")) for line in texts[:-1]):
        return joined
    by_lines = "\n".join(texts)
    if kind == "code" and not _is_python(by_lines) and _is_python(joined):
        return joined
    notes.cells["has lines without ends: each was read as a line. Nothing to do"].append(number)
    return by_lines


def _is_python(source: str) -> bool:
    try:
        if len(source) <= _LONGEST_PARSED:
            ast.parse(source)
            return True
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # too deeply nested
        pass
    return False


def _heading_level(raw: bytes) -> int:
    """The level of a heading; 1 if it is invalid, which must not lose the whole notebook."""
    try:
        return msgspec.convert(json.loads(raw), _Level)
    except (ValueError, RecursionError):
        return 1


def _size(cell: StudentCell) -> int:
    pictures = sum(len(data) for bundle in cell.attachments.values() for data in bundle.values())
    return len(cell.source.encode()) + pictures


def _clean(text: str) -> str:
    """`text` without NUL and lone surrogates, which neither Python source nor UTF-8 can hold."""
    return text.replace("\0", "\ufffd").encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _listed(numbers: list[int]) -> str:
    more = f" and {len(numbers) - 5} more" if len(numbers) > 5 else ""
    return ", ".join(map(str, numbers[:5])) + more
