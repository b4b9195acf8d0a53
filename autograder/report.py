"""The class at a glance, in a terminal: a table of scores, and how each question went."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.class_page.entries import Entry, read_class
from autograder.class_page.roster import rows
from autograder.class_page.summary import summarize_class
from autograder.course import Course
from autograder.gradebook import GradebookError, graded_class
from autograder.outcome import Status
from autograder.scheduler import Result


def class_table(course: Course, results: list[Result]) -> Table:
    """Students by assignments; a score, its maximum, and what is worth a second look."""
    table = Table(title="Scores", caption="a star: a note on this submission is below the table")
    table.add_column("student")
    for assignment in course.assignments.values():
        table.add_column(f"{assignment.name} /{assignment.points:g}", justify="right")
    by_student: dict[str, dict[str, str]] = {}
    for job, record, _ in results:
        if record is not None:
            star = "*" if record.problems else ""
            crashed = " crashed" * any(o.status is Status.CRASHED for o in record.outcomes)
            cell = f"{record.total():g}{star}{crashed}"
            by_student.setdefault(job.student, {})[job.assignment] = cell
    for student, cells in by_student.items():
        # Text, not str: a student's name is not ours to interpret as markup.
        table.add_row(Text(student), *(cells.get(name, "-") for name in course.assignments))
    return table


def report(course: Course, console: Console) -> bool:
    """Print, from gradebook and records, each student's scores and how each question went."""
    try:
        classes = read_class(course, *graded_class(course))
    except GradebookError as error:
        console.print(f"No report: {error}", markup=False)
        return False
    scores = Table(title="Scores in the gradebook, late penalties taken off")
    for heading in ("student", *classes):
        scores.add_column(heading)
    for row in rows(classes):
        scores.add_row(Text(row.student.id), *(_final(entry) for entry in row.entries.values()))
    console.print(scores)
    questions = Table(title=f"Questions (data tier: {course.config.tier})")
    for heading in ("assignment", "question", "points", *map(str, Status)):
        questions.add_column(heading)
    for summary in summarize_class(course, classes):
        for one in summary.questions:
            counts = (str(len(one.states[status])) for status in Status)
            name, points = one.question.name, f"{one.question.points:g}"
            questions.add_row(summary.assignment.name, name, points, *counts)
    console.print(questions)
    return True


def _final(entry: Entry) -> str:
    if not entry.score.submitted:
        return "-"
    return "by hand" if entry.score.final is None else f"{entry.score.final:g}"
