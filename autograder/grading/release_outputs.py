"""The outputs of the release's own figures, drawn once a course instead of once a submission.

They are made in a sandbox of their own, in which no student's code runs, whichever way a submission
is graded: so every path shows the same ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import nbformat

from autograder._util.atomic import read_sealed, write_sealed
from autograder._util.digests import json_digest, package_digest
from autograder._util.machine import versions
from autograder.course.course import Course
from autograder.grading.cells_to_run import cells_to_run
from autograder.grading.independent_cells import independent_cells
from autograder.sandbox.host.cells import Cell
from autograder.sandbox.host.exchange import Died
from autograder.sandbox.host.session import Session
from autograder.sandbox.protocol.limits import Limits

Outputs = dict[str, list[dict[str, Any]]]


def with_release_outputs(
    cells: Sequence[Cell], course: Course, assignment: str, *, sandboxed: bool
) -> list[Cell]:
    """The cells of a submission; those that depend on the release alone have its outputs.

    Raises SandboxUnavailable.
    """
    own = released_cells(course, assignment)
    independent = independent_cells(cells, {cell.id: cell.source for cell in own})
    if not independent:
        return list(cells)
    outputs = _outputs(own, course, course.config.limits_for(assignment), sandboxed)
    return [
        cell._replace(outputs=tuple(outputs[cell.id]))
        if cell.id in independent and cell.id in outputs
        else cell
        for cell in cells
    ]


def released_cells(course: Course, assignment: str) -> tuple[Cell, ...]:
    """The release's own cells that run, without the blanks; none if there is no release."""
    path = course.released_notebook(assignment)
    return _own_cells(path, path.stat().st_mtime_ns) if path.exists() else ()


@lru_cache(maxsize=8)
def _own_cells(path: Path, _modified: int) -> tuple[Cell, ...]:
    """The cells of a released notebook that run, without the blanks."""
    notebook = nbformat.read(path, as_version=4)
    blanks = {c.id for c in notebook.cells if c.metadata.get("nbgrader", {}).get("solution")}
    return tuple(cell for cell in cells_to_run(notebook) if cell.id not in blanks)


def _outputs(own: Sequence[Cell], course: Course, limits: Limits, sandboxed: bool) -> Outputs:
    """The outputs of the independent cells among these, by their ids: from the cache, or made now."""
    parts = [own, package_digest(), sorted(versions().items()), course.config.language]
    parts.append(msgspec.to_builtins(limits))
    path = course.cache / "outputs" / json_digest(parts)
    if (stored := read_sealed(path)) is not None:
        return msgspec.json.decode(stored, type=Outputs)
    independent = independent_cells(own, {cell.id: cell.source for cell in own})
    with Session(limits, sandboxed=sandboxed) as session:
        try:
            session.run(own)
        except Died:
            return {}
        outputs = {
            cell: outputs
            for cell, outputs in session.outputs.items()
            if cell in independent and all(map(_is_shown, outputs))
        }
    write_sealed(path, msgspec.json.encode(outputs))
    return outputs


def _is_shown(output: dict[str, Any]) -> bool:
    """Whether an output is a text or a picture, and neither an error nor numbered as a result."""
    return output["output_type"] in ("display_data", "stream")
