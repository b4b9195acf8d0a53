"""The mark by which a released notebook is known to be just as it was released.

It stands in the metadata of the notebook and goes with it to every clone: a digest of all cells,
as they were released. Whoever fills in a blank, adds a cell or runs one makes the two differ.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import nbformat

from autograder.submissions.files import read_capped
from autograder.submissions.notebook_json import Unreadable

METADATA = "autograder_release"
_MAX_BYTES = 500_000_000


def seal_of(notebook: bytes) -> str:
    """The digest of a notebook's cells: of what they hold, not of how it is laid out."""
    parts = [
        [
            cell.get("cell_type"),
            cell.get("id"),
            _text(cell.get("source", "")),
            cell.get("outputs", []),
            cell.get("attachments", {}),
        ]
        for cell in json.loads(notebook)["cells"]
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def sealed(notebook: bytes, seal: str) -> bytes:
    """The notebook with this mark, as nbgrader writes it."""
    made: Any = nbformat.reads(notebook.decode(), as_version=4)  # type: ignore[no-untyped-call]
    made.metadata[METADATA] = seal
    text: str = nbformat.writes(made)  # type: ignore[no-untyped-call]
    return (text.rstrip("\n") + "\n").encode()


def is_untouched(path: Path) -> bool:
    """Whether a notebook is just as it was released; one without a mark may be anybody's work."""
    try:
        notebook = read_capped(path, _MAX_BYTES, path.name)
        return bool(json.loads(notebook)["metadata"][METADATA] == seal_of(notebook))
    except (Unreadable, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return False


def _text(source: object) -> str:
    return "".join(source) if isinstance(source, list) else str(source)
