"""The command `autograder export`: runs the exporters on the class's gradebook."""

from __future__ import annotations

import argparse

from nbgrader.api import Gradebook
from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError

from autograder.course.course import Course
from autograder.export.base import Exporter, print_report, tell_nothing_exported
from autograder.export.canvas import CanvasExporter
from autograder.export.csv_files import CsvExporter
from autograder.export.moodle import MoodleExporter
from autograder.gradebook.class_gradebook import class_config, graded_class, unreadable
from autograder.gradebook.errors import GradebookError
from autograder.gradebook.scores import ExportError

EXPORTERS: dict[str, type[Exporter]] = {
    "csv": CsvExporter,
    "canvas": CanvasExporter,
    "moodle": MoodleExporter,
}


def export(course: Course, options: argparse.Namespace, console: Console) -> bool:
    """Write the file and report what is in it; True if every score of the gradebook was exported."""
    try:
        root, url = graded_class(course)
        exporter = EXPORTERS[options.format](config=class_config(course, root))
        exporter.course_root, exporter.course = str(root), course
        # Options that are not set keep their values from nbgrader_config.py.
        settings = {
            "source": options.source, "to": options.to, "assignment": options.assignment,
            "student": options.student, "columns": dict(options.column),
            "missing_as_zero": options.missing == "0",
        }  # fmt: skip
        for name, value in settings.items():
            if value:
                setattr(exporter, name, value)
        with Gradebook(url, course.config.course_id) as gradebook:
            report = exporter.write(gradebook)
    except (ExportError, GradebookError) as error:
        tell_nothing_exported(error)
        return False
    except SQLAlchemyError as error:
        tell_nothing_exported(unreadable(url, error))
        return False
    return print_report(report, console)
