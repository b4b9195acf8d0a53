"""The class in a terminal: a table of scores, and the results of each question."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from filelock import FileLock, Timeout
from nbgrader.api import Gradebook
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy.exc import SQLAlchemyError

from autograder._util.terminal import tell_error
from autograder.classroom.page.entries import Entry, read_class, select
from autograder.classroom.page.roster import rows
from autograder.classroom.page.summary import AssignmentSummary, summarize_class
from autograder.classroom.page.written import STATES as WRITTEN_STATES
from autograder.classroom.result import Result
from autograder.course.course import Course
from autograder.gradebook.class_gradebook import graded_class, unreadable
from autograder.gradebook.errors import GradebookError
from autograder.gradebook.manual_scores import confirm
from autograder.results.outcome import Status
from autograder.results.record import GradeRecord
from autograder.submissions.class_directory import LOCK
from autograder.submissions.selection import Selection

Classes = Mapping[str, list[Entry]]

# Marks that can follow a score, with their legend.
_SIGNS = {
    "*": "a note on this submission, which `make grade` lists",
    "late": "handed in late, the penalty is taken off",
    "hand": "holds points given by hand",
    "confirm": "points given by hand for another answer or automatic score, which `make grade` lists",
    "waits": "waits for points by hand, which are not in it yet",
    "crashed": "code that crashed",
    "new": "handed in, not graded yet: `make grade` grades it",
    "-": "nothing handed in",
}


def class_table(
    course: Course,
    classes: Classes,
    students: Iterable[str] | None = None,
    assignments: Collection[str] = (),
) -> Table:
    """Students by assignments: the gradebook's scores, of all or of some."""
    chosen = None if students is None else set(students)
    cells = {
        row.student.id: {name: _cell(entry) for name, entry in row.entries.items()}
        for row in rows(classes)
        if chosen is None or row.student.id in chosen
    }
    return _table("Scores in the gradebook", course, cells, assignments)


def practice_table(course: Course, results: list[Result]) -> Table:
    """Students by assignments, for a run that writes no gradebook: automatic scores only."""
    cells: dict[str, dict[str, list[str]]] = {}
    for job, record, _ in results:
        if record is not None:
            signs = _signs_of_record(record)
            cells.setdefault(job.student, {})[job.assignment] = [f"{record.total():g}", *signs]
    return _table("Automatic scores", course, cells)


def to_confirm(classes: Classes) -> list[str]:
    """A line for each manual score whose answer or automatic score has changed since."""
    return [
        f"{entry.student}/{assignment}: {question.name}: {question.score or 0:g} of "
        f"{question.max_score:g} by hand still count; the answer or its automatic score has changed"
        for assignment, entries in classes.items()
        for entry in entries
        for question in entry.score.to_confirm
    ]


def report(course: Course, selection: Selection, console: Console) -> bool:
    """Print each student's scores and the results of each question, from gradebook and records."""
    try:
        classes = select(read_class(course, *graded_class(course)), selection, course)
    except GradebookError as error:
        tell_error(f"No report: {error}")
        return False
    console.print(class_table(course, classes, assignments=selection.assignments))
    questions = Table(title=f"Questions (data tier: {course.config.tier})")
    for heading in ("assignment", "question", "points", *map(str, Status)):
        questions.add_column(heading)
    summaries = summarize_class(course, classes)
    for summary in summaries:
        for question in summary.questions:
            counts = (str(len(question.states[status])) for status in Status)
            name, points = question.question.name, f"{question.question.points:g}"
            questions.add_row(summary.assignment.name, name, points, *counts)
    console.print(questions)
    if any(summary.written for summary in summaries):
        console.print(_written_table(summaries))
    return True


def _written_table(summaries: Iterable[AssignmentSummary]) -> Table:
    """How far the grading by a person is, question by question."""
    table = Table(title="Written answers and tasks")
    for heading in ("assignment", "question", "points", *WRITTEN_STATES):
        table.add_column(heading)
    for summary in summaries:
        for written in summary.written:
            counts = (str(len(written.states[state])) for state in WRITTEN_STATES)
            name, points = written.question.name, f"{written.question.points:g}"
            table.add_row(summary.assignment.name, name, points, *counts)
    return table


def confirm_scores(course: Course, names: list[str], console: Console) -> bool:
    """Confirm manual scores that were given before a regrade. Raises CourseError."""
    try:
        root, db_url = graded_class(course)
        with (
            FileLock(root / LOCK, timeout=0),
            Gradebook(db_url, course.config.course_id) as gradebook,
        ):
            lines = confirm(gradebook, names)
    except Timeout:
        tell_error("A run is grading this class; wait for it to end.")
        return False
    except GradebookError as error:
        tell_error(f"Nothing was confirmed: {error}")
        return False
    except SQLAlchemyError as error:
        tell_error(f"Nothing was confirmed: {unreadable(db_url, error)}")
        return False
    for line in lines or ["no score by hand is to be confirmed"]:
        console.print(line, markup=False)
    return True


def _table(
    title: str,
    course: Course,
    cells: Mapping[str, Mapping[str, list[str]]],
    assignments: Collection[str] = (),
) -> Table:
    """A table of scores with their signs, and a legend of the signs that occur.

    It has a column for each of `assignments`, or for all of the course if it is empty.
    """
    table = Table(title=title)
    table.add_column("student")
    columns = [
        assignment
        for assignment in course.assignments.values()
        if assignment.name in (assignments or {assignment.name})
    ]
    for assignment in columns:
        table.add_column(f"{assignment.name} /{assignment.points:g}", justify="right")
    used_signs: set[str] = set()
    for student, scores in cells.items():
        row = [scores.get(assignment.name, ["-"]) for assignment in columns]
        used_signs.update(sign for parts in row for sign in parts)
        # Text, not str: rich would interpret markup in a student's name.
        table.add_row(Text(student), *(" ".join(parts) for parts in row))
    legend = [f"{sign}: {words}" for sign, words in _SIGNS.items() if sign in used_signs]
    table.caption = "\n".join(legend) or None
    return table


def _cell(entry: Entry) -> list[str]:
    """The score of an entry and its signs."""
    score = entry.score
    if not score.submitted:
        return ["new" if score.ungraded else "-"]
    signs = [] if entry.record is None else _signs_of_record(entry.record)
    applies = {
        "late": score.seconds_late > 0,
        "hand": score.by_hand,
        "confirm": bool(score.to_confirm),
        "waits": score.waiting,
    }
    signs += [sign for sign, applicable in applies.items() if applicable]
    current_score = max(0.0, score.raw_score - score.penalty)
    return [f"{current_score:g}", *(sign for sign in _SIGNS if sign in signs)]


def _signs_of_record(record: GradeRecord) -> list[str]:
    crashed = any(outcome.status is Status.CRASHED for outcome in record.outcomes)
    return ["*"] * bool(record.problems) + ["crashed"] * crashed
