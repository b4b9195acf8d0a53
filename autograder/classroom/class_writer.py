"""Writes what a run of `make grade` graded: gradebook, feedback pages, class page."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from autograder._util.atomic import PART
from autograder.authoring.release import sources
from autograder.classroom import changes
from autograder.classroom.page import command as class_page
from autograder.classroom.page.entries import Entry, read_class
from autograder.classroom.result import Result
from autograder.classroom.term import apply_to
from autograder.course.course import Course
from autograder.course.settings import CourseError
from autograder.gradebook.class_gradebook import database
from autograder.gradebook.errors import GradebookError
from autograder.gradebook.gradebook import feedback, register, write
from autograder.gradebook.unchanged import Written
from autograder.results.record import write_record
from autograder.results.thresholds import NotCalibrated
from autograder.submissions.class_directory import RECORDS, Classroom, record_path
from autograder.submissions.term import Term


class ClassWriter:
    """The one writer of a class, which holds the class's lock as long as it writes.

    `lines` says what the term changed in the gradebook, and `page` where the class page is.
    """

    def __init__(
        self, course: Course, classroom: Classroom, term: Term, log: changes.ChangeLog
    ) -> None:
        """Register the course and its term in the class's gradebook.

        Raises GradebookError, and CourseError for a term that cannot be used.
        """
        self._course, self._root, self._log = course, classroom.root, log
        for pattern in (f"{RECORDS}/*/*{PART}", f"{class_page.NAME}.*{PART}"):
            for partial in classroom.root.glob(pattern):
                partial.unlink()  # left by a run that was killed
        register(course, classroom.root, sources(course))
        self.lines = apply_to(course, term, classroom)
        self._written = Written(course, classroom.root)
        self._classes: Mapping[str, list[Entry]] | None = None
        self.page = classroom.root / class_page.NAME

    def write(self, result: Result) -> str:
        """Write one result, unless nothing has changed; return an error message or "".

        A hand-in that was replaced since it was graded is graded once more, and that is written.
        """
        (job, record, _), root = result, self._root
        assert record is not None
        if self._written.holds(job, record):
            return ""
        records = [record]
        try:
            write(self._course, root, job.student, job.assignment, record, records.append)
            record = records[-1]
            change = changes.change(job, changes.record_before(root, job), record)
            if change is not None:
                self._log.add(change)
            write_record(record_path(root, job), record)
            feedback(self._course, root, job.student, job.assignment)
            self._written.note(job, record)
        except (GradebookError, OSError) as error:
            return str(error)
        return ""

    def write_class_page(self) -> str:
        """Write the class page; return why it could not be written, or ""."""
        course, root = self._course, self._root
        try:
            url = database(course, root)
            contents = class_page.read_contents(course, root, url, after_run=True)
            self._classes = contents.classes
            class_page.write_page(course, root, contents, class_page.NAME)
        except (GradebookError, CourseError, NotCalibrated) as error:
            return f"{class_page.NAME}: {error}"
        except OSError as error:
            return f"{class_page.NAME}: {error.strerror}. Check disk space and what has this name"
        return ""

    def entries(self) -> Mapping[str, list[Entry]]:
        """What the gradebook now has of the whole class, by the assignment.

        Nothing if it cannot be read, which `write_class_page` has said: what was graded is graded.
        """
        if self._classes is None:  # the class page could not be written
            with suppress(GradebookError, CourseError):
                url = database(self._course, self._root)
                self._classes = read_class(self._course, self._root, url)
        return self._classes or {}
