"""`make grade`: grade the class, write the gradebook, the feedback and the class page, show a table."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout
from rich.console import Console

from autograder._util.command_line import command
from autograder._util.terminal import counted, tell_error
from autograder.authoring.release import not_up_to_date
from autograder.classroom import changes
from autograder.classroom.grade_jobs import grade_jobs
from autograder.classroom.preview import cache_apart, preview
from autograder.classroom.result import Result
from autograder.course.course import Course
from autograder.gradebook.errors import GradebookError
from autograder.sandbox.protocol.errors import SandboxUnavailable
from autograder.submissions.class_directory import LOCK, existing_classroom, find_classroom
from autograder.submissions.selection import Selection
from autograder.submissions.term import read_term, without_dropped

if TYPE_CHECKING:
    from autograder.classroom.class_writer import ClassWriter
    from autograder.classroom.page.entries import Entry


def grade_class(
    course: Course, selection: Selection, options: argparse.Namespace, console: Console
) -> bool:
    """Grade every submission of a selection; True if all were graded, whatever their scores."""
    if options.preview and course.other_cache is None:
        with cache_apart(course) as copied:
            return grade_class(copied, selection, options, console)
    stale = not_up_to_date(course)
    if stale:
        tell_error(f"Not up to date: {', '.join(stale)}. Run `make release` first.")
        return False
    whole = existing_classroom(course) if options.preview else find_classroom(course)
    classroom = selection.submissions_of(whole, course.assignments)
    if any(selection) and not classroom.jobs and not classroom.refused:
        tell_error(
            "Nothing was graded: nobody of the selection has handed in. Leave --student or --assignment out."
        )
        return False
    term = read_term(course)
    classroom, dropped = without_dropped(term, classroom, course)
    if dropped:
        console.print(f"Dropped in the roster, not graded: {', '.join(dropped)}", markup=False)
    if options.preview:
        return preview(course, classroom, options, console)
    class_directory = classroom.root.relative_to(course.root)
    console.print(
        f"Grading {counted(len(classroom.jobs), 'submission')} of {class_directory / 'submitted'}/ "
        f"(data tier: {course.config.tier})",
        markup=False,
    )
    log = changes.ChangeLog(classroom.root)
    writer: ClassWriter | None = None
    page_error = ""
    classes: Mapping[str, list[Entry]] = {}
    try:
        with ExitStack() as stack:
            if not options.unsafe_local:
                stack.enter_context(FileLock(classroom.root / LOCK, timeout=0))

            def prepare() -> None:
                nonlocal writer
                if options.unsafe_local:
                    return
                # Imported while the workers start: nbgrader takes long to import.
                from autograder.classroom.class_writer import ClassWriter

                writer = ClassWriter(course, classroom, term, log)
                for line in writer.lines:
                    console.print(line, markup=False)

            def store(result: Result) -> str:
                if options.unsafe_local:
                    return ""
                assert writer is not None
                return writer.write(result)

            results, failures = grade_jobs(course, classroom, options, console, store, prepare)
            if writer is not None:
                page_error = writer.write_class_page()
                classes = writer.entries()
    except (SandboxUnavailable, GradebookError) as error:
        remedy = " To practise without a sandbox: `autograder grade --unsafe-local`." * isinstance(
            error, SandboxUnavailable
        )
        tell_error(f"Nothing was graded: {error}.{remedy}")
        return False
    except Timeout:
        tell_error(f"Another run is grading {class_directory}; wait for it to end.")
        return False
    # Imported after grading, like the writer above.
    from autograder.classroom.page.written import still_to_grade
    from autograder.classroom.terminal_report import class_table, practice_table, to_confirm

    if writer is None:
        console.print(practice_table(course, results))
    else:
        graded = {result.job.student for result in results}
        console.print(class_table(course, classes, graded, selection.assignments))
    if options.unsafe_local:
        console.print(
            "Practice only (sandbox=none): students' code ran as you, and no gradebook was written."
        )
    _print_problems(results, console)
    for line in still_to_grade(course, classes):
        console.print(f"TO GRADE in the formgrader: {line}", style="bold", markup=False)
    if unconfirmed := to_confirm(classes):
        for line in unconfirmed:
            console.print(f"CONFIRM {line}", style="bold", markup=False)
        console.print(
            "Grade them again in the formgrader, or keep them: "
            f"{command('autograder')} confirm-scores [student[/assignment] ...]",
            markup=False,
        )
    if not options.unsafe_local and results:
        console.print(
            f"Feedback pages: {class_directory / 'feedback'}/<student>/<assignment>/", markup=False
        )
    if writer is not None and not page_error:
        console.print(f"Class page: {writer.page.relative_to(course.root)}", markup=False)
    if log.count:
        path = class_directory / changes.NAME
        console.print(
            f"Results of {counted(log.count, 'submission')} changed: "
            f"{command('autograder')} regrades shows by what "
            f"(from {path})",
            markup=False,
        )
    if page_error:
        console.print(f"NOT WRITTEN {page_error}", style="bold", markup=False)
    for line in [*classroom.refused, *failures]:
        console.print(f"NOT GRADED {line}", style="bold", markup=False)
    return not classroom.refused and not failures and not page_error


def _print_problems(results: list[Result], console: Console) -> None:
    """Print a line for each defect of a submission, repaired or not."""
    for job, record, _ in results:
        for problem in record.problems if record else []:
            console.print(f"note {job.label}: {problem}", markup=False)
