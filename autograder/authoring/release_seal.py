"""The seal that tells whether a released notebook is unchanged since its release.

The seal is a digest of all cells. It is in the notebook's metadata, so it goes with the notebook to
every clone. Filling in a blank, adding a cell or running one makes the cells differ from the seal.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat

from autograder._util.digests import digest
from autograder.submissions.files import read_capped
from autograder.submissions.notebook_json import Unreadable

METADATA = "autograder_release"
_MAX_BYTES = 500_000_000  # a larger notebook counts as changed and is not parsed


def seal_of(notebook: bytes) -> str:
    """The digest of the content of a notebook's cells; the layout of the JSON does not matter."""
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
    return digest(json.dumps(parts, sort_keys=True))


def sealed(notebook: bytes, seal: str) -> bytes:
    """The notebook with this seal in its metadata, formatted as nbgrader does."""
    node: Any = nbformat.reads(notebook.decode(), as_version=4)
    node.metadata[METADATA] = seal
    text: str = nbformat.writes(node)
    return (text.rstrip("\n") + "\n").encode()


def is_untouched(path: Path) -> bool:
    """Whether a notebook is unchanged since its release; False without a seal: it may be anybody's work."""
    try:
        notebook = read_capped(path, _MAX_BYTES, path.name)
        return _seal_in(notebook) == seal_of(notebook)
    except (Unreadable, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return False


def is_released_by_the_kit(path: Path) -> bool:
    """Whether a notebook has a seal, unchanged since or not: another program's has none."""
    try:
        return _seal_in(read_capped(path, _MAX_BYTES, path.name)) is not None
    except (Unreadable, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return False


def _seal_in(notebook: bytes) -> object:
    return json.loads(notebook)["metadata"].get(METADATA)


def _text(source: object) -> str:
    return "".join(source) if isinstance(source, list) else str(source)
