"""The commands of the command line: each prints lines and returns an exit status.

Imports are inside the functions: most commands need no TensorFlow and start fast without it.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from autograder._util.terminal import counted
from autograder.course.course import Course

if TYPE_CHECKING:
    from autograder.submissions.selection import Selection

OK, FAILED, USAGE = 0, 1, 2


def _selection(options: argparse.Namespace) -> Selection:
    """What --assignment and --student name."""
    from autograder.submissions.selection import Selection

    return Selection(tuple(options.assignment or ()), tuple(options.student or ()))


def new(start: Path | None, options: argparse.Namespace, console: Console) -> int:
    """Begin a course or an assignment. There may be no course yet, so `start` is --course."""
    from autograder.authoring.new import create

    for line in create(options.what, options.name, start):
        console.print(line, markup=False)
    return OK


def release(course: Course, options: argparse.Namespace, console: Console) -> int:
    """Make the students' notebooks, or list the stale ones."""
    from autograder.authoring.release import release

    stale = release(course, options.check, lambda line: console.print(line, markup=False))
    for name in stale:
        change = "written" if (course.root / name).exists() else "removed, its assignment is gone"
        console.print(f"{'stale' if options.check else change}: {name}", markup=False)
    if options.check and stale:
        console.print("Run `make release` and commit assignments/.")
        return FAILED
    console.print(f"{counted(len(course.assignments), 'assignment')}, up to date in assignments/")
    return OK


def translate(course: Course, options: argparse.Namespace, console: Console) -> int:
    """Update a language's catalogs, and print how many texts are still to translate."""
    from autograder.authoring.catalogs import update

    for line in update(course, options.language, options.assignments):
        console.print(line, markup=False)
    return OK


def data(course: Course, options: argparse.Namespace, console: Console) -> int:
    """Download missing data sets."""
    from autograder.datasets.download import get_missing

    return OK if get_missing(console) else FAILED


def collect(course: Course, options: argparse.Namespace, console: Console) -> int:
    """Take an archive of hand-ins into submitted/."""
    from autograder.classroom.collect import collect

    return OK if collect(course, options, console) else FAILED


def roster(course: Course, options: argparse.Namespace, console: Console) -> int:
    """Bring roster, due dates and extensions into the gradebook."""
    from autograder.classroom.term import roster

    return OK if roster(course, console) else FAILED


def grade(course: Course, options: argparse.Namespace, console: Console) -> int:
    """Grade the class."""
    from autograder.classroom import fork_server

    if not options.cluster:
        fork_server.start()  # before the imports of this process, to go on beside them
    from autograder.classroom.grade_class import grade_class

    return OK if grade_class(course, _selection(options), options, console) else FAILED


def update_questions(course: Course, options: argparse.Namespace, console: Console) -> int:
    """Bring the gradebook to changed questions."""
    from autograder.classroom.update_questions import update_questions

    return OK if update_questions(course, options, console) else FAILED


def regrades(course: Course, options: argparse.Namespace, console: Console) -> int:
    """Show what the last regrade changed."""
    from autograder.classroom.changes import regrades

    regrades(course, console, whole=options.all)
    return OK


def calibrate(course: Course, options: argparse.Namespace, console: Console) -> int:
    """Train the references and record their runs."""
    from autograder.training.calibration import calibrate

    tier = options.tier or course.config.tier
    calibrate(course, tier, options.seeds, options.questions, console, threads=options.threads)
    return OK


def thresholds(course: Course, options: argparse.Namespace, console: Console) -> int:
    """Print the accuracy thresholds, or compute them from the finished runs."""
    from autograder.training.publish import print_tables, publish

    if options.publish:
        return OK if publish(course, console) else FAILED
    print_tables(course, console)
    return OK


def cache(course: Course, options: argparse.Namespace, console: Console) -> int:
    """List the cached training runs, or delete them."""
    from autograder.classroom.kept_runs import list_runs
    from autograder.training.cache import TrainingCache

    if options.clear:
        dropped = TrainingCache(course.cache / "trainings").clear()
        console.print(f"{counted(dropped, 'training run')} dropped")
    else:
        list_runs(course, console)
    return OK


def confirm_scores(course: Course, options: argparse.Namespace, console: Console) -> int:
    """Confirm manual scores."""
    from autograder.classroom.terminal_report import confirm_scores

    return OK if confirm_scores(course, options.submissions, console) else FAILED


def report(course: Course, options: argparse.Namespace, console: Console) -> int:
    """Show the class in the terminal."""
    from autograder.classroom.terminal_report import report

    return OK if report(course, _selection(options), console) else FAILED


def class_page(course: Course, options: argparse.Namespace, console: Console) -> int:
    """Write the class page."""
    from autograder.classroom.page.command import class_page

    return OK if class_page(course, _selection(options), options, console) else FAILED


def export(course: Course, options: argparse.Namespace, console: Console) -> int:
    """Write scores for another system."""
    from autograder.export.command import export

    return OK if export(course, options, console) else FAILED


def export_feedback(course: Course, options: argparse.Namespace, console: Console) -> int:
    """Write pages of feedback for Moodle or for each student."""
    from autograder.export.feedback import export_feedback

    return OK if export_feedback(course, options, console) else FAILED


def student_kit(course: Course, options: argparse.Namespace, console: Console) -> int:
    """Make the zip for students."""
    from autograder.authoring.student_kit import write_kit

    target = course.root / "dist" / f"{course.config.course_id}-student-kit.zip"
    names = write_kit(course, target)
    console.print(f"{course.relative(target)}: {', '.join(names)}", markup=False)
    return OK


def gradescope(course: Course, options: argparse.Namespace, console: Console) -> int:
    """Make an autograder for Gradescope, or run as one."""
    from autograder.authoring.release import not_up_to_date
    from autograder.course.settings import CourseError
    from autograder.export import gradescope

    if options.run:
        console.print(gradescope.run(course, options.assignment, options.run), markup=False)
        return OK
    if stale := not_up_to_date(course):
        raise CourseError(f"{', '.join(stale)}: not up to date. Run `make release`")
    target = course.root / "dist" / f"gradescope-{options.assignment}.zip"
    names = gradescope.write_autograder(course, options.assignment, target)
    console.print(
        f"{course.relative(target)}: {len(names)} files. It holds solutions", markup=False
    )
    return OK


def similar(course: Course, options: argparse.Namespace, console: Console) -> int:
    """Compare students' answers with each other."""
    from autograder.classroom.similarity import compare
    from autograder.submissions.class_directory import find_classroom

    page = compare(course, find_classroom(course), options.assignment)
    if page is None:
        console.print(f"{options.assignment}: no similar answers, so no report", markup=False)
    else:
        console.print(
            f"{course.relative(page)}: open it in a browser. It holds names", markup=False
        )
    return OK


def verify(course: Course, options: argparse.Namespace, console: Console) -> int:
    """Grade again and print differences from the records."""
    from autograder.classroom.verify import verify

    return OK if verify(course, options.submissions, console) else FAILED


def validate(course: Course, options: argparse.Namespace, console: Console) -> int:
    """Check the course itself."""
    from autograder.authoring.hand_in_check import check_hand_ins
    from autograder.authoring.validate import validate

    if options.answers:
        from autograder.authoring.graded_answers import graded_answers

        return OK if graded_answers(course, console, tuple(options.assignment or ())) else FAILED
    if options.student:
        return OK if check_hand_ins(course, _selection(options), console) else FAILED
    return OK if validate(course, console, tuple(options.assignment or ())) else FAILED
