"""Make notebooks from solution files: source notebooks, then nbgrader's release version of them."""

from __future__ import annotations

import contextlib
import importlib.metadata
import itertools
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from autograder._util.atomic import read_sealed, write_sealed, write_whole
from autograder._util.digests import file_digest, json_digest, package_digest
from autograder._util.i18n import use_language
from autograder._util.machine import versions
from autograder._util.terminal import counted, tell_progress
from autograder.authoring.checks import check_course
from autograder.authoring.computed_prose import compute
from autograder.authoring.release_seal import is_released_by_the_kit, is_untouched, seal_of, sealed
from autograder.authoring.source_notebook import source_notebook
from autograder.authoring.stamped_sources import stamped_sources
from autograder.course.course import Course
from autograder.course.reference import reference
from autograder.course.release_stamps import stamp, stamped
from autograder.course.solution_file import AuthoringError, Cell, read_cells

__all__ = [
    "AuthoringError",
    "Built",
    "build",
    "build_sound",
    "not_up_to_date",
    "release",
    "sources",
]


class Built(NamedTuple):
    """One assignment's notebooks as bytes: with solutions, and as students get it."""

    source: bytes
    release: bytes


def release(
    course: Course, check: bool = False, tell: Callable[[str], None] | None = None
) -> list[str]:
    """Write source/, assignments/ and their stamps; return the released files that were not up to date.

    With `check` nothing is written. A released notebook that somebody has filled in is first moved
    to kept/, and `tell` is called with a line about it. Raises AuthoringError for an assignment
    that must not be released.
    """
    stale = []
    built = build(course)
    if not check:
        stamp(course, {name: notebooks.release for name, notebooks in built.items()})
    for name, notebooks in built.items():
        path = course.released_notebook(name)
        if not path.exists() or path.read_bytes() != notebooks.release:
            stale.append(course.relative(path))
        if not check:
            _keep_filled_in(course, path, notebooks.release, tell)
            _write(path, notebooks.release)
            _write(course.source / name / f"{name}.ipynb", notebooks.source)
    for path in sorted(course.release.glob("*/*.ipynb")):
        # One whose name differs from its directory's is somebody's copy, and one without a seal is
        # another program's release, such as nbgrader's of an assignment beside ours: leave both.
        is_old = path.stem == path.parent.name and path.stem not in built
        if is_old and is_released_by_the_kit(path):
            stale.append(course.relative(path))
            if not check:
                _keep_filled_in(course, path, b"", tell)
                path.unlink(missing_ok=True)
    return stale


def _keep_filled_in(
    course: Course, path: Path, release: bytes, tell: Callable[[str], None] | None
) -> None:
    """Move a notebook that `release` would overwrite to kept/, unless nobody has changed it.

    kept/ is outside assignments/: nbgrader hands out all of that directory to the class.
    """
    if not path.exists() or path.read_bytes() == release or is_untouched(path):
        return
    directory = course.root / "kept"
    directory.mkdir(exist_ok=True)
    names = (f"{path.stem}-{number}.ipynb" for number in itertools.count(1))
    target = next(directory / name for name in names if not (directory / name).exists())
    path.rename(target)
    if tell is not None:
        tell(
            f"kept: {course.relative(path)} was filled in or changed; it is {course.relative(target)} now"
        )


def build(course: Course) -> dict[str, Built]:
    """Check the whole course and make both notebooks of every assignment.

    Notebooks of unchanged files come from the course's cache. Raises AuthoringError with file and
    line for the first defect that must not be released.
    """
    cached = course.cache / "built" / _digest(course)
    if (data := read_sealed(cached)) is not None:
        return msgspec.msgpack.decode(data, type=dict[str, Built])
    tell_progress(f"runs the solutions of {counted(len(course.assignments), 'assignment')}")
    notebooks, errors = _source_notebooks(course)
    if errors:
        raise errors[0]
    built = _release_with_nbgrader(course, notebooks)
    with contextlib.suppress(OSError):  # without a writable cache a release is only slower
        write_sealed(cached, msgspec.msgpack.encode(built))
    return built


