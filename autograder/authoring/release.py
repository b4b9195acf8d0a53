"""Solutions become what students get: source notebooks, then nbgrader's release of them."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import itertools
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder._util.atomic import read_sealed, write_sealed, write_whole
from autograder._util.digests import file_digest, package_digest
from autograder._util.i18n import use_language
from autograder._util.versions import versions
from autograder.authoring.checks import check_course
from autograder.authoring.computed_prose import compute
from autograder.authoring.release_seal import is_untouched, seal_of, sealed
from autograder.authoring.translated_cells import translated
from autograder.course.course import Course
from autograder.course.reference import reference
from autograder.course.solution_file import AuthoringError, Cell, read_cells

__all__ = ["AuthoringError", "Built", "build", "build_sound", "release", "sources"]

# Fixed, so that the author's machine leaves no trace in a release.
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class Built(NamedTuple):
    """One assignment's notebooks as bytes: with solutions, and as students get it."""

    source: bytes
    release: bytes


def release(
    course: Course, check: bool = False, tell: Callable[[str], None] | None = None
) -> list[str]:
    """Write source/ and assignments/; return the released files that were not up to date.

    With `check` nothing is written. A released notebook that somebody has filled in is moved
    to kept/ first, and `tell` gets a line about it. Raises AuthoringError for what must not be
    released.
    """
    stale = []
    built = build(course)
    for name, notebooks in built.items():
        path = course.released_notebook(name)
        if not path.exists() or path.read_bytes() != notebooks.release:
            stale.append(course.relative(path))
        if not check:
            _keep_filled_in(course, path, notebooks.release, tell)
            _write(path, notebooks.release)
            _write(course.source / name / f"{name}.ipynb", notebooks.source)
    for path in sorted(course.release.glob("*/*.ipynb")):
        # Under another name than its directory's it is somebody's copy.
        if path.stem == path.parent.name and path.stem not in built:
            stale.append(course.relative(path))
            if not check:
                _keep_filled_in(course, path, b"", tell)
                path.unlink(missing_ok=True)
    return stale


def _keep_filled_in(
    course: Course, path: Path, release: bytes, tell: Callable[[str], None] | None
) -> None:
    """Move a notebook that is to give way to `release` to kept/, unless nobody has changed it.

    Not to a place in assignments/, all of which nbgrader hands out to the class.
    """
    if not path.exists() or path.read_bytes() == release or is_untouched(path):
        return
    kept = course.root / "kept"
    kept.mkdir(exist_ok=True)
    names = (f"{path.stem}-{number}.ipynb" for number in itertools.count(1))
    target = next(kept / name for name in names if not (kept / name).exists())
    path.rename(target)
    if tell is not None:
        tell(
            f"kept: {course.relative(path)} was filled in or changed; it is {course.relative(target)} now"
        )


def build(course: Course) -> dict[str, Built]:
    """Check the whole course and make both notebooks of every assignment.

    What was made of the same files before is taken from the course's cache. Raises
    AuthoringError with file and line for the first thing that must not be released.
    """
    kept = course.cache / "built" / _digest(course)
    if (data := read_sealed(kept)) is not None:
        return msgspec.msgpack.decode(data, type=dict[str, Built])
    notebooks, errors = _sources(course)
    if errors:
        raise errors[0]
    built = _released(notebooks)
    with contextlib.suppress(OSError):  # of a cache that cannot be written only time is lost
        write_sealed(kept, msgspec.msgpack.encode(built))
    return built


def sources(course: Course) -> dict[str, bytes]:
    """The notebooks with solutions, by assignment; raises AuthoringError as build does."""
    return {name: notebooks.source for name, notebooks in build(course).items()}


def _digest(course: Course) -> str:
    """SHA-256 of all that the notebooks are made of and by."""
    paths = [*sorted(course.solutions.rglob("*.py")), *course.grader_sources()]
    files = [(course.relative(path), file_digest(path)) for path in paths]
    makers = {
        name: importlib.metadata.version(name) for name in ("nbgrader", "jupytext", "nbformat")
    }
    parts = [
        course.config.language,
        files,
        package_digest(),
        sorted({**versions(), **makers}.items()),
    ]
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


def build_sound(course: Course) -> tuple[dict[str, Built], list[AuthoringError]]:
    """As build, but only of assignments that may be released, with what was found in the others.

    Of each of the others it is the first error.
    """
    notebooks, errors = _sources(course)
    return _released(notebooks), errors


def _sources(course: Course) -> tuple[dict[str, bytes], list[AuthoringError]]:
    """The notebooks with solutions, of assignments without an error, and the others' errors."""
    cells = {
        name: read_cells(assignment.path, course.relative(assignment.path))
        for name, assignment in course.assignments.items()
    }
    refused = check_course(course, cells)
    use_language(course.config.language, course.graders)
    made, errors = {}, list(refused.values())
    for name in [name for name in cells if name not in refused]:
        try:
            made[name] = _source_notebook(course, name, cells[name])
        except AuthoringError as error:
            errors.append(error)
    return made, errors


def _released(sources: Mapping[str, bytes]) -> dict[str, Built]:
    """The notebooks as nbgrader releases them, beside their sources."""
    # Here and not above: nbgrader takes a second to import, and most builds are kept ones.
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
                list(sources), root / "source", root / "release", f"sqlite:///{root}/throwaway.db"
            )
        except ConversionError as error:
            if reason := write_failure(error):
                raise AuthoringError(
                    f"{root}: cannot be written ({reason}). Check disk space and permissions"
                ) from None
            raise AuthoringError(f"solutions/: nbgrader refuses the release: {error}") from None
        built = {}
        for name, notebook in sources.items():
            made = (root / "release" / name / f"{name}.ipynb").read_bytes()
            seal = seal_of(made)
            built[name] = Built(sealed(notebook, seal), sealed(made, seal))
        return built


def _source_notebook(course: Course, assignment: str, cells: Sequence[Cell]) -> bytes:
    """The notebook with solutions, its prose computed."""
    shown = course.relative(course.assignments[assignment].path)
    names = vars(reference(course, assignment))
    made: list[NotebookNode] = []
    # Ids are those of the English cells: a notebook's language does not change what is whose.
    for cell, cell_id in zip(map(translated, cells), cell_ids(cells), strict=True):
        source = compute(cell, names, shown) if cell.kind == "markdown" else cell.source
        make = new_code_cell if cell.kind == "code" else new_markdown_cell
        node = make(source, metadata=_metadata(cell))  # type: ignore[no-untyped-call]
        node.id = cell_id
        made.append(node)
    notebook = new_notebook(cells=made, metadata=_METADATA)  # type: ignore[no-untyped-call]
    notebook.nbformat_minor = 5
    nbformat.validate(notebook)
    text: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
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

    It is the nbgrader name, else a digest of what the author wrote.
    """
    made = []
    used: Counter[str] = Counter()
    for cell in cells:
        if cell.nbgrader is not None:
            made.append(cell.nbgrader.grade_id)
            continue
        digest = hashlib.sha256(f"{cell.kind}\n{cell.source}".encode()).hexdigest()[:12]
        used[digest] += 1
        made.append(digest if used[digest] == 1 else f"{digest}-{used[digest]}")
    return made


def _write(path: Path, data: bytes) -> None:
    """Write a file; an unchanged one keeps its time."""
    if path.exists() and path.read_bytes() == data:
        return
    write_whole(path, data, 0o644)
