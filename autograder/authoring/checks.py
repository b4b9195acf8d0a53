"""Refuse to release faulty cells, grade cells, hints and tests, with file and line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autograder.authoring.cell_checks import check_cells, check_questions
from autograder.authoring.grader_checks import check_grader, check_imports, check_stray_grader
from autograder.authoring.help_checks import check_help
from autograder.course.course import Course
from autograder.course.solution_file import AuthoringError, Cell


def check_course(course: Course, cells: Mapping[str, Sequence[Cell]]) -> dict[str, AuthoringError]:
    """The first defect of each assignment that must not be released, by assignment.

    `cells` holds the cells of each assignment's solution file. The key of a grader module
    without an assignment is the module's name.
    """
    errors: dict[str, AuthoringError] = {}
    owners: dict[str, str] = {}
    for name, assignment in course.assignments.items():
        file = course.relative(assignment.path)
        try:
            _check_names(cells[name], file, owners)
            check_cells(cells[name], file)
            check_questions(cells[name], file)
            check_grader(course, assignment, cells[name], file)
        except AuthoringError as error:
            errors[name] = error
    for path in sorted((*course.graders.glob("*.py"), *course.graders.glob("hidden/*.py"))):
        try:
            check_stray_grader(course, path)
            check_help(course, path)
            if path.parent == course.graders:
                check_imports(course, path)
        except AuthoringError as error:
            errors.setdefault(path.stem, error)
    return errors


def _check_names(cells: Sequence[Cell], file: str, owners: dict[str, str]) -> None:
    """Check that each grade_id names only one cell of the whole course."""
    for cell in cells:
        if cell.nbgrader is None:
            continue
        name = cell.nbgrader.grade_id
        if name in owners:
            raise AuthoringError(
                f"{file}:{cell.line}: grade_id {name!r} is already at {owners[name]}. Rename one"
            )
        owners[name] = f"{file}:{cell.line}"
