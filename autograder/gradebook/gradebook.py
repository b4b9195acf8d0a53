"""Registers a course in a class's gradebook, writes grades and makes feedback, all with nbgrader."""

from __future__ import annotations

import glob
import sqlite3
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde, GenerateFeedback
from traitlets import Any as AnyTrait

from autograder._util.atomic import write_whole
from autograder._util.command_line import command
from autograder.course.course import Course
from autograder.gradebook.class_gradebook import class_config, refuse_unusable
from autograder.gradebook.converters import (
    ConversionError,
    generate_assignments,
    new_gradebook,
    run,
    write_failure,
)
from autograder.gradebook.errors import GradebookError, remedy
from autograder.gradebook.registered import is_registered, note_registered
from autograder.results.record import GradeRecord


def register(course: Course, class_root: Path, sources: Mapping[str, bytes]) -> None:
    """Register the course's assignments in the gradebook of the class at `class_root`.

    `sources` maps an assignment to its notebook with solutions (`authoring.sources`). Creates the
    gradebook if there is none, and the class's source/, from which nbgrader's formgrader lists the
    assignments. Does not change assignments/. Raises GradebookError for a gradebook of another
    course, of another version of this one, or of an older nbgrader.
    """
    db_url = class_config(course, class_root).CourseDirectory.db_url
    refuse_unusable(course, db_url)
    database = Path(db_url.removeprefix("sqlite:///"))
    try:
        # A run that was killed may have left an empty file.
        if db_url.startswith("sqlite:///") and not (database.exists() and database.stat().st_size):
            new_gradebook(database)
    except (OSError, sqlite3.Error) as error:
        raise GradebookError(
            f"{database}: cannot be written ({error}). {remedy(str(error))}"
        ) from None
    _write_sources(class_root, sources)
    if is_registered(course, db_url, sources):
        return
    with tempfile.TemporaryDirectory(prefix="register-") as directory:
        root = Path(directory)
        for name, source in sources.items():
            path = root / "source" / name / f"{name}.ipynb"
            path.parent.mkdir(parents=True)
            path.write_bytes(source)
        try:
            generate_assignments(course, list(sources), root / "source", root / "release", db_url)
        except ConversionError as error:
            if "Cannot add or remove cells" in str(error.__cause__):
                raise GradebookError(
                    f"{db_url}: holds grades for other questions than this course has "
                    f"({error}). `{command('autograder')} update-questions` says what becomes of them"
                ) from None
            raise _error_for(error, db_url) from error
    note_registered(course, db_url, sources)


def _write_sources(class_root: Path, sources: Mapping[str, bytes]) -> None:
    """Write the class's source/, from which the formgrader lists the assignments.

    `make release` writes the same for the class in the course directory. Raises GradebookError.
    """
    for name, source in sources.items():
        path = class_root / "source" / name / f"{name}.ipynb"
        try:
            if not (path.exists() and path.read_bytes() == source):
                write_whole(path, source)
        except OSError as error:
            raise GradebookError(
                f"{path}: cannot be written ({error.strerror}). {remedy(str(error))}"
            ) from None


def write(
    course: Course,
    class_root: Path,
    student: str,
    assignment: str,
    record: GradeRecord | None = None,
    note_record: Callable[[GradeRecord], object] | None = None,
) -> list[str]:
    """Write one submission's scores, comments and graded notebook; return notes about it.

    Runs nbgrader's Autograde over `class_root`/submitted/<student>/<assignment>, which may
    lack the notebook. `record` is the grade record if there already is one. It is not taken if the
    files have changed since: they are graded first. `note_record` is called with the record that the
    scores come from. Raises GradebookError, and SandboxUnavailable if it must be graded first and
    this machine has no working sandbox.
    """
    config = class_config(course, class_root)
    refuse_unusable(course, config.CourseDirectory.db_url)
    # Skip the check, a third of the time: the notebook has the metadata of the release.
    config.CheckCellMetadata.enabled = False
    try:
        return run(
            OneSubmission, config, assignment, student, record=record, note_record=note_record
        )
    except ConversionError as error:
        raise _error_for(error, f"{student}/{assignment}") from error


def feedback(course: Course, class_root: Path, student: str, assignment: str) -> Path:
    """Make nbgrader's feedback page of one graded submission; return its path.

    Raises GradebookError.
    """
    try:
        config = class_config(course, class_root)
        run(GenerateFeedback, config, assignment, glob.escape(student), writes=False)
    except ConversionError as error:
        raise _error_for(error, f"{student}/{assignment}: no feedback page") from error
    return class_root / "feedback" / student / assignment / f"{assignment}.html"


class OneSubmission(Autograde):
    """nbgrader's Autograde for one directory, even if the expected notebook is missing."""

    record = AnyTrait(None, allow_none=True)
    note_record = AnyTrait(None, allow_none=True)

    def init_notebooks(self) -> None:
        """Name the expected notebook; the exporter finds the file that the student handed in for it."""
        assignment, student = self.coursedir.assignment_id, self.coursedir.student_id
        directory = self._format_source(assignment, student)
        self.assignments = {directory: [str(Path(directory) / f"{assignment}.ipynb")]}


def _error_for(error: ConversionError, place: str) -> Exception:
    """The exception to raise for a failed conversion: the kit's own if there is one, else one line."""
    if reason := write_failure(error):
        return GradebookError(f"{place}: cannot be written ({reason}). {remedy(reason)}")
    cause: Any = error.__cause__
    while cause is not None:
        if type(cause).__module__.startswith("autograder."):
            return cause if isinstance(cause, Exception) else error
        cause = cause.__cause__ or cause.__context__
    return GradebookError(f"{place}: nbgrader failed: {error}. See its message")
