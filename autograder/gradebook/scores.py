"""Reads scores from the gradebook: each student, each assignment, question by question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from nbgrader.api import (
    Assignment,
    BaseCell,
    Grade,
    Gradebook,
    SubmittedAssignment,
    SubmittedNotebook,
)

from autograder.course.course import Course


class ExportError(Exception):
    """Nothing can be exported: each of `lines` says what, where, and what to do."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(frozen=True)
class Student:
    """A student of the gradebook; unknown fields are empty."""

    id: str
    first_name: str
    last_name: str
    email: str
    lms_user_id: str


@dataclass(frozen=True)
class QuestionScore:
    """The points of one question; `score` is None if there is none yet.

    `by_hand`: a person gave the points. `to_confirm`: they were given by hand for another answer or
    another automatic score than the current one. `waiting`: a person has yet to give them.
    """

    name: str
    score: float | None
    max_score: float
    waiting: bool
    by_hand: bool = False
    to_confirm: bool = False


@dataclass(frozen=True)
class Score:
    """One student's points in one assignment, before the late `penalty` is subtracted.

    `submitted` is False if the gradebook has no submission. `ungraded` is True if one is handed in all the
    same, and nobody has graded it yet. `waiting` is True if a question has to be graded by hand. Times are
    nbgrader's, in UTC, and empty if it has none. `duedate` is the assignment's; the student's `extension`
    is added to it.
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
    extension: timedelta = timedelta()
    ungraded: bool = False

    @property
    def missing(self) -> bool:
        """Whether nothing was handed in."""
        return not self.submitted and not self.ungraded

    @property
    def final(self) -> float | None:
        """The final score, as nbgrader computes it, or None if there is none yet."""
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
        """How long after the student's due date it was handed in, as nbgrader computes it; 0 if in time."""
        if not (self.duedate and self.timestamp):
            return 0.0
        handed_in, due = map(datetime.fromisoformat, (self.timestamp, self.duedate))
        return max(0.0, (handed_in - due - self.extension).total_seconds())


def read_scores(
    gradebook: Gradebook,
    assignments: list[str],
    students: list[str],
    dropped: Collection[str] = (),
    handed_in: Collection[tuple[str, str]] = (),
    course: Course | None = None,
) -> dict[str, list[Score]]:
    """Assignment -> the scores of all students, sorted by id. Without `assignments`, reads all.

    Assignments and questions are in the order of the `course`, or by name without a course.
    `handed_in` has (student, assignment) of all submissions, of which the gradebook may lack the latest, and
    their students. Those who are `dropped` from the class are left out. Raises ExportError if the
    gradebook lacks one of `assignments` or `students`, or one of these is dropped.
    """
    by_name = {assignment.name: assignment for assignment in gradebook.assignments}
    by_id = {
        str(student.id): Student(
            student.id,
            student.first_name or "",
            student.last_name or "",
            student.email or "",
            student.lms_user_id or "",
        )
        for student in gradebook.students
    }
    for student, assignment in handed_in:
        if assignment in by_name:
            by_id.setdefault(student, Student(student, "", "", "", ""))
    roster = [by_id[student] for student in sorted(by_id)]
    unknown = [
        f"{name}: the gradebook has no such {kind}. Correct the name"
        for kind, names, existing in (
            ("assignment", assignments, set(by_name)),
            ("student", students, {student.id for student in roster}),
        )
        for name in names
        if name not in existing
    ]
    unknown += [f"{name}: is dropped in the roster" for name in students if name in dropped]
    if unknown:
        raise ExportError(*unknown)
    roster = [student for student in roster if student.id not in dropped]
    known = course.assignments if course is not None else {}
    return {
        name: _scores(
            gradebook,
            by_name[name],
            roster,
            handed_in,
            _place_among(q.name for q in (known[name].questions if name in known else ())),
        )
        for name in assignments or sorted(by_name, key=_place_among(known))
    }


def _place_among(known: Iterable[str]) -> Callable[[str], tuple[int, str]]:
    """What names are sorted by: in the order of the `known` ones, then the others by name."""
    places = {name: place for place, name in enumerate(known)}
    return lambda name: (places.get(name, len(places)), name)


def _scores(
    gradebook: Gradebook,
    assignment: Assignment,
    roster: list[Student],
    handed_in: Collection[tuple[str, str]],
    place: Callable[[str], tuple[int, str]],
) -> list[Score]:
    """All scores of an assignment, with two queries: a query for each grade takes minutes for a class.

    A student's questions are sorted by the `place` of their names; the gradebook has them in no order.
    """
    submissions = {
        student: (timestamp, float(penalty), extension or timedelta())
        for student, timestamp, penalty, extension in gradebook.db.query(
            SubmittedAssignment.student_id,
            SubmittedAssignment.timestamp,
            SubmittedAssignment.late_submission_penalty,
            SubmittedAssignment.extension,
        ).filter(SubmittedAssignment.assignment_id == assignment.id)
    }
    questions = defaultdict(list)
    for student, name, auto, manual, score, max_score, waiting in (
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
    ):
        points = None if auto is None and manual is None and not score else float(score)
        by_hand, marked = manual is not None, bool(waiting)
        questions[student].append(
            QuestionScore(
                name,
                points,
                float(max_score),
                waiting=marked and not by_hand,
                by_hand=by_hand,
                to_confirm=marked and by_hand,
            )
        )
    max_score, duedate = float(assignment.max_score), str(assignment.duedate or "")
    scores = []
    for student in roster:
        timestamp, penalty, extension = submissions.get(student.id, (None, 0.0, timedelta()))
        question_scores = tuple(
            sorted(questions[student.id], key=lambda question: place(question.name))
        )
        scores.append(
            Score(
                student,
                assignment.name,
                max_score,
                duedate,
                str(timestamp or ""),
                submitted=student.id in submissions,
                # A submission without any grade also waits.
                waiting=student.id in submissions
                and (not question_scores or any(question.waiting for question in question_scores)),
                raw_score=sum(question.score or 0.0 for question in question_scores),
                penalty=penalty,
                extension=extension,
                questions=question_scores,
                ungraded=student.id not in submissions
                and (student.id, assignment.name) in handed_in,
            )
        )
    return scores
