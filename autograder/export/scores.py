"""What the gradebook says: each student's score in each assignment, question by question."""

from __future__ import annotations

from dataclasses import dataclass

from nbgrader.api import Assignment, Gradebook, SubmittedAssignment


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
    """The points of one question; `score` is None where there is none yet."""

    name: str
    score: float | None
    max_score: float
    waiting: bool


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
    found: dict[str, list[Score]] = {}
    for name in assignments or known:
        submissions = {each.student_id: each for each in gradebook.assignment_submissions(name)}
        found[name] = [
            _score(student, known[name], submissions.get(student.id)) for student in roster
        ]
    return found


def _score(
    student: Student, assignment: Assignment, submission: SubmittedAssignment | None
) -> Score:
    most, duedate = float(assignment.max_score), str(assignment.duedate or "")
    if submission is None:
        return Score(student, assignment.name, most, duedate)
    questions = tuple(
        QuestionScore(
            name=grade.name,
            score=None
            if grade.auto_score is None and grade.manual_score is None
            else float(grade.score),
            max_score=float(grade.max_score),
            waiting=bool(grade.needs_manual_grade),
        )
        for notebook in submission.notebooks
        for grade in notebook.grades
    )
    return Score(
        student,
        assignment.name,
        most,
        duedate,
        str(submission.timestamp or ""),
        submitted=True,
        # A submission that nothing was graded of is as good as one that waits.
        waiting=bool(submission.needs_manual_grade) or not questions,
        raw_score=float(submission.score),
        penalty=float(submission.late_submission_penalty),
        questions=questions,
    )
