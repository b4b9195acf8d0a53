"""The command `autograder update-questions`: says what a changed course does to its scores, then does it."""

from __future__ import annotations

import argparse
import sqlite3
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout
from nbgrader.api import Gradebook
from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError

from autograder._util.terminal import tell_error
from autograder.authoring.release import sources
from autograder.course.course import Course
from autograder.course.known_names import refuse_unknown_assignments
from autograder.course.settings import CourseError
from autograder.gradebook.changed_questions import Plan, apply, plans
from autograder.gradebook.class_gradebook import graded_class, unreadable
from autograder.gradebook.errors import GradebookError
from autograder.gradebook.gradebook import register
from autograder.submissions.class_directory import LOCK


def update_questions(course: Course, options: argparse.Namespace, console: Console) -> bool:
    """Print what would become of the scores, and with --apply do it; False if that was not possible.

    A question is removed only by its name. Raises CourseError for options that do not fit.
    """
    refuse_unknown_assignments(options.assignment or (), course.assignments)
    names = options.assignment or list(course.assignments)
    try:
        root, url = graded_class(course)
        with ExitStack() as stack:
            if options.apply:
                stack.enter_context(FileLock(root / LOCK, timeout=0))
            gradebook = stack.enter_context(Gradebook(url, course.config.course_id))
            pending = plans(course, gradebook, names, dict(options.rename))
            for line in (line for plan in pending for line in plan.lines()):
                console.print(line, markup=False)
            if not pending:
                console.print("The gradebook has the questions and points of the course.")
                return True
            if not options.apply:
                console.print(_advice(pending), markup=False)
                return True
            _refuse_unnamed(pending, options.remove)
            notebooks = sources(course)  # fails before anything is changed
            if backup := _copy(url):
                console.print(f"The gradebook as it was: {course.relative(backup)}", markup=False)
            with gradebook.db.no_autoflush:
                for plan in pending:
                    apply(course, gradebook, plan)
            gradebook.db.commit()
    except Timeout:
        tell_error("A run is grading this class; wait for it to end.")
        return False
    except GradebookError as error:
        tell_error(f"Nothing was changed: {error}")
        return False
    except SQLAlchemyError as error:
        tell_error(f"Nothing was changed: {unreadable(url, error)}")
        return False
    try:
        register(course, root, notebooks)
    except GradebookError as error:
        tell_error(f"The questions were changed; what is left is for `make grade`: {error}")
        return False
    console.print("Done. Grade again: `make grade`.")
    return True


def _advice(pending: list[Plan]) -> str:
    """What to type next."""
    hint = ""
    for plan in pending:
        if plan.removed and plan.added:
            hint = (
                f" If {plan.removed[0]} is only called {plan.added[0]} now: "
                f"--rename {plan.removed[0]}={plan.added[0]}."
            )
    removed = "".join(f" --remove {name}" for plan in pending for name in plan.removed)
    return f"Nothing was changed.{hint} To do what is said above, add{removed} --apply."


def _refuse_unnamed(pending: list[Plan], named: list[str]) -> None:
    """Raise CourseError for a question that would lose its scores without being named."""
    unnamed = [name for plan in pending for name in plan.removed if name not in named]
    if unnamed:
        raise CourseError(
            f"{', '.join(unnamed)}: would lose all scores. Name it with --remove, or with --rename "
            "OLD=NEW if it is only called otherwise"
        )


def _copy(url: str) -> Path | None:
    """A copy of an SQLite gradebook beside it; None for another database."""
    path = Path(url.removeprefix("sqlite:///"))
    if not url.startswith("sqlite:///"):
        return None
    copy = path.with_name(f"{path.name}.before-{datetime.now():%Y%m%d-%H%M%S}")
    copy.touch(0o600)
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(copy)) as new:
        old.backup(new)
    return copy
