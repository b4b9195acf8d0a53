"""A class's gradebook: registers the course, writes grades and makes feedback with nbgrader."""

from __future__ import annotations

import glob
import sqlite3
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde, GenerateFeedback
from sqlalchemy import inspect, text
from sqlalchemy.exc import SQLAlchemyError
from traitlets import Any as AnyTrait
from traitlets.config import Config
from traitlets.config.loader import ConfigFileNotFound, PyFileConfigLoader

from autograder._util.atomic import write_whole
from autograder._util.command_line import command
from autograder._util.traceback_lines import last_line
from autograder.course.course import Course
from autograder.gradebook.converters import (
    ConversionError,
    generate_assignments,
    new_gradebook,
    remedy,
    run,
    write_failure,
)
from autograder.gradebook.errors import GradebookError
from autograder.gradebook.older_tables import older_tables
from autograder.gradebook.registered import is_registered, note_registered
from autograder.gradebook.shared_session import engine
from autograder.results.record import GradeRecord
from autograder.submissions.class_directory import class_root

_KIT = Path(__file__).resolve().parents[2]


def register(course: Course, class_root: Path, sources: Mapping[str, bytes]) -> None:
    """Register the course's assignments in the gradebook of the class at `class_root`.

    `sources` maps an assignment to its notebook with solutions (`authoring.sources`). Creates the
    gradebook if there is none, and the class's source/, from which nbgrader's formgrader lists the
    assignments. Does not change assignments/. Raises GradebookError for a gradebook of another
    course, of another version of this one, or of an older nbgrader.
    """
    db_url = class_config(course, class_root).CourseDirectory.db_url
    _refuse_unusable(course, db_url)
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
) -> list[str]:
    """Write one submission's scores, comments and graded notebook; return notes about it.

    Runs nbgrader's Autograde over `class_root`/submitted/<student>/<assignment>, which may
    lack the notebook. `record` is the grade record if there already is one. Raises GradebookError,
    and SandboxUnavailable if it must be graded first and this machine has no working sandbox.
    """
    config = class_config(course, class_root)
    _refuse_unusable(course, config.CourseDirectory.db_url)
    # Skip the check, a third of the time: the notebook has the metadata of the release.
    config.CheckCellMetadata.enabled = False
    try:
        return run(OneSubmission, config, assignment, student, record=record)
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

    def init_notebooks(self) -> None:
        """Name the expected notebook; the exporter finds the file that the student handed in for it."""
        assignment, student = self.coursedir.assignment_id, self.coursedir.student_id
        directory = self._format_source(assignment, student)
        self.assignments = {directory: [str(Path(directory) / f"{assignment}.ipynb")]}


def database(course: Course, class_root: Path) -> str:
    """The URL of the gradebook of the class at `class_root`; empty if there is none yet.

    Raises GradebookError for a gradebook that cannot be read, is an older nbgrader's or belongs to
    another course.
    """
    url = str(class_config(course, class_root).CourseDirectory.db_url)
    path = url.removeprefix("sqlite:///")
    if path != url and not Path(path).exists():
        return ""
    _refuse_unusable(course, url)
    return url


def graded_class(course: Course) -> tuple[Path, str]:
    """The class's directory, or the example class's, and the URL of its gradebook.

    Raises GradebookError if there is no gradebook yet, or it cannot be read.
    """
    root = class_root(course)
    url = database(course, root) if (root / "nbgrader_config.py").exists() else ""
    if not url:
        raise GradebookError("there is no gradebook yet: run `make grade` first")
    return root, url


def unreadable(db_url: str, error: SQLAlchemyError) -> GradebookError:
    """The error for a gradebook that cannot be read, with the reason and what to do."""
    reason = _reason(error)
    return GradebookError(f"{db_url}: cannot be read ({reason}). {remedy(reason)}")


def _reason(error: SQLAlchemyError) -> str:
    return str(getattr(error, "orig", error)).splitlines()[0]


def class_config(course: Course, class_root: Path) -> Config:
    """The course's nbgrader_config.py, adapted to the class at `class_root`.

    A class in another directory, such as the example class, never gets the configured database.
    """
    class_root = class_root.resolve()
    folder = course.root if (course.root / "nbgrader_config.py").exists() else _KIT
    try:
        config: Config = PyFileConfigLoader("nbgrader_config.py", path=str(folder)).load_config()
    except ConfigFileNotFound:
        raise GradebookError(
            f"{course.root}: no nbgrader_config.py. Copy the one that came with the kit"
        ) from None
    except Exception as error:  # the file is Python that the course's author may have changed
        if isinstance(error, SyntaxError):
            line, reason = error.lineno, error.msg
        else:
            line = last_line(error, "nbgrader_config.py") or 1
            reason = f"{type(error).__name__}: {error}"
        raise GradebookError(f"{folder}/nbgrader_config.py:{line}: {reason}. Correct it") from None
    course_id = config.CourseDirectory.get("course_id", "")
    if folder == course.root and course_id != course.config.course_id:
        raise GradebookError(
            f"{folder}/nbgrader_config.py: course_id {course_id!r}, but pyproject.toml says "
            f"{course.config.course_id!r}. Make them equal"
        )
    if course.config.late is not None and not config.AssignLatePenalties.get("plugin_class"):
        raise GradebookError(
            f"{folder}/nbgrader_config.py: nothing there applies [tool.autograder.late]. Add the line "
            'c.AssignLatePenalties.plugin_class = "autograder.nbgrader_plugins.LatePenalty"'
        )
    url = config.CourseDirectory.get("db_url", "sqlite:///gradebook.db")
    if class_root != course.root:
        url = "sqlite:///gradebook.db"
    path = url.removeprefix("sqlite:///")
    if path != url:  # nbgrader resolves a relative path from the root
        url = f"sqlite:///{class_root / path}"
    config.CourseDirectory.db_url = url
    config.CourseDirectory.root = str(class_root)
    config.CourseDirectory.course_id = course.config.course_id
    config.CourseDirectory.source_directory = str(class_root / "source")
    config.SubmissionExporter.course_root = str(course.root)
    config.LatePenalty.course_root = str(course.root)
    config.FeedbackExporter.language_code = course.config.language.partition("_")[0]
    return config


def _refuse_unusable(course: Course, db_url: str) -> None:
    """Raise GradebookError for a database that is no gradebook, or an older one, or another course's."""
    path = Path(db_url.removeprefix("sqlite:///"))
    if db_url.startswith("sqlite:///") and not path.exists():
        return
    try:
        with engine(db_url).connect() as connection:
            tables = set(inspect(connection).get_table_names())
            if not tables:
                return
            if not tables & {"alembic_version", "assignment"}:
                raise GradebookError(
                    f"{db_url}: a database of something else. Move it away or correct db_url"
                )
            if reason := older_tables(connection):
                raise GradebookError(f"{db_url}: {reason}")
            if "assignment" not in tables:
                return
            query = text("SELECT DISTINCT course_id FROM assignment")
            course_ids = {row[0] for row in connection.execute(query)}
    except SQLAlchemyError as error:
        reason = _reason(error)
        if "database is locked" in reason:
            raise unreadable(db_url, error) from None
        raise GradebookError(
            f"{db_url}: cannot be read as a gradebook ({reason}). Move it away or correct db_url"
        ) from None
    others = sorted(
        str(other) for other in course_ids - {course.config.course_id, "default_course"}
    )
    if others:
        raise GradebookError(
            f"{db_url}: belongs to the course {', '.join(others)}, not to "
            f"{course.config.course_id}. Move it away, or correct course_id"
        )


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
