"""The base of all exporters: an nbgrader plug-in, a report, and writing of new files."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.plugins.export import ExportPlugin
from rich.console import Console
from traitlets import Bool

from autograder._util.atomic import write_whole
from autograder._util.terminal import tell_error
from autograder.course.course import Course, find_course
from autograder.course.settings import CourseError
from autograder.gradebook.older_tables import older_tables
from autograder.gradebook.scores import ExportError, Score, read_scores
from autograder.submissions.class_directory import handed_in
from autograder.submissions.roster import dropped_in


@dataclass
class Report:
    """The files written, and notes of one line each.

    `missed` has a line for each score of the gradebook that is in none of the files.
    """

    written: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def print_report(report: Report, console: Console, path_text: Callable[[Path], str] = str) -> bool:
    """Print what was exported and what was not; True if nothing was missed. `path_text` writes a path."""
    for line in report.notes:
        console.print(f"note {one_harmless_line(line)}", markup=False)
    for line in report.missed:
        console.print(f"NOT EXPORTED {one_harmless_line(line)}", style="bold", markup=False)
    for path in report.written:
        console.print(f"Written: {path_text(path)}", markup=False)
    return not report.missed


def tell_nothing_exported(error: Exception) -> None:
    """Print why nothing was exported, on stderr."""
    for line in str(error).splitlines():
        tell_error(f"Nothing was exported: {one_harmless_line(line)}")


class Exporter(ExportPlugin):
    """A plug-in of `nbgrader export`. A subclass implements `write`."""

    course_root = ""  # of the class, where nbgrader does not say it
    course: Course | None = None  # where nbgrader does not run in its directory
    missing_as_zero = Bool(
        False, help="Whether a score is 0 where nothing was handed in, instead of left empty"
    ).tag(config=True)

    def write(self, gradebook: Gradebook) -> Report:
        """Write the new file, or raise ExportError and write nothing."""
        raise NotImplementedError

    def scores(self, gradebook: Gradebook) -> dict[str, list[Score]]:
        """The scores of all students in the selected assignments. Raises ExportError."""
        return read_scores(
            gradebook,
            [str(name) for name in self.assignment],
            [str(name) for name in self.student],
            self._dropped(),
            handed_in(Path(self._class_root())) if self._class_root() else (),
            self.course or self._course(),
        )

    def final(self, score: Score) -> float | None:
        """The score to export, or None if there is none."""
        return 0.0 if self.missing_as_zero and score.missing else score.final

    def title(self, assignment: str) -> str:
        """The title of an assignment's notebook, or its name if that is not known. Raises ExportError."""
        course = self.course or self._course()
        of_course = course.assignments.get(assignment) if course is not None else None
        return assignment if of_course is None else of_course.title

    def _class_root(self) -> str:
        """The class's directory as nbgrader or the command says it; empty if neither does."""
        return getattr(getattr(self.parent, "coursedir", None), "root", "") or self.course_root

    def _dropped(self) -> frozenset[str]:
        """Who is dropped in the roster of the course that nbgrader runs in. Raises ExportError."""
        course = self._course()
        try:
            return frozenset() if course is None else dropped_in(course, course.root)
        except CourseError as error:
            raise ExportError(str(error)) from None

    def _course(self) -> Course | None:
        """The course that nbgrader runs in; None for another class, such as the example's. Raises ExportError."""
        root = self._class_root()
        if not root or not (Path(root) / "solutions").is_dir():
            return None
        try:
            return find_course(Path(root), tolerant=True)
        except CourseError as error:
            raise ExportError(str(error)) from None

    def asked_for(self, score: Score) -> bool:
        """Whether the student of this score is selected."""
        return not self.student or score.student.id in [str(name) for name in self.student]

    def export(self, gradebook: Gradebook) -> None:
        """Run `nbgrader export`: its exit status is 0 if every score was exported, else 1."""
        try:
            if reason := older_tables(gradebook.engine):
                raise ExportError(f"{gradebook.engine.url}: {reason}")
            report = self.write(gradebook)
        except ExportError as error:
            for line in error.lines:
                self.log.error("Nothing was exported: %s", one_harmless_line(line))
            sys.exit(1)
        for line in report.notes:
            self.log.info("%s", one_harmless_line(line))
        for line in report.missed:
            self.log.warning("NOT EXPORTED %s", one_harmless_line(line))
        for path in report.written:
            self.log.info("Written: %s", path)
        if report.missed:
            sys.exit(1)


def new_file(path: Path) -> Path:
    """`path`, if no file is there. Raises ExportError otherwise."""
    if os.path.lexists(path):
        raise _exists(path)
    return path


def write_new(path: Path, data: bytes) -> None:
    """Write a file atomically, for its owner only. Raises ExportError, also if a file is there."""
    try:
        path.parent.stat()  # a mistyped directory is refused, not created
        write_whole(path, data, replace=False)
    except FileExistsError:
        raise _exists(path) from None
    except OSError as error:
        raise ExportError(
            f"{path}: cannot be written ({error.strerror}). Check the directory, disk space and "
            "permissions"
        ) from None


def _exists(path: Path) -> ExportError:
    return ExportError(f"{path}: is there already. Remove it, or name another file with --to")


def one_harmless_line(line: str) -> str:
    """A message as one printable line: students choose their names, and terminals obey escape codes."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in line)
