"""The plug-ins with which nbgrader collects submissions and grades them in the sandbox.

nbgrader_config.py adds them to nbgrader's lists, so that `nbgrader autograde`, the formgrader's
button and `make grade` all run the same code.
"""

from __future__ import annotations

import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import FileNameCollectorPlugin
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from traitlets import Unicode

from autograder._util.i18n import gettext as _
from autograder._util.i18n import use_language
from autograder.course.cells import question_answered_in, question_of, written_question_of
from autograder.course.course import Course, find_course
from autograder.course.release_stamps import is_out_of_date
from autograder.feedback.render import comment_text
from autograder.gradebook import nbgrader_paths
from autograder.gradebook.converters import leave_out
from autograder.gradebook.errors import GradebookError
from autograder.gradebook.feedback_cells import fill_in
from autograder.gradebook.manual_scores import ManualScore, ManualScores, answers_of, before_regrade
from autograder.grading.grade import grade
from autograder.results.record import GradeRecord
from autograder.submissions.files import walk_files
from autograder.submissions.submission import Submission, odd_id, read_submission
from autograder.submissions.timestamps import STUDENTS_OWN, TIMESTAMP, read_timestamp

Resources = dict[str, Any]
_MAX_COPIED = 100 * 2**20  # bytes of a submission's files that nbgrader copies to autograded/

nbgrader_paths.correct()


class SubmissionExporter(NotebookExporter):
    """Reads and repairs a submission, so that no notebook stops `nbgrader autograde`."""

    course_root = Unicode("", help="Directory of the course; found from the class's if empty").tag(
        config=True
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]  # nbgrader's
        self.submission: Submission | None = None
        self.record: GradeRecord | None = None
        self.by_hand: ManualScores = {}
        if hasattr(self.parent, "coursedir"):
            _ignore_special_files(self.parent)
            self.by_hand = before_regrade(self.parent)

    def course(self) -> Course:
        """The course of the submissions. Raises CourseError, AuthoringError."""
        converter: Any = self.parent
        return find_course(Path(self.course_root or converter.coursedir.root))

    def from_filename(
        self, filename: str, resources: Resources | None = None, **kwargs: Any
    ) -> tuple[NotebookNode, Resources]:
        """Convert a submitted notebook; the second pass reads what the first one wrote."""
        resources = resources or {}
        if not getattr(self.parent, "_sanitizing", True):
            result: tuple[NotebookNode, Resources]
            result = super().from_filename(filename, resources=resources, **kwargs)
            return result
        path = Path(filename)
        ids = resources["nbgrader"]
        if reason := odd_id(ids["student"]):
            raise GradebookError(reason)
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        self.submission = read_submission(path.parent, ids["assignment"], self.course())
        self.record = None
        for problem in self.submission.problems:
            self.log.warning("%s: %s", ids["student"], problem)
        _refuse_other_version(self.submission, resources)
        if read_timestamp(path.parent).time is None:
            _forget_time(ids)
        notebook = self.submission.notebook
        result = self.from_notebook_node(notebook, resources, **kwargs)  # type: ignore[no-untyped-call]  # nbconvert's
        return result


class GradeInSandbox(NbGraderPreprocessor):
    """Replaces nbgrader's Execute: grades in the sandbox and fills in all outputs."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Grade the submission that the exporter has read, and add the results to the notebook."""
        exporter = self.parent
        submission: Submission = exporter.submission
        course = exporter.course()
        use_language(course.config.language, course.graders)
        record: GradeRecord | None = getattr(exporter.parent, "record", None)
        if record is None or record.digest != submission.digest:
            if is_out_of_date(course, submission.assignment):
                path = course.relative(course.released_notebook(submission.assignment))
                raise GradebookError(f"Not up to date: {path}. Run `make release` first")
            record = grade(submission, course)
        if record.sandbox != "bwrap":
            raise GradebookError(
                f"{submission.student}/{submission.assignment}: graded without a sandbox, which no "
                "gradebook takes. Grade again without --unsafe-local"
            )
        exporter.record = record
        if note_record := getattr(exporter.parent, "note_record", None):
            note_record(record)
        fill_in(nb, record, submission.problems, course)
        return nb, resources


