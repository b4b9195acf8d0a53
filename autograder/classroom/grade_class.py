"""`make grade`: find the class, grade it, write the gradebook and the feedback, show a table."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path

from filelock import FileLock, Timeout
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from autograder._util.atomic import PART
from autograder._util.interrupts import noticed
from autograder._util.terminal import tell_error
from autograder.authoring.release import release, sources
from autograder.classroom.page import command as class_page
from autograder.classroom.page.entries import Entry, read_class
from autograder.classroom.scheduler import Result, grade_all
from autograder.classroom.terminal_report import class_table, practice_table, to_confirm
from autograder.course.course import Course
from autograder.course.settings import CourseError
from autograder.gradebook.gradebook import GradebookError, database, feedback, register, write
from autograder.gradebook.unchanged import Written
from autograder.results.record import write_record
from autograder.sandbox.protocol.errors import SandboxUnavailable
from autograder.submissions.class_directory import (
    LOCK,
    RECORDS,
    Classroom,
    Job,
    find_classroom,
    record_path,
)


def grade_class(course: Course, options: argparse.Namespace, console: Console) -> bool:
    """Grade everything there is; True if all of it was graded, however students did."""
    stale = release(course, check=True)
    if stale:
        tell_error(f"Not up to date: {', '.join(stale)}. Run `make release` first.")
        return False
    classroom = find_classroom(course)
    where = classroom.root.relative_to(course.root)
    console.print(
        f"Grading {len(classroom.jobs)} submissions of {where / 'submitted'}/ "
        f"(data tier: {course.config.tier})",
        markup=False,
    )
    try:
        written, no_page = None, ""
        classes: dict[str, list[Entry]] = {}
        with ExitStack() as stack:
            if not options.unsafe_local:
                lock = FileLock(classroom.root / LOCK, timeout=0)
                stack.enter_context(lock)
                for pattern in (f"{RECORDS}/*/*{PART}", f"{class_page.NAME}.*{PART}"):
                    for left in classroom.root.glob(pattern):
                        left.unlink()  # by a run that was killed
                register(course, classroom.root, sources(course))
                written = Written(course, classroom.root)
            results, failures = _graded(course, classroom, options, console, written)
            if written is not None:
                no_page = _class_page(course, classroom.root)
                classes = read_class(course, classroom.root, database(course, classroom.root))
    except (SandboxUnavailable, GradebookError) as error:
        remedy = " To practise without a sandbox: `autograder grade --unsafe-local`." * isinstance(
            error, SandboxUnavailable
        )
        tell_error(f"Nothing was graded: {error}.{remedy}")
        return False
    except Timeout:
        tell_error(f"Another run is grading {where}; wait for it to end.")
        return False
    if written is None:
        console.print(practice_table(course, results))
    else:
        console.print(class_table(course, classes, {result.job.student for result in results}))
    if options.unsafe_local:
        console.print(
            "Practice only (sandbox=none): students' code ran as you, and no gradebook was written."
        )
    _problems(results, console)
    if unconfirmed := to_confirm(classes):
        for line in unconfirmed:
            console.print(f"CONFIRM {line}", style="bold", markup=False)
        console.print(
            "Grade them again in the formgrader, or keep them: "
            ".venv/bin/autograder confirm-scores [student[/assignment] ...]",
            markup=False,
        )
    if not options.unsafe_local and results:
        console.print(f"Feedback pages: {where / 'feedback'}/<student>/<assignment>/", markup=False)
    if not options.unsafe_local and not no_page:
        console.print(f"Class page: {where / class_page.NAME}", markup=False)
    if no_page:
        console.print(f"NOT WRITTEN {no_page}", style="bold", markup=False)
    for line in [*classroom.refused, *failures]:
        console.print(f"NOT GRADED {line}", style="bold", markup=False)
    return not classroom.refused and not failures and not no_page


def _graded(
    course: Course,
    classroom: Classroom,
    options: argparse.Namespace,
    console: Console,
    written: Written | None,
) -> tuple[list[Result], list[str]]:
    """Results in the order of the class, and a line for each submission without a grade."""
    results: list[Result] = []
    failures: list[str] = []
    with noticed() as stop_if_interrupted, _progress(console) as progress:
        task = progress.add_task("grading", total=len(classroom.jobs))
        workers = options.jobs if options.jobs and options.jobs > 0 else None
        graded = grade_all(
            classroom.jobs,
            course,
            workers=workers,
            unsafe_local=options.unsafe_local,
            address=options.cluster,
        )
        for result in graded:
            progress.update(task, description=f"{result.job.student}/{result.job.assignment}")
            error = result.error or _recorded(course, classroom.root, result, written)
            if error:
                failures.append(f"{result.job.student}/{result.job.assignment}: {error}")
            if result.record is not None:
                results.append(result)
            progress.advance(task)
            stop_if_interrupted()
    order = {job: index for index, job in enumerate(classroom.jobs)}
    return sorted(results, key=lambda result: order[result.job]), sorted(failures)


def _recorded(course: Course, root: Path, result: Result, written: Written | None) -> str:
    """Write one result into the gradebook, if there is one; what went wrong, if anything did."""
    job, record = result.job, result.record
    assert record is not None
    errors = [f"{outcome.question}: {outcome.message}" for outcome in record.grader_errors()]
    if written is not None and not written.holds(job, record):
        try:
            write(course, root, job.student, job.assignment, record)
            write_record(record_path(root, job), record)
            feedback(course, root, job.student, job.assignment)
            written.note(job, record)
        except (GradebookError, OSError) as error:
            return str(error)
    return f"a grader failed ({'; '.join(errors)})" if errors else ""


def _class_page(course: Course, root: Path) -> str:
    """Write the class page; a line that says why it could not be, if so."""
    try:
        class_page.write(course, root, database(course, root))
    except (GradebookError, CourseError) as error:
        return f"{class_page.NAME}: {error}"
    except OSError as error:
        return f"{class_page.NAME}: {error.strerror}. Check disk space and what has this name"
    return ""


def _problems(results: list[Result], console: Console) -> None:
    """One line for each thing that was repaired in, or wrong with, what students handed in."""
    for job, record, _ in results:
        for problem in record.problems if record else []:
            console.print(f"note {_name(job)}: {problem}", markup=False)


def _name(job: Job) -> str:
    return f"{job.student}/{job.assignment}"


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
        console=console,
    )
