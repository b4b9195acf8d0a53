"""The class at a glance: a table of scores, and for each question how many got it right."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from nbgrader.api import Gradebook
from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.classroom import EXAMPLE, SUBMITTED
from autograder.course import Course
from autograder.gradebook import GradebookError, database
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


def graded_class(course: Course) -> tuple[Path, str]:
    """The class's directory, or the example class's, and its gradebook; empty if there is none.

    Raises GradebookError for one that cannot be read.
    """
    root = course.root if (course.root / SUBMITTED).is_dir() else course.root / EXAMPLE
    return root, database(course, root) if (root / "nbgrader_config.py").exists() else ""


def report(course: Course, console: Console) -> bool:
    """Print, from the gradebook, each student's totals and each question's pass rate."""
    try:
        _, url = graded_class(course)
    except GradebookError as error:
        console.print(f"No report: {error}", markup=False)
        return False
    if not url:
        console.print("There is no gradebook yet: run `make grade` first.")
        return False
    scores = Table(title="Scores in the gradebook, late penalties taken off")
    for heading in ("student", *course.assignments):
        scores.add_column(heading)
    passed: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    with Gradebook(url) as gradebook:
        rows: dict[str, dict[str, str]] = {}
        for name in course.assignments:
            for submission in gradebook.assignment_submissions(name):
                final = max(0.0, submission.score - submission.late_submission_penalty)
                rows.setdefault(submission.student_id, {})[name] = f"{final:g}"
                for notebook in submission.notebooks:
                    for grade in notebook.grades:
                        tried[grade.name] += 1
                        passed[grade.name] += grade.score >= (grade.max_score or 1)
    for student, row in sorted(rows.items()):
        scores.add_row(Text(student), *(row.get(name, "-") for name in course.assignments))
    console.print(scores)
    questions = Table(title=f"Questions (data tier: {course.config.tier})")
    for heading in ("assignment", "question", "points", "full marks"):
        questions.add_column(heading)
    for assignment in course.assignments.values():
        for question in assignment.questions:
            of = tried[question.name]
            share = f"{passed[question.name]} of {of}" if of else "-"
            questions.add_row(assignment.name, question.name, f"{question.points:g}", share)
    console.print(questions)
    return True
