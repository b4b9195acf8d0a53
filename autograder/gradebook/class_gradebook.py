"""Which gradebook a class has, by the course's settings of nbgrader, and whether it can be used."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.exc import SQLAlchemyError
from traitlets.config import Config
from traitlets.config.loader import ConfigFileNotFound, PyFileConfigLoader

from autograder._util.traceback_lines import last_line
from autograder.course.course import Course
from autograder.gradebook.errors import GradebookError, remedy
from autograder.gradebook.older_tables import older_tables
from autograder.gradebook.shared_session import engine
from autograder.submissions.class_directory import class_root

_KIT = Path(__file__).resolve().parents[2]


def database(course: Course, class_root: Path) -> str:
    """The URL of the gradebook of the class at `class_root`; empty if there is none yet.

    Raises GradebookError for a gradebook that cannot be read, is an older nbgrader's or belongs to
    another course.
    """
    url = str(class_config(course, class_root).CourseDirectory.db_url)
    path = url.removeprefix("sqlite:///")
    if path != url and not Path(path).exists():
        return ""
    refuse_unusable(course, url)
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
    return config


def refuse_unusable(course: Course, db_url: str) -> None:
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
