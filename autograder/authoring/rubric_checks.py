"""Refuse to release what a person grades without a rubric, or with one of other points."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.course.cells import BEGIN_SCHEME, END_SCHEME
from autograder.course.course import Assignment
from autograder.course.grader_source import GraderSource
from autograder.course.solution_file import AuthoringError, Cell


def check_rubrics(assignment: Assignment, modules: Sequence[GraderSource], file: str) -> None:
    """Check that RUBRICS of the visible grader has each written question, with all of its points.

    `modules` are the visible grader and the hidden one, if there is one. Raises AuthoringError.
    """
    visible, *hidden = modules
    for module in hidden:
        if module.rubrics:
            raise AuthoringError(
                f"{module.label}:{module.rubrics_line}: RUBRICS in a hidden grader. Students see what "
                f"gives points: move it to {visible.label}"
            )
    written = {question.name: question for question in assignment.written}
    for name in visible.rubrics:
        if name not in written:
            raise AuthoringError(
                f"{visible.label}:{visible.rubrics_line}: a rubric for {name!r}, which is no written "
                f"question of {file}. Correct the name"
            )
    for name, question in written.items():
        place = f"{file}:{question.line}: written question {name!r}"
        if not visible.rubrics.get(name):
            raise AuthoringError(
                f"{place} has no rubric. Add one to RUBRICS in {visible.label}: "
                f'"{name}": (({question.points:g}, "what gives these points"),)'
            )
        total = sum(points for points, _text in visible.rubrics[name])
        if abs(total - question.points) > 1e-9:
            raise AuthoringError(
                f"{place} is worth {question.points:g} points, its rubric adds up to {total:g}. "
                "Make them equal"
            )


def check_mark_scheme(cell: Cell, file: str) -> None:
    """Check that each mark scheme of a task is closed and not empty. Raises AuthoringError."""
    opened = 0
    for line, text in enumerate(cell.source.splitlines(), cell.first_line):
        if BEGIN_SCHEME in text:
            if opened:
                raise AuthoringError(f"{file}:{line}: {BEGIN_SCHEME} in one. Close it first")
            opened = line
        elif END_SCHEME in text:
            if not opened:
                raise AuthoringError(
                    f"{file}:{line}: {END_SCHEME} without {BEGIN_SCHEME}. Add the beginning"
                )
            opened = 0
    if opened:
        raise AuthoringError(f"{file}:{opened}: {BEGIN_SCHEME} without {END_SCHEME}. Add the end")
