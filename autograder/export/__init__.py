"""Grades for other systems: exporters for `nbgrader export` and `autograder export`."""

from autograder.export.canvas import CanvasExporter
from autograder.export.moodle import MoodleExporter
from autograder.export.plain import CsvExporter

__all__ = ["CanvasExporter", "CsvExporter", "MoodleExporter"]
