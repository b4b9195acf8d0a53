"""Decodes a notebook that a student wrote into bounded plain cells; trusts nothing in it.

A defect costs itself only: what is unambiguous is mended, a cell that cannot be read is left out,
and each of both is a line of `problems`.
"""

from __future__ import annotations

import ast
import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, TypeVar, cast

import msgspec

from autograder._util import images
from autograder.submissions.legacy_text import as_utf8
from autograder.submissions.loose_json import Damage, TooMuch, elements, members, text

_MAX_CELLS = 2_000
_MAX_READ = 20_000  # with those that turn out to be none
_MAX_NAMED = 50  # cells that cannot be read and have a line each
_LONGEST_PARSED = 100_000  # characters of a cell whose line ends are in doubt
# Where formats 1 to 4 keep what is in a cell, and what they call the kinds of cells.
_SOURCES = ("source", "input", "code", "text")
_KINDS = {"code": "code", "markdown": "markdown", "text": "markdown", "heading": "markdown"}
_SAVE_AGAIN = "Open it in Jupyter, save it and hand it in again"
_Level = Annotated[int, msgspec.Meta(ge=1, le=6)]
_T = TypeVar("_T")


class Unreadable(Exception):
    """A notebook from which no work can be taken: what, where, what to do, in one line."""


@dataclass(frozen=True)
class StudentCell:
    """What is taken from one cell: kind (code, markdown, raw), ids and source."""

    kind: str
    source: str
    cell_id: str = ""
    grade_id: str = ""
    attachments: dict[str, dict[str, str]] = field(default_factory=dict)


class _Notes:
    """What was mended or lost, by the numbers of the cells it was in."""

    def __init__(self) -> None:
        self.cells: defaultdict[str, list[int]] = defaultdict(list)
        self.damage = Damage()
        self.format = ""  # what is unusual about the format, and what was done
        self.pictures = 0  # attachments that are left out

    def lines(self, shown: str) -> list[str]:
        """One line for each kind of thing."""
        lines = [
            f"{shown}: cell {_numbers(numbers)}: {what}" for what, numbers in self.cells.items()
        ]
        if self.damage.is_cut:
            lines.append(
                f"{shown}: ends in the middle: what stands before was read. Hand it in again"
            )
        if self.damage.has_more:
            lines.append(f"{shown}: holds more behind its end, which was left out. {_SAVE_AGAIN}")
        if self.damage.loose and not (self.damage.is_cut or self.damage.has_more):
            lines.append(f"{shown}: not strict JSON, read all the same. {_SAVE_AGAIN}")
        if self.pictures:
            lines.append(
                f"{shown}: {self.pictures} attached pictures are left out. Attach PNG, JPEG or GIF "
                f"of at most {images.MAX_PIXELS:,} pixels"
            )
        return lines


def read_student_cells(
    data: bytes, shown: str, problems: list[str], most_bytes: int | None = None
) -> list[StudentCell]:
    """The cells of the notebook in `data`, of whatever format.

    `shown` names the file in messages. Raises Unreadable where there is no notebook in
    it, or where what is in its cells, outputs apart, has more than `most_bytes`. What was lost or
    replaced on the way is added to `problems`.
    """
    data, encoding = as_utf8(data)
    data = data.removeprefix("\ufeff".encode()).strip(b" \t\r\n")
    if not data:
        raise Unreadable(f"{shown}: empty file. Hand in the notebook again")
    notes = _Notes()
    try:
        notebook = members(data, notes.damage)
        raw_cells = _raw_cells(notebook, shown, notes)
        read = [_cell(raw, number, notes) for number, raw in enumerate(raw_cells[:_MAX_READ], 1)]
    except TooMuch as error:
        raise Unreadable(f"{shown}: {error}. Hand in fewer cells and outputs") from None
    cells = [cell for cell in read if cell is not None]
    if len(cells) > _MAX_CELLS:
        problems.append(
            f"{shown}: {len(cells):,} cells, the first {_MAX_CELLS:,} are read. Hand in fewer"
        )
        del cells[_MAX_CELLS:]
    if not cells and (raw_cells or notes.damage.is_cut):
        raise Unreadable(f"{shown}: JSON, but not a notebook (no cell is one). {_SAVE_AGAIN}")
    if notes.format:
        problems.append(f"{shown}: {notes.format}")
    if encoding:
        problems.append(
            f"{shown}: not UTF-8: its letters were read as {encoding}. Save it as UTF-8"
        )
    problems.extend(notes.lines(shown))
    if any("\ufffd" in cell.source for cell in cells):
        problems.append(
            f"{shown}: holds characters that no text can hold, shown as \ufffd. Retype them"
        )
    size = sum(map(_size, cells))
    if most_bytes is not None and size > most_bytes:
        raise Unreadable(
            f"{shown}: {size:,} bytes without outputs, the limit is {most_bytes:,}. "
            "Hand in shorter cells"
        )
    return cells


