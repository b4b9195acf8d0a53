"""What a release refuses about blanks, grade cells, hints and tests, with file and line."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.course.cells import BEGIN, END, blanked, without_magics
from autograder.course.course import Assignment, Course
from autograder.course.grader_import import import_grader
from autograder.course.grader_source import GraderSource, read_grader
from autograder.course.solution_file import AuthoringError, Cell

_CHECK = re.compile(r"^check\((['\"])([^'\"]+)\1\)$")


def check_course(course: Course, cells: Mapping[str, Sequence[Cell]]) -> dict[str, AuthoringError]:
    """The first thing of each assignment that must not be released, by assignment.

    `cells` holds the cells of each assignment's solution file. The key of a grader module
    without an assignment is its own name.
    """
    found: dict[str, AuthoringError] = {}
    owners: dict[str, str] = {}
    for name, assignment in course.assignments.items():
        shown = course.relative(assignment.path)
        try:
            _check_names(cells[name], shown, owners)
            _check_cells(cells[name], shown)
            _check_questions(cells[name], shown)
            _check_grader(course, assignment, shown)
        except AuthoringError as error:
            found[name] = error
    for path in sorted((*course.graders.glob("*.py"), *course.graders.glob("hidden/*.py"))):
        try:
            _check_stray_grader(course, path)
        except AuthoringError as error:
            found.setdefault(path.stem, error)
    return found


def _check_names(cells: Sequence[Cell], shown: str, owners: dict[str, str]) -> None:
    """A cell name stands for one cell of the whole course."""
    for cell in cells:
        if cell.nbgrader is None:
            continue
        name = cell.nbgrader.grade_id
        if name in owners:
            raise AuthoringError(
                f"{shown}:{cell.line}: grade_id {name!r} is already at {owners[name]}. Rename one"
            )
        owners[name] = f"{shown}:{cell.line}"


def _check_cells(cells: Sequence[Cell], shown: str) -> None:
    for cell in cells:
        if cell.kind == "raw":
            raise AuthoringError(f"{shown}:{cell.line}: a raw cell. Use markdown")
        if not cell.source.strip():
            raise AuthoringError(f"{shown}:{cell.line}: an empty cell. Delete it or fill it")
        _check_regions(cell, shown)
        if cell.kind == "code":
            _check_syntax(cell, shown)


def _check_regions(cell: Cell, shown: str) -> None:
    """A blank holds whole solution regions with something in them; other cells hold none."""
    opened = 0
    regions = 0
    for line, text in enumerate(cell.source.splitlines(), cell.first_line):
        if (BEGIN in text or END in text) and not cell.is_blank:
            raise AuthoringError(
                f"{shown}:{line}: a solution region outside a blank would be released. "
                'Give the cell "solution": true'
            )
        if BEGIN in text:
            if opened:
                raise AuthoringError(f"{shown}:{line}: {BEGIN} inside a region. Close it first")
            opened = line
            regions += 1
        elif END in text:
            if not opened:
                raise AuthoringError(f"{shown}:{line}: {END} without {BEGIN}. Add the beginning")
            if line == opened + 1:
                raise AuthoringError(
                    f"{shown}:{line}: an empty solution region. Write the solution"
                )
            opened = 0
    if opened:
        raise AuthoringError(f"{shown}:{opened}: {BEGIN} without {END}. Add the end")
    if cell.is_blank and not regions:
        raise AuthoringError(
            f"{shown}:{cell.line}: this solution cell holds no blank. "
            f"Put ### {BEGIN} and ### {END} around the solution"
        )


def _check_syntax(cell: Cell, shown: str) -> None:
    """Both the solution and what is left of it must be Python."""
    for text in (cell.source, blanked(cell.source)):
        try:
            ast.parse(without_magics(text))
        except SyntaxError as error:
            line = cell.first_line + (error.lineno or 1) - 1
            what = "" if text == cell.source else " once the solution is taken out"
            raise AuthoringError(f"{shown}:{line}: {error.msg}{what}. Correct it") from None


def _check_questions(cells: Sequence[Cell], shown: str) -> None:
    """Each question is a blank and, later, its grade cell."""
    blanks: dict[str, int] = {}
    questions: set[str] = set()
    for cell in cells:
        meta = cell.nbgrader
        if meta is None:
            continue
        if meta.solution:
            blanks[meta.grade_id] = cell.line
        if meta.grade:
            questions.add(meta.grade_id)
            if f"{meta.grade_id}-solution" not in blanks:
                raise AuthoringError(
                    f"{shown}:{cell.line}: question {meta.grade_id!r} has no blank above it. "
                    f"Add a solution cell with grade_id {meta.grade_id + '-solution'!r}"
                )
            asked = _CHECK.match(cell.source.strip())
            if asked is None or asked[2] != meta.grade_id:
                raise AuthoringError(
                    f"{shown}:{cell.first_line}: the grade cell of {meta.grade_id!r} must be "
                    f'check("{meta.grade_id}") alone. Correct it'
                )
    for name, line in blanks.items():
        if name.removesuffix("-solution") not in questions or not name.endswith("-solution"):
            raise AuthoringError(
                f"{shown}:{line}: blank {name!r} has no grade cell. "
                "Name it <question>-solution, and add the grade cell <question>"
            )


def _check_grader(course: Course, assignment: Assignment, shown: str) -> None:
    visible_path = course.visible_grader(assignment.name)
    if not visible_path.exists():
        raise AuthoringError(
            f"{shown}:1: no grader module {course.relative(visible_path)}. "
            "Write it, with HINTS and tests"
        )
    modules = [read_grader(visible_path, course.relative(visible_path))]
    hidden_path = course.hidden_grader(assignment.name)
    if hidden_path.exists():
        modules.append(read_grader(hidden_path, course.relative(hidden_path)))
    for path in (visible_path, hidden_path):
        if path.exists():
            import_grader(path, course.relative(path))
    for test in modules[0].tests:
        if "reference" in test.arguments:
            raise AuthoringError(
                f"{modules[0].shown}:{test.line}: {test.name} asks for the reference, which "
                "students do not have. Move it to graders/hidden/"
            )
    _check_points(assignment, modules, shown)
    _check_hints(assignment, modules[0], shown)


def _check_points(assignment: Assignment, modules: list[GraderSource], shown: str) -> None:
    questions = {question.name: question for question in assignment.questions}
    sums = dict.fromkeys(questions, 0.0)
    for module in modules:
        for test in module.tests:
            if test.question not in questions:
                raise AuthoringError(
                    f"{module.shown}:{test.line}: {test.name} grades {test.question!r}, which is "
                    f"no question of {shown}. Correct the name"
                )
            if test.extra != questions[test.question].extra:
                raise AuthoringError(
                    f"{module.shown}:{test.line}: {test.name}: a question of 0 points is graded by "
                    "tests with extra=True, and others by none. Correct the mark or the points"
                )
            sums[test.question] += test.points
    for name, question in questions.items():
        where = f"{shown}:{question.line}: question {name!r}"
        if not sums[name]:
            raise AuthoringError(f"{where} has no grader test. Add one to {modules[0].shown}")
        if not question.extra and abs(sums[name] - question.points) > 1e-9:
            raise AuthoringError(
                f"{where} is worth {question.points:g} points, its tests add up to "
                f"{sums[name]:g}. Make them equal"
            )


def _check_hints(assignment: Assignment, module: GraderSource, shown: str) -> None:
    questions = {question.name for question in assignment.questions}
    for name, line in module.hint_lines.items():
        if name not in questions:
            raise AuthoringError(
                f"{module.shown}:{line}: hints for {name!r}, which is no question of {shown}. "
                "Correct the name"
            )
    for question in assignment.questions:
        if question.name not in module.hints:
            raise AuthoringError(
                f"{shown}:{question.line}: question {question.name!r} has no hint. "
                f"Add one to HINTS in {module.shown}"
            )


def _check_stray_grader(course: Course, path: Path) -> None:
    """A grader module without an assignment would never run."""
    if (course.solutions / path.name).exists() or path.stem == "__init__":
        return
    shown = course.relative(path)
    for test in read_grader(path, shown).tests:
        raise AuthoringError(
            f"{shown}:{test.line}: {test.name} belongs to no assignment. "
            f"Add solutions/{path.stem}.py or rename the module"
        )