class SaveOutcomes(SaveAutoGrades):
    """Saves scores and comments from the grade record only; keeps what a person entered."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Write the scores and comments of one notebook."""
        self._answers = answers_of(nb)
        result: tuple[NotebookNode, Resources] = super().preprocess(nb, resources)
        return result

    def preprocess_cell(
        self, cell: NotebookNode, resources: Resources, cell_index: int
    ) -> tuple[NotebookNode, Resources]:
        """Write the score and comment of one cell; nbgrader itself passes over a task's score."""
        if cell.metadata.get("nbgrader", {}).get("task"):
            self._add_score(cell, resources)
        result: tuple[NotebookNode, Resources]
        result = super().preprocess_cell(cell, resources, cell_index)
        return result

    def _add_score(self, cell: NotebookNode, resources: Resources) -> None:
        """Write the automatic score of one question. What a person grades has one only if it is blank."""
        record: GradeRecord = self.parent.record
        submission: Submission = self.parent.submission
        question = question_of(cell)
        entry = self.gradebook.find_grade(
            question, self.notebook_id, self.assignment_id, self.student_id
        )
        if written_question_of(cell):
            score = 0.0 if question in submission.blank_answers else None
        else:
            # A question without any outcome is a failure of the kit, like a grader error.
            score = record.score(question) if record.outcomes_of(question) else None
        # An extra-credit cell has 0 points: nbgrader adds its score to the total.
        maximum = entry.max_score or record.max_score(question)
        entry.auto_score = None if score is None else min(max(score, 0.0), maximum)
        old_score: ManualScore | None = self.parent.by_hand.get((self.student_id, question))
        if entry.manual_score is None:
            entry.needs_manual_grade = score is None or submission.is_unjudged(record.total())
        else:
            answer = self._answers.get(question) if submission.readable else None
            entry.needs_manual_grade = old_score is None or old_score.confirm_after(
                entry.auto_score, answer, submission.digest
            )
        self.gradebook.db.commit()

    def _add_comment(self, cell: NotebookNode, resources: Resources) -> None:
        """Write the automatic comment of one blank."""
        record: GradeRecord = self.parent.record
        submission: Submission = self.parent.submission
        name = cell.metadata["nbgrader"]["grade_id"]
        entry = self.gradebook.find_comment(
            name, self.notebook_id, self.assignment_id, self.student_id
        )
        if submission.readable and written_question_of(cell):
            is_blank = name in submission.blank_answers
            entry.auto_comment = _("Not attempted.") if is_blank else None
        elif submission.readable:
            entry.auto_comment = comment_text(record.outcomes_of(question_answered_in(name)))
        else:
            message = _("This could not be graded.")
            entry.auto_comment = " ".join([message, *submission.problems])
        self.gradebook.db.commit()


class ArchiveCollector(FileNameCollectorPlugin):
    """Collects an LMS's archive by its file names; does not trust a student's timestamp.txt.

    nbgrader zip_collect would use the student's file as the LMS's. It is stored under another name,
    and the submission gets a note if its time differs from the time in the file names.
    """

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """The parts of a file name in the archive, or None for a file to leave out."""
        parts: dict[str, str] | None = super().collect(submitted_file)
        suffix = Path(submitted_file).suffix
        if parts and Path(parts.get("file_id", "")).with_suffix(suffix).name == TIMESTAMP:
            parts["file_id"] = STUDENTS_OWN
        return parts


def _ignore_special_files(converter: Any) -> None:
    """Keep nbgrader from copying links, pipes and other special files, or files that fill the disk.

    nbgrader copies all files of a submission, also into the feedback, and follows links: a
    student's link could publish any file of the instructor.
    """
    for directory in getattr(converter, "assignments", {}):
        bytes_left = _MAX_COPIED
        left_out = []
        for entry in walk_files(Path(directory)):
            status = entry.stat(follow_symlinks=False)
            if not stat.S_ISREG(status.st_mode) or status.st_size > bytes_left:
                left_out.append(entry.path)
            else:
                bytes_left -= status.st_size
        leave_out(converter, left_out)


def _forget_time(ids: Mapping[str, Any]) -> None:
    """Take the time of an earlier hand-in out of the gradebook, which nbgrader keeps if a new one has none."""
    with Gradebook(ids["db_url"]) as gradebook:
        with suppress(MissingEntry):
            gradebook.find_submission(ids["assignment"], ids["student"]).timestamp = None
        gradebook.db.commit()


def _refuse_other_version(submission: Submission, resources: Resources) -> None:
    """Raise GradebookError if the gradebook has other questions than the release."""
    ids = resources["nbgrader"]
    released = {
        question_of(cell): float(cell.metadata.nbgrader["points"])
        for cell in submission.notebook.cells
        if question_of(cell)
    }
    with Gradebook(ids["db_url"]) as gradebook:
        try:
            notebook = gradebook.find_notebook(ids["notebook"], ids["assignment"])
        except MissingEntry:
            return  # nbgrader itself skips it and says what to do
        recorded = {
            cell.name: float(cell.max_score)
            for cell in (*notebook.grade_cells, *notebook.task_cells)
        }
    if released != recorded:
        differing = sorted(name for name, _points in released.items() ^ recorded.items())
        raise GradebookError(
            f"{ids['db_url']}: knows another version of {ids['assignment']} (differs in "
            f"{', '.join(dict.fromkeys(differing))}). Run `make grade`, or move this "
            "gradebook away"
        )
