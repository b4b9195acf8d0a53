"""The command `autograder export feedback`: pages of feedback as an LMS takes them, or a zip a student."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from nbgrader.api import Gradebook
from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError

from autograder._util.atomic import zipped
from autograder._util.i18n import use_language
from autograder.course.course import Course
from autograder.course.known_names import refuse_unknown_assignments
from autograder.course.settings import CourseError
from autograder.export import unscored
from autograder.export.base import (
    Report,
    new_file,
    print_report,
    tell_nothing_exported,
    write_new,
)
from autograder.export.canvas_feedback import file_of, graded_notebook
from autograder.gradebook.class_gradebook import graded_class, unreadable
from autograder.gradebook.comments import read_comments
from autograder.gradebook.errors import GradebookError
from autograder.gradebook.page_stamps import Entries, is_older, read_entries
from autograder.gradebook.scores import ExportError, Score, read_scores
from autograder.gradebook.students import roster_of
from autograder.submissions.archive import opened
from autograder.submissions.class_directory import handed_in
from autograder.submissions.hand_ins import HandIn, read_hand_ins
from autograder.submissions.recognize import recognize
from autograder.submissions.roster import dropped_in

_ZIPS = "feedback-zips"  # the default directory of the students' zips

Pages = dict[tuple[str, str], bytes]  # (student, assignment) -> the page


def export_feedback(course: Course, options: argparse.Namespace, console: Console) -> bool:
    """Write the zips and report what is in them; True if each graded submission's page is.

    Raises CourseError for an unknown assignment or an archive that cannot be used.
    """
    names = list(options.assignment or ())
    refuse_unknown_assignments(names, course.assignments)
    use_language(course.config.language, course.graders)  # of what is added to Canvas's notebooks
    report = Report()
    try:
        root, url = graded_class(course)
        with Gradebook(url, course.config.course_id) as gradebook:
            dropped = dropped_in(course, root)
            students = list(options.student or ())
            scores = read_scores(gradebook, names, students, dropped, handed_in(root), course)
            comments = {}
            entries = None
            if options.system == "canvas":  # whose notebooks are made from the gradebook now
                comments = {name: read_comments(gradebook, name) for name in scores}
            else:
                entries = read_entries(gradebook.db)
        pages = _pages(root, scores.values(), set(options.student or ()), entries, report)
        if not pages:
            raise ExportError(
                *report.missed, "no page of feedback is up to date. Run `make grade` first"
            )
        if options.system == "moodle":
            _for_lms(course, options, pages, report)
        elif options.system == "canvas":
            notebooks = {
                (student, name): graded_notebook(root, score, comments[name].get(student, {}))
                for name, by_student in scores.items()
                for score in by_student
                if ((student := score.student.id), name) in pages
            }
            _for_lms(course, options, notebooks, report)
        else:
            _for_students(Path(options.to) if options.to else course.root / _ZIPS, pages, report)
    except (ExportError, GradebookError) as error:
        tell_nothing_exported(error)
        return False
    except SQLAlchemyError as error:
        tell_nothing_exported(unreadable(url, error))
        return False
    return print_report(report, console, course.relative)


def _pages(
    root: Path,
    scores: Iterable[list[Score]],
    students: set[str],
    entries: Entries | None,
    report: Report,
) -> Pages:
    """The pages of all submissions whose grading is complete; reports the others.

    With the gradebook's `entries`, a page must have been made from them.
    """
    pages: Pages = {}
    chosen = [
        score
        for assignment_scores in scores
        for score in assignment_scores
        if not students or score.student.id in students
    ]
    report.missed += unscored.lines(
        chosen, "waiting", "ungraded", consequence="no page is handed back"
    )
    for score in chosen:
        if score.final is None:
            continue
        student, assignment = score.student.id, score.assignment
        label = f"{student}/{assignment}"
        path = root / "feedback" / student / assignment / f"{assignment}.html"
        if Path(student).name != student or not path.is_file():
            report.missed.append(f"{label}: has no page of feedback. Run `make grade`")
            continue
        page = path.read_bytes()
        if entries is not None and is_older(page, entries[student, assignment]):
            report.missed.append(
                f"{label}: points or comments have changed since the page was made. Run `make grade`"
            )
            continue
        pages[student, assignment] = page
    return pages


def _for_lms(
    course: Course,
    options: argparse.Namespace,
    contents: Mapping[tuple[str, str], bytes | None],
    report: Report,
) -> None:
    """Write the zip that an LMS takes, by the names of its own archive of hand-ins."""
    lms, way = options.system.capitalize(), _WAYS[options.system]
    if len(options.assignment or ()) != 1:
        raise CourseError(f"an archive of {lms} is one assignment's. Name it with --assignment")
    archive: Path = options.archive
    with opened(archive) as members:
        roster = roster_of(course, options.roster)
        archive_hand_ins = read_hand_ins(options.system, members, roster, options.assignment)
        if options.system == "canvas":
            recognize(course, archive_hand_ins.hand_ins.values())
    files = {}
    for (student, assignment), content in contents.items():
        hand_in = archive_hand_ins.hand_ins.get(student)
        name = way.path_of(hand_in, assignment) if hand_in is not None else ""
        if not name:
            report.missed.append(
                f"{student}/{assignment}: has no {way.lacking} in {archive.name}, so {lms} would not know "
                "whose it is. Upload it by hand"
            )
        elif content is None:
            report.missed.append(
                f"{student}/{assignment}: has no graded notebook. Run `make grade`"
            )
        else:
            files[name] = content
    if not files:
        raise ExportError(*report.missed, *archive_hand_ins.refused)
    path = Path(options.to) if options.to else archive.with_name(f"{archive.stem}-feedback.zip")
    write_new(path, zipped(files))
    (assignment,) = options.assignment
    report.notes.append(f"{len(files)} {way.given.format(assignment)} in {path.name}")
    report.written.append(path)


def _path_in_moodle(hand_in: HandIn, assignment: str) -> str:
    """The path of a page in the folder of the student; empty if the archive has none."""
    return f"{hand_in.prefix}{assignment}-feedback.html" if hand_in.prefix else ""


class _Way(NamedTuple):
    """How an LMS finds the hand-in of a file, what a student lacks without one, and what is given."""

    path_of: Callable[[HandIn, str], str]
    lacking: str
    given: str


_WAYS = {
    # "Upload multiple feedback files in a zip"
    "moodle": _Way(_path_in_moodle, "file", "students' pages of {}"),
    # "Upload Submissions"
    "canvas": _Way(file_of, "notebook that is surely the graded one", "graded notebooks"),
}


def _for_students(directory: Path, pages: Pages, report: Report) -> None:
    """Write a zip for each student, with the pages of all the assignments."""
    new_file(directory)
    directory.parent.stat()  # a mistyped directory is refused, not created
    directory.mkdir(mode=0o700)
    for student in sorted({student for student, _ in pages}):
        files = {
            f"{assignment}.html": page
            for (owner, assignment), page in pages.items()
            if owner == student
        }
        path = directory / f"{student}.zip"
        write_new(path, zipped(files))
        report.written.append(path)
