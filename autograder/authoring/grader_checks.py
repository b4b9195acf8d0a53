"""Refuse to release an assignment whose graders do not fit it: tests, points, hints, constants."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from autograder.authoring.rubric_checks import check_rubrics
from autograder.course.course import Assignment, Course
from autograder.course.grader_import import import_grader
from autograder.course.grader_source import GraderSource, read_grader
from autograder.course.grader_syntax import parse_grader
from autograder.course.magics import without_magics
from autograder.course.solution_file import AuthoringError, Cell
from autograder.grading.independent_cells import bound_in


def check_grader(course: Course, assignment: Assignment, cells: Sequence[Cell], file: str) -> None:
    """Check that the graders of an assignment are there, can be imported and fit its questions."""
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
                f"{modules[0].label}:{test.line}: {test.name} asks for the reference, which "
                "students do not have. Move it to graders/hidden/"
            )
    _check_points(assignment, modules, file)
    _check_hints(assignment, modules[0], file)
    check_rubrics(assignment, modules, file)
    _check_hidden_tests(modules)
    _check_constants(modules[0], cells)
    bound = _bound_names(cells)
    for path in (visible_path, hidden_path):
        if path.exists():
            _check_asked_names(path, course.relative(path), bound, file)


def check_stray_grader(course: Course, path: Path) -> None:
    """Refuse tests in a grader module without an assignment: they would never run."""
    if (course.solutions / path.name).exists() or path.stem == "__init__":
        return
    file = course.relative(path)
    for test in read_grader(path, file).tests:
        raise AuthoringError(
            f"{file}:{test.line}: {test.name} belongs to no assignment. "
            f"Add solutions/{path.stem}.py or rename the module"
        )


def check_imports(course: Course, path: Path) -> None:
    """Refuse a module for students that imports a hidden one, which students do not have."""
    file = course.relative(path)
    for node in ast.walk(parse_grader(path, file)):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            modules = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        if any(f"{module}.".startswith("autograder.graders.hidden.") for module in modules):
            raise AuthoringError(
                f"{file}:{node.lineno}: imports from graders/hidden/, which students do not have. "
                "Move what both need to graders/"
            )


def _check_points(assignment: Assignment, modules: list[GraderSource], file: str) -> None:
    questions = {question.name: question for question in assignment.questions}
    sums = dict.fromkeys(questions, 0.0)
    for module in modules:
        for test in module.tests:
            if test.question not in questions:
                raise AuthoringError(
                    f"{module.label}:{test.line}: {test.name} grades {test.question!r}, which is "
                    f"no question of {file}. Correct the name"
                )
            if questions[test.question].written:
                raise AuthoringError(
                    f"{module.label}:{test.line}: {test.name} grades {test.question!r}, which a person "
                    "grades. Take the test away, or give the question a blank and a grade cell"
                )
            if test.extra != questions[test.question].extra:
                raise AuthoringError(
                    f"{module.label}:{test.line}: {test.name}: a question of 0 points is graded by "
                    "tests with extra=True, and others by none. Correct the mark or the points"
                )
            sums[test.question] += test.points
    for name, question in questions.items():
        location = f"{file}:{question.line}: question {name!r}"
        if question.written:
            continue
        if not sums[name]:
            raise AuthoringError(f"{location} has no grader test. Add one to {modules[0].label}")
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
                f"{module.label}:{line}: hints for {name!r}, which is no question of {file}. "
                "Correct the name"
            )
    for question in assignment.checked:
        if question.name not in module.hints:
            raise AuthoringError(
                f"{file}:{question.line}: question {question.name!r} has no hint. "
                f"Add one to HINTS in {module.label}"
            )


def _check_hidden_tests(modules: list[GraderSource]) -> None:
    """Refuse a HIDDEN_TESTS of the visible grader that is not what the hidden one has."""
    visible, *hidden = modules
    counts = dict(Counter(test.question for module in hidden for test in module.tests))
    if visible.hidden_tests is not None and visible.hidden_tests != counts:
        raise AuthoringError(
            f"{visible.label}:{visible.hidden_tests_line}: HIDDEN_TESTS is not what the hidden grader "
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
            f"{visible.label}:{visible.constants_line}: CONSTANTS is not what the locked cells of the "
            f"notebook assign. Write CONSTANTS = {tuple(names)}"
        )


def _bound_names(cells: Sequence[Cell]) -> set[str]:
    """The names that the cells of a solution bind; `*` among them stands for any."""
    sources = [without_magics(cell.source) for cell in cells if cell.kind == "code"]
    return set(bound_in(ast.parse("\n".join(sources))))


def _check_asked_names(path: Path, label: str, bound: set[str], file: str) -> None:
    """Refuse a test that asks the student for a name which no cell of the solution binds."""
    if "*" in bound:  # of an import
        return
    for node in ast.walk(parse_grader(path, label)):
        if isinstance(node, ast.Call) and (name := _asked_name(node)) and name not in bound:
            raise AuthoringError(
                f"{label}:{node.lineno}: asks for the student's {name!r}, which no cell of {file} "
                "defines. Correct the name"
            )


def _asked_name(call: ast.Call) -> str:
    """The name in the student's notebook that a call asks for, if it is written out; else empty."""
    match call:
        case (
            ast.Call(
                func=ast.Name(id="expect" | "expect_value" | "expect_layers"),
                args=[_, ast.Constant(value=str(name)), *_],
            )
            | ast.Call(
                func=ast.Attribute(value=ast.Name(id="student")),
                args=[ast.Constant(value=str(name)), *_],
            )
        ):
            return name
    return ""
