"""Recognizes a release by the solution that it was made of, so that grading need not make it again.

`make release` writes down in solutions/released.json which solution each notebook was made of. To make
one executes the solutions, for the numbers in their prose, and takes half a minute; a class waits
for it in every new clone. `make release` and `make validate` themselves make each notebook anew.

The file is among the solutions because a digest of a solution tells who guesses it that it is right.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial

import msgspec

from autograder._util.atomic import write_whole
from autograder._util.digests import digest, file_digest, json_digest
from autograder._util.i18n import catalog_places, catalogs, use_language
from autograder.authoring.release_seal import seal_of, sealed
from autograder.authoring.source_notebook import source_notebook
from autograder.course.course import Course
from autograder.course.solution_file import Cell, read_cells

NAME = "released.json"


class _Stamp(msgspec.Struct):
    """The digests of what a notebook was made of, and of the notebook."""

    made_of: str
    release: str


def stamp(course: Course, releases: Mapping[str, bytes]) -> None:
    """Write down what these released notebooks were made of, by assignment. Raises OSError."""
    stamps = {
        name: _Stamp(_made_of(course, name), digest(release)) for name, release in releases.items()
    }
    data = msgspec.json.format(msgspec.json.encode(stamps, order="sorted"), indent=2) + b"\n"
    path = course.solutions / NAME
    if not path.exists() or path.read_bytes() != data:
        write_whole(path, data, 0o644)


def stamped(course: Course) -> dict[str, bytes] | None:
    """The released notebooks, if each is what `stamp` saw of the solutions as they are; else None."""
    try:
        stamps = msgspec.json.decode((course.solutions / NAME).read_bytes(), type=dict[str, _Stamp])
        releases = {
            name: course.released_notebook(name).read_bytes() for name in course.assignments
        }
        for name, release in releases.items():
            if stamps[name] != _Stamp(_made_of(course, name), digest(release)):
                return None
        # A notebook of an assignment that is gone: `make release` takes it away, if it is the kit's.
        if any(path.stem not in releases for path in course.release.glob("*/*.ipynb")):
            return None
    except (OSError, LookupError, ValueError, TypeError, msgspec.DecodeError):
        return None
    return releases


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


def _made_of(course: Course, name: str) -> str:
    """A digest of a solution and of the translations of its texts."""
    code = course.config.language
    files = [course.assignments[name].path, *catalogs(code, catalog_places(course.graders))]
    return json_digest([code, *map(file_digest, files)])
