"""Refuse to release faulty blanks, grade cells, hints and tests, with file and line."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.authoring.rubric_checks import check_mark_scheme, check_rubrics
from autograder.course.cells import BEGIN, BEGIN_SCHEME, END, END_SCHEME, blanked
from autograder.course.course import Assignment, Course
from autograder.course.grader_import import import_grader
from autograder.course.grader_source import GraderSource, read_grader
from autograder.course.magics import without_magics
from autograder.course.solution_file import AuthoringError, Cell

# nbgrader's own ways to test and to mark, which a released notebook of the kit has none of.
_DIRECTIVE = re.compile(r"###\s*(?:HASHED )?AUTOTEST|(?:BEGIN|END) (?:HIDDEN TESTS|MARK SCHEME)")
_CHECK = re.compile(r"^check\((['\"])([^'\"]+)\1\)$")


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
            _check_cells(cells[name], file)
            _check_questions(cells[name], file)
            _check_grader(course, assignment, cells[name], file)
        except AuthoringError as error:
            errors[name] = error
    for path in sorted((*course.graders.glob("*.py"), *course.graders.glob("hidden/*.py"))):
        try:
            _check_stray_grader(course, path)
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


def _check_cells(cells: Sequence[Cell], file: str) -> None:
    for cell in cells:
        if cell.kind == "raw":
            raise AuthoringError(f"{file}:{cell.line}: a raw cell. Use markdown")
        if not cell.source.strip():
            raise AuthoringError(f"{file}:{cell.line}: an empty cell. Delete it or fill it")
        _check_regions(cell, file)
        check_mark_scheme(cell, file)
        if cell.kind == "code":
            _check_syntax(cell, file)


def _check_regions(cell: Cell, file: str) -> None:
    """Check that a blank has complete, non-empty solution regions, and other cells have none."""
    opened = 0
    regions = 0
    is_task = cell.nbgrader is not None and cell.nbgrader.task
    for line, text in enumerate(cell.source.splitlines(), cell.first_line):
        is_scheme = is_task and (BEGIN_SCHEME in text or END_SCHEME in text)
        if (found := _DIRECTIVE.search(text)) and not is_scheme:
            if BEGIN_SCHEME in text or END_SCHEME in text:
                raise AuthoringError(
                    f"{file}:{line}: nbgrader takes a mark scheme out of task cells alone. "
                    "Write RUBRICS into the grader module"
                )
            raise AuthoringError(
                f"{file}:{line}: {found[0]!r} is nbgrader's, and not read here. "
                "Write the test into the grader module"
            )
        if (BEGIN in text or END in text) and not cell.is_blank:
            raise AuthoringError(
                f"{file}:{line}: a solution region outside a blank would be released. "
                'Give the cell "solution": true'
            )
        if BEGIN in text:
            if opened:
                raise AuthoringError(f"{file}:{line}: {BEGIN} inside a region. Close it first")
            opened = line
            regions += 1
        elif END in text:
            if not opened:
                raise AuthoringError(f"{file}:{line}: {END} without {BEGIN}. Add the beginning")
            if line == opened + 1:
                raise AuthoringError(f"{file}:{line}: an empty solution region. Write the solution")
            opened = 0
    if opened:
        raise AuthoringError(f"{file}:{opened}: {BEGIN} without {END}. Add the end")
    if cell.is_blank and not cell.is_written and not regions:
        raise AuthoringError(
            f"{file}:{cell.line}: this solution cell holds no blank. "
            f"Put ### {BEGIN} and ### {END} around the solution"
        )


def _check_syntax(cell: Cell, file: str) -> None:
    """Check that a cell is valid Python, with and without the solution."""
    for text in (cell.source, blanked(cell.source)):
        try:
            ast.parse(without_magics(text))
        except SyntaxError as error:
            line = cell.first_line + (error.lineno or 1) - 1
            without = "" if text == cell.source else " once the solution is taken out"
            raise AuthoringError(f"{file}:{line}: {error.msg}{without}. Correct it") from None


def _check_questions(cells: Sequence[Cell], file: str) -> None:
    """Check that each question has a blank and, below it, a grade cell."""
    blanks: dict[str, int] = {}
    questions: set[str] = set()
    for cell in cells:
        meta = cell.nbgrader
        if meta is None:
            continue
        if cell.is_written:
            if meta.grade_id.endswith("-solution"):
                raise AuthoringError(
                    f"{file}:{cell.line}: {meta.grade_id!r} is the name of a blank. "
                    "Give what a person grades another grade_id"
                )
            continue
        if meta.solution:
            blanks[meta.grade_id] = cell.line
        if meta.grade:
            questions.add(meta.grade_id)
            if f"{meta.grade_id}-solution" not in blanks:
                raise AuthoringError(
                    f"{file}:{cell.line}: question {meta.grade_id!r} has no blank above it. "
                    f"Add a solution cell with grade_id {meta.grade_id + '-solution'!r}"
                )
            call = _CHECK.match(cell.source.strip())
            if call is None or call[2] != meta.grade_id:
                raise AuthoringError(
                    f"{file}:{cell.first_line}: the grade cell of {meta.grade_id!r} must be "
                    f'check("{meta.grade_id}") alone. Correct it'
                )
    for name, line in blanks.items():
        if name.removesuffix("-solution") not in questions or not name.endswith("-solution"):
            raise AuthoringError(
                f"{file}:{line}: blank {name!r} has no grade cell. "
                "Name it <question>-solution, and add the grade cell <question>"
            )


def _check_grader(course: Course, assignment: Assignment, cells: Sequence[Cell], file: str) -> None:
    visible_path = course.visible_grader(assignment.name)
    if not visible_path.exists():
        raise AuthoringError(
            f"{file}:1: no grader module {course.relative(visible_path)}. "
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
    _check_points(assignment, modules, file)
    _check_hints(assignment, modules[0], file)
    check_rubrics(assignment, modules, file)
    _check_hidden_tests(modules)
    _check_constants(modules[0], cells)


def _check_points(assignment: Assignment, modules: list[GraderSource], file: str) -> None:
    questions = {question.name: question for question in assignment.questions}
    sums = dict.fromkeys(questions, 0.0)
    for module in modules:
        for test in module.tests:
            if test.question not in questions:
                raise AuthoringError(
                    f"{module.shown}:{test.line}: {test.name} grades {test.question!r}, which is "
                    f"no question of {file}. Correct the name"
                )
            if questions[test.question].written:
                raise AuthoringError(
                    f"{module.shown}:{test.line}: {test.name} grades {test.question!r}, which a person "
                    "grades. Take the test away, or give the question a blank and a grade cell"
                )
            if test.extra != questions[test.question].extra:
                raise AuthoringError(
                    f"{module.shown}:{test.line}: {test.name}: a question of 0 points is graded by "
                    "tests with extra=True, and others by none. Correct the mark or the points"
                )
            sums[test.question] += test.points
    for name, question in questions.items():
        location = f"{file}:{question.line}: question {name!r}"
        if question.written:
            continue
        if not sums[name]:
            raise AuthoringError(f"{location} has no grader test. Add one to {modules[0].shown}")
        if not question.extra and abs(sums[name] - question.points) > 1e-9:
            raise AuthoringError(
                f"{location} is worth {question.points:g} points, its tests add up to "
                f"{sums[name]:g}. Make them equal"
            )


def _check_hints(assignment: Assignment, module: GraderSource, file: str) -> None:
    questions = {question.name for question in assignment.questions}
    for name, line in module.hint_lines.items():
        if name not in questions:
            raise AuthoringError(
                f"{module.shown}:{line}: hints for {name!r}, which is no question of {file}. "
                "Correct the name"
            )
    for question in assignment.checked:
        if question.name not in module.hints:
            raise AuthoringError(
                f"{file}:{question.line}: question {question.name!r} has no hint. "
                f"Add one to HINTS in {module.shown}"
            )


def _check_hidden_tests(modules: list[GraderSource]) -> None:
    """Refuse a HIDDEN_TESTS of the visible grader that is not what the hidden one has."""
    visible, *hidden = modules
    counts = dict(Counter(test.question for module in hidden for test in module.tests))
    if visible.hidden_tests is not None and visible.hidden_tests != counts:
        raise AuthoringError(
            f"{visible.shown}:{visible.hidden_tests_line}: HIDDEN_TESTS is not what the hidden grader "
            f"has. Write HIDDEN_TESTS = {counts}"
        )


def _check_constants(visible: GraderSource, cells: Sequence[Cell]) -> None:
    """Refuse a CONSTANTS of the visible grader that is not what the notebook's locked cells assign."""
    names = sorted(
        name.id
        for cell in cells
        if cell.nbgrader is not None and cell.nbgrader.locked and cell.kind == "code"
        for statement in ast.parse(without_magics(cell.source)).body
        if isinstance(statement, ast.Assign | ast.AnnAssign)
        for name in ast.walk(statement)
        if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store) and name.id.isupper()
    )
    if visible.constants_line is not None and sorted(visible.constants) != names:
        raise AuthoringError(
            f"{visible.shown}:{visible.constants_line}: CONSTANTS is not what the locked cells of the "
            f"notebook assign. Write CONSTANTS = {tuple(names)}"
        )


def _check_stray_grader(course: Course, path: Path) -> None:
    """Refuse tests in a grader module without an assignment: they would never run."""
    if (course.solutions / path.name).exists() or path.stem == "__init__":
        return
    file = course.relative(path)
    for test in read_grader(path, file).tests:
        raise AuthoringError(
            f"{file}:{test.line}: {test.name} belongs to no assignment. "
            f"Add solutions/{path.stem}.py or rename the module"
        )
