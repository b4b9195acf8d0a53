"""The class page as `make grade` writes it."""

from pathlib import Path

from autograder.classroom.page.command import NAME, read_contents, write_page
from autograder.course.course import Course


def write(course: Course, class_root: Path, db_url: str, *, after_run: bool = False) -> Path:
    """Write the page of the class at `class_root`; its path."""
    contents = read_contents(course, class_root, db_url, after_run=after_run)
    return write_page(course, class_root, contents, NAME)
