"""The error of a gradebook, in a module that does not import nbgrader, which takes long to import."""

from __future__ import annotations


class GradebookError(Exception):
    """The gradebook cannot take these grades: what, where, what to do, in one line."""