def _raw_cells(notebook: Mapping[str, bytes], shown: str, notes: _Notes) -> list[bytes]:
    """The cells of a notebook, each as JSON."""
    cells = elements(notebook.get("cells", b""), notes.damage)
    sheets = elements(notebook.get("worksheets", b""), notes.damage)
    has_cells = notebook.get("cells", b"").startswith(b"[")
    if not (has_cells or sheets):
        raise Unreadable(f"{shown}: not a notebook (it has no list of cells). {_SAVE_AGAIN}")
    if not cells:
        for sheet in sheets:
            cells += elements(members(sheet, notes.damage).get("cells", b""), notes.damage)
    written = notebook.get("nbformat", b"").strip(b'" ')
    version = int(written) if re.fullmatch(rb"\d{1,3}", written) else 4 if has_cells else 3
    if version < 4:
        notes.format = f"notebook format {version}, upgraded to 4. Nothing to do"
    elif not written.isdigit() or notebook["nbformat"].startswith(b'"'):
        notes.format = "does not say its format as a number: read as 4. Nothing to do"
    return cells


def _cell(raw: bytes, number: int, notes: _Notes) -> StudentCell | None:
    """What is taken from one cell; None for one that cannot be read."""
    fields = members(raw, notes.damage)
    nbgrader = members(
        members(fields.get("metadata", b""), notes.damage).get("nbgrader", b""), notes.damage
    )
    grade_id = _text(text(nbgrader.get("grade_id", b"")) or "")
    cell_id = _text(text(fields.get("id", b"")) or "")
    written = next((name for name in _SOURCES if name in fields), "source")
    kind = _kind(fields, number, notes)
    source = _source(fields.get(written, b'""'), kind, number, notes) if fields else None
    if source is None:
        answer = grade_id or cell_id
        named = len(notes.cells) < _MAX_NAMED and re.fullmatch(r"[\w-]{1,60}", answer)
        what = f"{answer} cannot be read" if named else "cannot be read"
        notes.cells[f"{what}, left out. Write it again"].append(number)
        return None
    if written != "source" and not notes.format:
        notes.cells[f"has {written} for source: read as that. Nothing to do"].append(number)
    if text(fields.get("cell_type", b"")) == "heading":
        source = f"{'#' * _decoded(fields.get('level', b'1'), _Level, 1)} {source}"
    attached: dict[str, dict[str, str]] = {}
    if kind == "markdown":
        attached = _decoded(fields.get("attachments", b"{}"), dict[str, dict[str, str]], attached)
    return StudentCell(
        kind=kind,
        source=_text(source),
        cell_id=cell_id,
        grade_id=grade_id,
        attachments=_pictures(attached, notes),
    )


def _kind(fields: Mapping[str, bytes], number: int, notes: _Notes) -> str:
    """Code, markdown or raw; by what else is in the cell where it does not say."""
    written = text(fields.get("cell_type", b""))
    if written is not None:
        return _KINDS.get(written.strip().casefold(), "raw")
    kind = "code" if {"outputs", "execution_count", "input", "code"} & fields.keys() else "raw"
    if fields:
        notes.cells[f"has no type: read as {kind}. Nothing to do"].append(number)
    return kind


def _source(raw: bytes, kind: str, number: int, notes: _Notes) -> str | None:
    """The text of a cell; None where it is none, or not as a whole."""
    if not raw.startswith(b"["):
        return text(raw)
    lines = [text(line) for line in elements(raw, notes.damage)]
    if None in lines:
        return None
    known = [line for line in lines if line is not None]
    joined = "".join(known)
    if len(known) < 2 or any(line.endswith(("\n", "\r")) for line in known[:-1]):
        return joined
    by_lines = "\n".join(known)
    if kind == "code" and not _is_python(by_lines) and _is_python(joined):
        return joined
    notes.cells["has lines without ends: each was read as a line. Nothing to do"].append(number)
    return by_lines


def _is_python(source: str) -> bool:
    try:
        if len(source) <= _LONGEST_PARSED:
            ast.parse(source)
            return True
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # nested beyond the parser
        pass
    return False


def _pictures(attached: dict[str, dict[str, str]], notes: _Notes) -> dict[str, dict[str, str]]:
    """Attachments that a page can show; the others are counted."""
    found: dict[str, dict[str, str]] = {}
    for name, bundle in attached.items():
        shown = {mime: data for mime, data in bundle.items() if images.is_safe_image(mime, data)}
        if shown:
            found[_text(name)] = shown
        else:
            notes.pictures += 1
    return found


def _decoded(raw: bytes, form: object, otherwise: _T) -> _T:
    """`raw` as `form`, or `otherwise`: one odd field does not cost the whole notebook."""
    try:
        return cast(_T, msgspec.convert(json.loads(raw), form))
    except (ValueError, RecursionError):
        return otherwise


def _size(cell: StudentCell) -> int:
    pictures = sum(len(data) for each in cell.attachments.values() for data in each.values())
    return len(cell.source.encode()) + pictures


def _text(text: str) -> str:
    """`text` without NUL and lone surrogates, which neither Python source nor UTF-8 can hold."""
    return text.replace("\0", "\ufffd").encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _numbers(numbers: list[int]) -> str:
    more = f" and {len(numbers) - 5} more" if len(numbers) > 5 else ""
    return ", ".join(map(str, numbers[:5])) + more
