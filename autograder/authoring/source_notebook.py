"""Makes the notebook with solutions from the cells of a solution file, and gives its cells their ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder._util.digests import digest
from autograder.authoring.translated_cells import translated
from autograder.course.solution_file import Cell

# Fixed, so that a release does not depend on the author's machine.
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def source_notebook(cells: Sequence[Cell], prose: Callable[[Cell, str], str]) -> bytes:
    """The notebook of these cells; `prose` gives the text of a markdown cell, by the cell and its id."""
    nodes: list[NotebookNode] = []
    # Ids come from the English cells, so that they are the same in every language.
    for cell, cell_id in zip(map(translated, cells), cell_ids(cells), strict=True):
        source = prose(cell, cell_id) if cell.kind == "markdown" else cell.source
        make = new_code_cell if cell.kind == "code" else new_markdown_cell
        node = make(source, metadata=_metadata(cell))  # type: ignore[no-untyped-call]  # nbformat's
        node.id = cell_id
        nodes.append(node)
    notebook = new_notebook(cells=nodes, metadata=_METADATA)
    notebook.nbformat_minor = 5
    nbformat.validate(notebook)
    text: str = nbformat.writes(notebook)
    return (text.rstrip("\n") + "\n").encode()


def _metadata(cell: Cell) -> Mapping[str, Any]:
    metadata: dict[str, Any] = {}
    if cell.nbgrader is not None:
        fields = msgspec.structs.asdict(cell.nbgrader)
        metadata["nbgrader"] = {key: value for key, value in fields.items() if value is not None}
    if cell.tags:
        metadata["tags"] = list(cell.tags)
    return metadata


def cell_ids(cells: Sequence[Cell]) -> list[str]:
    """Each cell's id in the notebooks, the same from release to release.

    It is the cell's grade_id, or a digest of its kind and source if it has none.
    """
    ids = []
    occurrences: Counter[str] = Counter()
    for cell in cells:
        if cell.nbgrader is not None:
            ids.append(cell.nbgrader.grade_id)
            continue
        name = digest(f"{cell.kind}\n{cell.source}")[:12]
        occurrences[name] += 1
        ids.append(name if occurrences[name] == 1 else f"{name}-{occurrences[name]}")
    return ids
