"""Scores given by hand: what each was given for, and which ones need confirmation after a regrade.

nbgrader has one mark, `needs_manual_grade`, for a question without a score and for one whose score
by hand is older than a regrade. Here a score of the second kind counts. It keeps the mark only if the
answer or its automatic score has changed, until somebody grades it again or confirms it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from nbgrader.api import (
    Assignment,
    BaseCell,
    Grade,
    Gradebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy.orm import Query

from autograder.course.cells import is_of_the_kit, question_answered_in
from autograder.course.settings import CourseError
from autograder.results.record import read_record
from autograder.submissions.class_directory import RECORDS
from autograder.submissions.files import read_capped
from autograder.submissions.notebook_json import Unreadable

_MAX_BYTES = 500_000_000  # of a graded notebook; its outputs are bounded by the limits of grading


@dataclass(frozen=True)
class ManualScore:
    """A score given by hand, as it was before a regrade, and what it was given for.

    `answer` is the source of the answer's cell, or None if it is lost: a killed run may have removed
    the graded notebook. `digest` is that of the submission, from its record, or empty if there is none.
    """

    auto_score: float | None
    to_confirm: bool
    answer: str | None
    digest: str

    def confirm_after(self, auto_score: float | None, answer: str | None, digest: str) -> bool:
        """Whether somebody has to confirm the score after a regrade with this outcome.

        `answer` is None for a submission that cannot be read: its graded notebook shows blanks.
        """
        cannot_compare = answer is None or self.answer is None
        is_unchanged = self.digest == digest if cannot_compare else self.answer == answer
        return self.to_confirm or not is_unchanged or self.auto_score != auto_score


ManualScores = dict[tuple[str, str], ManualScore]


def before_regrade(converter: Any) -> ManualScores:
    """(student, question) -> the score by hand, for the submissions that `converter` will grade.

    Call it before the conversion, which removes the graded notebooks.
    """
    directory = converter.coursedir
    assignment, student_pattern = directory.assignment_id, directory.student_id
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        query = _manual_scores(gradebook).filter(Assignment.name == assignment)
        if not set("*?[") & set(student_pattern):
            query = query.filter(SubmittedAssignment.student_id == student_pattern)
        entries = query.all()
    answers: dict[str, dict[str, str]] = {}
    digests: dict[str, str] = {}
    scores = {}
    for student, _assignment, question, grade in entries:
        if student not in answers:
            folder = converter._format_dest(assignment, student)
            answers[student] = answers_of(_read_graded(Path(folder) / f"{assignment}.ipynb"))
            digests[student] = _digest(Path(directory.root), student, assignment)
        scores[student, question] = ManualScore(
            grade.auto_score,
            bool(grade.needs_manual_grade),
            answers[student].get(question),
            digests[student],
        )
    return scores


def answers_of(notebook: dict[str, Any]) -> dict[str, str]:
    """Question -> the source of the cell that holds its answer.

    The answer of a task is all that a student has in cells of their own and in open ones.
    """
    answers, tasks, others = {}, [], []
    for cell in notebook.get("cells", []):
        meta = cell.get("metadata", {}).get("nbgrader", {})
        source = cell.get("source", "")
        text = source if isinstance(source, str) else "".join(source)
        if cell.get("attachments"):  # pictures that the text shows
            text += json.dumps(cell["attachments"], sort_keys=True)
        name = str(meta.get("grade_id", ""))
        if meta.get("solution"):
            answers[question_answered_in(name)] = text
        elif meta.get("task"):
            tasks.append(name)
        elif not (meta.get("locked") or meta.get("grade") or is_of_the_kit(cell)):
            others.append(text)
    return answers | dict.fromkeys(tasks, "\n\n".join(others))


def confirm(gradebook: Gradebook, names: list[str]) -> list[str]:
    """Confirm scores by hand, those of `names` ("student" or "student/assignment") or all of them.

    Returns a line for each. Raises CourseError for a name that has nothing to confirm.
    """
    entries = [
        (f"{student}/{assignment}", student, question, grade)
        for student, assignment, question, grade in _manual_scores(gradebook).filter(
            Grade.needs_manual_grade
        )
    ]
    valid = {name for place, student, _question, _grade in entries for name in (place, student)}
    if unknown := [name for name in names if name not in valid]:
        raise CourseError(
            f"{', '.join(unknown)}: has no score by hand to confirm. "
            "Write student or student/assignment, as `make grade` lists them"
        )
    lines = []
    for place, student, question, grade in entries:
        if not names or student in names or place in names:
            grade.needs_manual_grade = False
            lines.append(f"confirmed {place}: {question}: {float(grade.score):g}")
    gradebook.db.commit()
    return lines


def scores_by_hand(gradebook: Gradebook, assignment: str, student: str) -> dict[str, Grade]:
    """Question -> nbgrader's grade, for each score by hand in one submission."""
    query = _manual_scores(gradebook).filter(
        Assignment.name == assignment, SubmittedAssignment.student_id == student
    )
    return {question: grade for _student, _assignment, question, grade in query}


def waiting_for_a_person(gradebook: Gradebook, assignment: str, student: str) -> list[str]:
    """The questions of one submission that a person has yet to give points for."""
    query = _manual_scores(gradebook, given=False).filter(
        Assignment.name == assignment, SubmittedAssignment.student_id == student
    )
    return [
        question
        for _student, _assignment, question, _grade in query.filter(Grade.needs_manual_grade)
    ]


def _manual_scores(gradebook: Gradebook, *, given: bool = True) -> Query[Any]:
    """A query of student, assignment, question and grade for each score given by hand, or not."""
    query: Query[Any] = (
        gradebook.db.query(SubmittedAssignment.student_id, Assignment.name, BaseCell.name, Grade)
        .select_from(Grade)
        .join(Grade.cell)
        .join(Grade.notebook)
        .join(SubmittedNotebook.assignment)
        .join(SubmittedAssignment.assignment)
        .filter(Grade.manual_score.is_not(None) if given else Grade.manual_score.is_(None))
        .order_by(SubmittedAssignment.student_id, Assignment.name, BaseCell.name)
    )
    return query


def _digest(class_root: Path, student: str, assignment: str) -> str:
    """The digest of the submission when it was last graded; empty if there is no record."""
    try:
        return read_record(class_root / RECORDS / student / f"{assignment}.json").digest
    except (OSError, msgspec.DecodeError):
        return ""


def _read_graded(path: Path) -> dict[str, Any]:
    """The graded notebook of an earlier run; empty if it cannot be read."""
    try:
        notebook = json.loads(read_capped(path, _MAX_BYTES, path.name))
    except (Unreadable, ValueError, RecursionError):
        return {}
    return notebook if isinstance(notebook, dict) else {}
