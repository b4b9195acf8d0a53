"""Write the class page: at the end of `make grade`, and by `autograder class-page`."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from autograder._util.atomic import write_whole
from autograder._util.terminal import tell_error
from autograder.classroom.page.csv_tables import csv_tables
from autograder.classroom.page.entries import Entry, read_class, select
from autograder.classroom.page.last_run import Comparison, compare, note_run, state_before
from autograder.classroom.page.pixels import images_of
from autograder.classroom.page.render import render
from autograder.classroom.page.roster import rows
from autograder.classroom.page.summary import AssignmentSummary, summarize_class
from autograder.course.course import Course
from autograder.course.settings import CourseError
from autograder.gradebook.class_gradebook import graded_class
from autograder.gradebook.errors import GradebookError
from autograder.submissions.selection import ALL, Selection

NAME = "class.html"  # never inside feedback/: students get that directory
PART_NAME = "class-part.html"  # of some assignments or students
LECTURE_NAME = "class-lecture.html"  # without names


class Contents(NamedTuple):
    """What a page is made of: entries and summaries by assignment, and comparisons with the last run."""

    classes: Mapping[str, list[Entry]]
    summaries: list[AssignmentSummary]
    comparisons: dict[str, Comparison]


def read_contents(
    course: Course,
    class_root: Path,
    db_url: str,
    selection: Selection = ALL,
    *,
    after_run: bool = False,
) -> Contents:
    """What the page of a class, or of a part of it, is made of.

    `after_run` keeps this state for the next run to be compared with. Raises GradebookError for an
    unreadable gradebook, NotCalibrated for unreadable accuracy thresholds, and CourseError for an unknown
    name in the selection.
    """
    classes = select(read_class(course, class_root, db_url), selection, course)
    summaries = summarize_class(course, classes)
    if after_run:
        note_run(class_root, summaries)
    # The earlier state has counts of the whole class only.
    before = None if selection.students else state_before(class_root)
    comparisons = {
        summary.assignment.name: comparison
        for summary in summaries
        if (comparison := compare(summary, before)) is not None
    }
    return Contents(classes, summaries, comparisons)


def write_page(
    course: Course, class_root: Path, contents: Contents, name: str, *, with_names: bool = True
) -> Path:
    """Write a page, unless it is there already, and return its path. Raises OSError."""
    needs_images = any(summary.hard_images for summary in contents.summaries)
    images = images_of(course.config.tier) if needs_images else None
    page = render(
        course,
        contents.summaries,
        contents.classes,
        contents.comparisons,
        images,
        with_names=with_names,
    )
    path = class_root / name
    _write_changed(path, page.encode(errors="backslashreplace"))
    return path


def class_page(
    course: Course, selection: Selection, options: argparse.Namespace, console: Console
) -> bool:
    """Write the class page and print its path; False if the gradebook cannot be read.

    Raises CourseError for a page without names of some students only.
    """
    with_names = not options.without_names
    if selection.students and not with_names:
        raise CourseError("a page without names is of the whole class. Leave --student out")
    name = PART_NAME if any(selection) else NAME
    if not with_names:
        name = LECTURE_NAME
    try:
        root, url = graded_class(course)
        contents = read_contents(course, root, url, selection)
        path = write_page(course, root, contents, name, with_names=with_names)
    except GradebookError as error:
        tell_error(f"No class page: {error}")
        return False
    console.print(f"Class page: {course.relative(path)}", markup=False)
    if not with_names:
        console.print(
            "It has no names. In a small class numbers can tell who is meant: look first."
        )
    if options.csv:
        students = rows(contents.classes) if with_names else None
        tables = csv_tables(contents.summaries, contents.comparisons, students)
        for table, data in tables.items():
            file = path.with_name(f"{path.stem}-{table}.csv")
            _write_changed(file, data)
            console.print(f"Table: {course.relative(file)}", markup=False)
    return True


def _write_changed(path: Path, data: bytes) -> None:
    if not path.is_file() or path.read_bytes() != data:
        write_whole(path, data)
