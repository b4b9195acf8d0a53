"""Tells by stamps whether a released notebook is what its solution makes, without making it.

`make release` writes down in solutions/released.json which solution each notebook was made of. To make
one executes the solutions, for the numbers in their prose, and takes half a minute; a class waits
for it in every new clone. `make release` and `make validate` themselves make each notebook anew.

The file is among the solutions because a digest of a solution tells who guesses it that it is right.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from autograder._util.atomic import write_whole
from autograder._util.digests import digest, file_digest, json_digest
from autograder._util.i18n import catalog_places, catalogs
from autograder.course.course import Course

NAME = "released.json"


class _Stamp(msgspec.Struct):
    """The digests of what a notebook was made of, and of the notebook."""

    made_of: str
    release: str


def stamp(course: Course, releases: Mapping[str, bytes]) -> None:
    """Write down what these released notebooks were made of, by assignment. Raises OSError."""
    stamps = {name: _stamp(course, name, release) for name, release in releases.items()}
    data = msgspec.json.format(msgspec.json.encode(stamps, order="sorted"), indent=2) + b"\n"
    path = course.solutions / NAME
    if not path.exists() or path.read_bytes() != data:
        write_whole(path, data, 0o644)


def stamped(course: Course) -> dict[str, bytes] | None:
    """The released notebooks, if each is what `stamp` saw of the solutions as they are; else None."""
    try:
        stamps = _read(course)
        releases = {
            name: course.released_notebook(name).read_bytes() for name in course.assignments
        }
        for name, release in releases.items():
            if stamps[name] != _stamp(course, name, release):
                return None
        # A notebook of an assignment that is gone: `make release` takes it away, if it is the kit's.
        if any(path.stem not in releases for path in course.release.glob("*/*.ipynb")):
            return None
    except (OSError, LookupError, ValueError, TypeError, msgspec.DecodeError):
        return None
    return releases


def is_out_of_date(course: Course, assignment: str) -> bool:
    """Whether the stamp of an assignment says that its release is not what the solution makes now.

    Without a stamp nothing is known, and the answer is False.
    """
    try:
        known = _read(course).get(assignment)
    except (OSError, ValueError, TypeError, msgspec.DecodeError):
        return False
    if known is None:
        return False
    try:
        release = course.released_notebook(assignment).read_bytes()
        return known != _stamp(course, assignment, release)
    except OSError:
        return True


def _read(course: Course) -> dict[str, _Stamp]:
    return msgspec.json.decode((course.solutions / NAME).read_bytes(), type=dict[str, _Stamp])


def _stamp(course: Course, name: str, release: bytes) -> _Stamp:
    """The stamp of a release; what it is made of is its solution and the translations of its texts."""
    code = course.config.language
    files = [course.assignments[name].path, *catalogs(code, catalog_places(course.graders))]
    return _Stamp(json_digest([code, *map(file_digest, files)]), digest(release))
