"""Decodes a notebook that a student wrote into bounded plain cells; trusts nothing in it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TypeVar, cast

import msgspec
import nbformat

from autograder import embedded

_MOST_CELLS = 2_000
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


# Fields that are not named here, outputs above all, are skipped without being built.
class _Nbgrader(msgspec.Struct):
    grade_id: str = ""


class _Metadata(msgspec.Struct):
    nbgrader: _Nbgrader = msgspec.field(default_factory=_Nbgrader)


class _Cell(msgspec.Struct):
    cell_type: str
    source: msgspec.Raw = msgspec.Raw(b'""')
    id: msgspec.Raw = msgspec.Raw(b'""')
    metadata: msgspec.Raw = msgspec.Raw(b"{}")
    attachments: msgspec.Raw = msgspec.Raw(b"{}")


class _Notebook(msgspec.Struct):
    cells: list[_Cell]


class _Format(msgspec.Struct):
    nbformat: int


def read_student_cells(data: bytes, shown: str, problems: list[str]) -> list[StudentCell]:
    """The cells of the notebook in `data`; older formats are upgraded.

    `shown` names the file in messages. Raises Unreadable where there is no notebook in
    it. What was lost or replaced on the way is added to `problems`.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not data.strip():
        raise Unreadable(f"{shown}: empty file. Hand in the notebook again")
    again = "Open it in Jupyter, save it and hand it in again"
    try:
        try:
            version = msgspec.json.decode(data, type=_Format).nbformat
        except msgspec.ValidationError:
            raise
        except msgspec.DecodeError:
            data = _loosely(data)
            version = msgspec.json.decode(data, type=_Format).nbformat
        if version < 4:
            data = _upgraded(data)
            problems.append(f"{shown}: notebook format {version}, upgraded to 4. Nothing to do")
        found = msgspec.json.decode(data, type=_Notebook).cells
    except RecursionError:
        raise Unreadable(f"{shown}: nested too deeply for a notebook. {again}") from None
    except msgspec.ValidationError as error:
        raise Unreadable(f"{shown}: JSON, but not a notebook ({_brief(error)}). {again}") from None
    except ValueError as error:
        raise Unreadable(f"{shown}: not a notebook ({_brief(error)}). {again}") from None
    except MemoryError:
        raise
    except Exception as error:  # nbformat's upgrade of formats 1 to 3 raises as it likes
        reason = type(error).__name__
        raise Unreadable(f"{shown}: cannot be upgraded ({reason}). {again}") from None
    if len(found) > _MOST_CELLS:
        problems.append(
            f"{shown}: {len(found):,} cells, the first {_MOST_CELLS:,} are read. Hand in fewer"
        )
    left_out: list[str] = []
    cells = [_cell(raw, left_out) for raw in found[:_MOST_CELLS]]
    if left_out:
        problems.append(
            f"{shown}: {len(left_out)} attached pictures are left out. Attach PNG, JPEG or GIF of "
            f"at most {embedded.MOST_PIXELS:,} pixels"
        )
    if any("\ufffd" in cell.source for cell in cells):
        problems.append(
            f"{shown}: holds characters that no text can hold, shown as \ufffd. Retype them"
        )
    return cells


def _loosely(data: bytes) -> bytes:
    """`data` as strict JSON: Python also writes NaN, and bytes may be broken in outputs."""
    document = json.loads(
        data.decode(json.detect_encoding(data), "replace"), parse_constant=lambda _: None
    )
    return _text(json.dumps(document, ensure_ascii=False)).encode()


def _upgraded(data: bytes) -> bytes:
    notebook = nbformat.reads(data.decode("utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    return json.dumps(notebook).encode()


def _cell(raw: _Cell, left_out: list[str]) -> StudentCell:
    """What is taken from one cell; names of attachments that are not go to `left_out`."""
    kind = raw.cell_type if raw.cell_type in ("code", "markdown") else "raw"
    metadata = _decoded(raw.metadata, _Metadata, _Metadata())
    lines = _decoded(raw.source, str | list[str], "")
    attached: dict[str, dict[str, str]] = {}
    if kind == "markdown":
        attached = _decoded(raw.attachments, dict[str, dict[str, str]], attached)
    return StudentCell(
        kind=kind,
        source=_text("".join(lines)),
        cell_id=_text(_decoded(raw.id, str, "")),
        grade_id=_text(metadata.nbgrader.grade_id),
        attachments=_pictures(attached, left_out),
    )


def _pictures(
    attached: dict[str, dict[str, str]], left_out: list[str]
) -> dict[str, dict[str, str]]:
    """Attachments that a page can show; the names of the others go to `left_out`."""
    found: dict[str, dict[str, str]] = {}
    for name, bundle in attached.items():
        shown = {mime: data for mime, data in bundle.items() if embedded.is_shown(mime, data)}
        if shown:
            found[_text(name)] = shown
        else:
            left_out.append(name)
    return found


def _decoded(raw: msgspec.Raw, form: object, otherwise: _T) -> _T:
    """`raw` as `form`, or `otherwise`: one odd field does not cost the whole notebook."""
    try:
        return cast(_T, msgspec.convert(json.loads(bytes(raw)), form))
    except (ValueError, RecursionError):
        return otherwise


def _text(text: str) -> str:
    """`text` without NUL and lone surrogates, which neither Python source nor UTF-8 can hold."""
    return text.replace("\0", "\ufffd").encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())[:120]
