"""Makes the notebooks with solutions of stamped releases, without executing the solutions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial

from autograder._util.i18n import use_language
from autograder.authoring.release_seal import seal_of, sealed
from autograder.authoring.source_notebook import source_notebook
from autograder.course.course import Course
from autograder.course.release_stamps import stamped
from autograder.course.solution_file import Cell, read_cells


def stamped_sources(course: Course) -> dict[str, bytes] | None:
    """The notebooks with solutions, with the prose of the stamped releases.

    None without stamps that fit, and for a course with answers that a person grades: nbgrader has
    taken their model answers and mark schemes out of the releases.
    """
    releases = stamped(course)
    if releases is None:
        return None
    use_language(course.config.language, course.graders)
    notebooks = {}
    for name, release in releases.items():
        assignment = course.assignments[name]
        cells = read_cells(assignment.path, course.relative(assignment.path))
        if any(cell.kind == "markdown" and cell.nbgrader for cell in cells):
            return None
        released = json.loads(release)["cells"]
        prose = {cell["id"]: "".join(cell["source"]) for cell in released}
        notebook = source_notebook(cells, partial(_text_of, prose))
        notebooks[name] = sealed(notebook, seal_of(release))
    return notebooks


def _text_of(prose: Mapping[str, str], _: Cell, cell_id: str) -> str:
    return prose[cell_id]
