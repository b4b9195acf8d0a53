"""Finds the results of submissions that were graded before, without a worker."""

from __future__ import annotations

import re
from contextlib import suppress

from nbformat import NotebookNode

from autograder.classroom.result import Result
from autograder.course.course import Course
from autograder.grading.cache_key import grader_digest
from autograder.grading.grade import graded_before
from autograder.grading.known_files import files_key, known_record, note_known
from autograder.submissions.class_directory import Job
from autograder.submissions.submission import read_submission

# No \s, which takes line ends too: many empty lines would take quadratic time.
_WHILE = re.compile(r"^[^\S\n]*while\b", re.MULTILINE)


class Recognized:
    """The submissions of a run that are known by their files, without being read.

    `may_not_end` are those of the others that have a `while`, which may run until a time limit.
    """

    def __init__(self, course: Course, unsafe_local: bool) -> None:
        self._course, self._unsafe_local = course, unsafe_local
        self.graders = {
            name: grader_digest(course, assignment)
            for name, assignment in course.assignments.items()
        }
        self.may_not_end: set[Job] = set()
        self._keys: dict[Job, str] = {}

    def cached_result(self, job: Job) -> Result | None:
        """The result of a submission that was graded before, or None."""
        try:
            key = self._keys[job] = self._key(job)
            if key and (record := known_record(self._course, key)):
                return Result(job, record)
            submission = read_submission(job.directory, job.assignment, self._course)
            grader = self.graders[job.assignment]
            record = graded_before(
                submission, self._course, grader, unsafe_local=self._unsafe_local
            )
        except Exception:
            return None  # grading fails the same way, and reports it under the submission's name
        if not record and _has_while(submission.notebook):
            self.may_not_end.add(job)
        result = Result(job, record)
        self.note(result)
        return result if record else None

    def note(self, result: Result) -> None:
        """Remember the record of a submission's files."""
        key = self._keys.get(result.job)
        # Not if they were changed meanwhile: the record may be of the old ones or of the new ones.
        if result.record is not None and key and self._key(result.job) == key:
            with suppress(OSError):  # then they are read again
                note_known(self._course, key, result.record)

    def _key(self, job: Job) -> str:
        grader = self.graders[job.assignment]
        return files_key(
            job.directory, job.assignment, self._course, grader, unsafe_local=self._unsafe_local
        )


def _has_while(notebook: NotebookNode) -> bool:
    return any(cell.cell_type == "code" and _WHILE.search(cell.source) for cell in notebook.cells)
