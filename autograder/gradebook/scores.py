"""What the gradebook says: each student's score in each assignment, question by question."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from nbgrader.api import (
    Assignment,
    BaseCell,
    Grade,
    Gradebook,
    SubmittedAssignment,
    SubmittedNotebook,
)


class ExportError(Exception):
    """Nothing can be exported: each of `lines` says what, where, and what to do."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(frozen=True)
class Student:
    """A student of the gradebook; what is not known of one is empty."""

    id: str
    first_name: str
    last_name: str
    email: str
    lms_user_id: str


@dataclass(frozen=True)
class QuestionScore:
    """The points of one question; `score` is None where there is none yet.

    `by_hand` says that they were given by hand, `to_confirm` that they were given for another
    answer or another automatic score than today's; `waiting` that there are none before somebody
    gives them.
    """

    name: str
    score: float | None
    max_score: float
    waiting: bool
    by_hand: bool = False
    to_confirm: bool = False


@dataclass(frozen=True)
class Score:
    """One student's points in one assignment, before `penalty` (of a late submission) is taken off.

    `submitted` is False where there is no submission, `waiting` True where a question is to be
    graded by hand. Times are nbgrader's, in UTC, and empty where it has none.
    """

    student: Student
    assignment: str
    max_score: float
    duedate: str = ""
    timestamp: str = ""
    submitted: bool = False
    waiting: bool = False
    raw_score: float = 0.0
    penalty: float = 0.0
    questions: tuple[QuestionScore, ...] = ()

    @property
    def final(self) -> float | None:
        """The score that counts, as nbgrader computes it; None where there is none yet."""
        if not self.submitted or self.waiting:
            return None
        return max(0.0, self.raw_score - self.penalty)

    @property
    def by_hand(self) -> bool:
        """Whether a question has a score given by hand."""
        return any(question.by_hand for question in self.questions)

    @property
    def to_confirm(self) -> tuple[QuestionScore, ...]:
        """The questions whose score by hand somebody has to confirm."""
        return tuple(question for question in self.questions if question.to_confirm)

    @property
    def seconds_late(self) -> float:
        """How long after the due date it was handed in, as nbgrader computes it; 0 if in time."""
        if not (self.duedate and self.timestamp):
            return 0.0
        handed_in, due = map(datetime.fromisoformat, (self.timestamp, self.duedate))
        return max(0.0, (handed_in - due).total_seconds())


def read_scores(
    gradebook: Gradebook, assignments: list[str], students: list[str]
) -> dict[str, list[Score]]:
    """Assignment -> the score of every student, by id; of all assignments where none is named.

    Raises ExportError for a name, also one of `students`, that the gradebook does not know.
    """
    known = {assignment.name: assignment for assignment in gradebook.assignments}
    roster = [
        Student(
            student.id,
            student.first_name or "",
            student.last_name or "",
            student.email or "",
            student.lms_user_id or "",
        )
        for student in sorted(gradebook.students, key=lambda student: str(student.id))
    ]
    unknown = [
        f"{name}: the gradebook has no such {kind}. Correct the name"
        for kind, names, there in (
            ("assignment", assignments, set(known)),
            ("student", students, {student.id for student in roster}),
        )
        for name in names
        if name not in there
    ]
    if unknown:
        raise ExportError(*unknown)
    return {name: _scores(gradebook, known[name], roster) for name in assignments or known}


def _scores(gradebook: Gradebook, assignment: Assignment, roster: list[Student]) -> list[Score]:
    """All scores of an assignment, by two queries: one for each grade takes minutes of a class."""
    submissions = {
        student: (timestamp, float(penalty))
        for student, timestamp, penalty in gradebook.db.query(
            SubmittedAssignment.student_id,
            SubmittedAssignment.timestamp,
            SubmittedAssignment.late_submission_penalty,
        ).filter(SubmittedAssignment.assignment_id == assignment.id)
    }
    questions = defaultdict(list)
    for student, name, auto, manual, score, most, waiting in (
        gradebook.db.query(
            SubmittedAssignment.student_id,
            BaseCell.name,
            Grade.auto_score,
            Grade.manual_score,
            Grade.score,
            Grade.max_score,
            Grade.needs_manual_grade,
        )
        .select_from(Grade)
        .join(Grade.cell)
        .join(Grade.notebook)
        .join(SubmittedNotebook.assignment)
        .filter(SubmittedAssignment.assignment_id == assignment.id)
        .order_by(BaseCell.name)
    ):
        there = None if auto is None and manual is None and not score else float(score)
        by_hand, marked = manual is not None, bool(waiting)
        questions[student].append(
            QuestionScore(
                name,
                there,
                float(most),
                waiting=marked and not by_hand,
                by_hand=by_hand,
                to_confirm=marked and by_hand,
            )
        )
    most, duedate = float(assignment.max_score), str(assignment.duedate or "")
    scores = []
    for student in roster:
        timestamp, penalty = submissions.get(student.id, (None, 0.0))
        of = tuple(questions[student.id])
        scores.append(
            Score(
                student,
                assignment.name,
                most,
                duedate,
                str(timestamp or ""),
                submitted=student.id in submissions,
                # A submission that nothing was graded of is as good as one that waits.
                waiting=student.id in submissions and (not of or any(each.waiting for each in of)),
                raw_score=sum(each.score or 0.0 for each in of),
                penalty=penalty,
                questions=of,
            )
        )
    return scores
