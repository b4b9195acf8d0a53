"""Write the class page: at the end of `make grade`, and by `autograder class-page`."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from autograder._util.atomic import write_whole
from autograder._util.terminal import tell_error
from autograder.classroom.page.entries import read_class, select
from autograder.classroom.page.pixels import images_of
from autograder.classroom.page.render import render
from autograder.classroom.page.roster import looks, rows
from autograder.classroom.page.summary import summarize_class
from autograder.course.course import Course
from autograder.gradebook.gradebook import GradebookError, graded_class
from autograder.submissions.selection import ALL, Selection

NAME = "class.html"  # never inside feedback/: students get that directory
PART_NAME = "class-part.html"  # of some assignments or students


def write(course: Course, class_root: Path, db_url: str, selection: Selection = ALL) -> Path:
    """Write the page of the class at `class_root`, or of a part of it, and return its path.

    An unchanged page is not rewritten. Raises GradebookError for an unreadable gradebook,
    CourseError for unreadable accuracy thresholds or an unknown name in the selection, and OSError.
    """
    classes = select(read_class(course, class_root, db_url), selection, course)
    summaries = summarize_class(course, classes)
    needs_images = any(summary.hard_images for summary in summaries)
    images = images_of(course.config.tier) if needs_images else None
    page = render(course, summaries, rows(classes), looks(classes), images)
    path = class_root / (PART_NAME if any(selection) else NAME)
    data = page.encode(errors="backslashreplace")
    if not path.is_file() or path.read_bytes() != data:
        write_whole(path, data)
    return path


def class_page(course: Course, selection: Selection, console: Console) -> bool:
    """Write the class page and print its path; False if the gradebook cannot be read."""
    try:
        path = write(course, *graded_class(course), selection)
    except GradebookError as error:
        tell_error(f"No class page: {error}")
        return False
    console.print(f"Class page: {path.relative_to(course.root)}", markup=False)
    return True