def not_up_to_date(course: Course) -> list[str]:
    """The released files that are not up to date, by their stamps; without stamps as release does."""
    return [] if stamped(course) else release(course, check=True)


def sources(course: Course) -> dict[str, bytes]:
    """The notebooks with solutions, by assignment; raises AuthoringError as build does."""
    return stamped_sources(course) or {
        name: notebooks.source for name, notebooks in build(course).items()
    }


def _digest(course: Course) -> str:
    """SHA-256 of everything that determines the notebooks: course files, kit and package versions."""
    paths = [*sorted(course.solutions.rglob("*.py")), *course.grader_sources()]
    files = [(course.relative(path), file_digest(path)) for path in paths]
    tools = {
        name: importlib.metadata.version(name) for name in ("nbgrader", "jupytext", "nbformat")
    }
    parts = [
        course.config.language,
        files,
        package_digest(),
        sorted({**versions(), **tools}.items()),
    ]
    return json_digest(parts)


def build_sound(course: Course) -> tuple[dict[str, Built], list[AuthoringError]]:
    """Like build, but leaves out assignments that must not be released and returns their first errors."""
    notebooks, errors = _source_notebooks(course)
    return _release_with_nbgrader(course, notebooks), errors


def _source_notebooks(course: Course) -> tuple[dict[str, bytes], list[AuthoringError]]:
    """The notebooks with solutions of all assignments without an error, and the others' errors."""
    cells = {
        name: read_cells(assignment.path, course.relative(assignment.path))
        for name, assignment in course.assignments.items()
    }
    defects = check_course(course, cells)
    use_language(course.config.language, course.graders)
    notebooks, errors = {}, list(defects.values())
    for name in [name for name in cells if name not in defects]:
        try:
            notebooks[name] = _source_notebook(course, name, cells[name])
        except AuthoringError as error:
            errors.append(error)
    return notebooks, errors


def _release_with_nbgrader(course: Course, sources: Mapping[str, bytes]) -> dict[str, Built]:
    """Release the source notebooks with nbgrader; return both versions."""
    # Imported late: nbgrader takes a second to import, and most builds come from the cache.
    from autograder.gradebook.converters import (
        ConversionError,
        generate_assignments,
        new_gradebook,
        write_failure,
    )

    with tempfile.TemporaryDirectory(prefix="release-") as directory:
        root = Path(directory)
        new_gradebook(root / "throwaway.db")
        for name, notebook in sources.items():
            _write(root / "source" / name / f"{name}.ipynb", notebook)
        try:
            generate_assignments(
                course,
                list(sources),
                root / "source",
                root / "release",
                f"sqlite:///{root}/throwaway.db",
            )
        except ConversionError as error:
            if reason := write_failure(error):
                raise AuthoringError(
                    f"{root}: cannot be written ({reason}). Check disk space and permissions"
                ) from None
            raise AuthoringError(f"solutions/: nbgrader refuses the release: {error}") from None
        built = {}
        for name, notebook in sources.items():
            released = (root / "release" / name / f"{name}.ipynb").read_bytes()
            seal = seal_of(released)
            built[name] = Built(sealed(notebook, seal), sealed(released, seal))
        return built


def _source_notebook(course: Course, assignment: str, cells: Sequence[Cell]) -> bytes:
    """The notebook with solutions, with the expressions in its prose computed."""
    file = course.relative(course.assignments[assignment].path)
    names = vars(reference(course, assignment))
    return source_notebook(cells, lambda cell, _: compute(cell, names, file))


def _write(path: Path, data: bytes) -> None:
    """Write a file unless its content is unchanged, so that its modification time stays."""
    if path.exists() and path.read_bytes() == data:
        return
    write_whole(path, data, 0o644)
