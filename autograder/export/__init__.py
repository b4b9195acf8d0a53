"""Grades for other systems: exporters for `nbgrader export` and `autograder export`."""

from autograder.export.canvas import CanvasExporter
from autograder.export.csv_files import CsvExporter
from autograder.export.moodle import MoodleExporter

__all__ = ["CanvasExporter", "CsvExporter", "MoodleExporter"]
