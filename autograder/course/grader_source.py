"""Reads the tests and hints of a grader module from its source without running it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.course.grader_syntax import assigned, literal_entries, not_understood, parse_grader
from autograder.course.question_mark import USAGE, question_mark
from autograder.course.solution_file import AuthoringError


@dataclass(frozen=True)
class GraderTest:
    """One test function: its question, its points (extra credit or not), its line and arguments."""

    name: str
    question: str
    points: float
    line: int
    arguments: tuple[str, ...]
    extra: bool = False


@dataclass
class GraderSource:
    """The tests and hints of one module; `hint_lines` has the line of each entry.

    `hidden_tests` is HIDDEN_TESTS of a visible grader: how many hidden tests each question has.
    check() tells students. It is None in a grader that does not say. `constants` is CONSTANTS: the
    names in capitals that locked cells of the notebook assign. No call may change their values.
    `rubrics` is RUBRICS: what a person gives points for, by written question.
    """

    label: str
    tests: list[GraderTest] = field(default_factory=list)
    hints: dict[str, list[str]] = field(default_factory=dict)
    hint_lines: dict[str, int] = field(default_factory=dict)
    rubrics: dict[str, tuple[tuple[float, str], ...]] = field(default_factory=dict)
    rubrics_line: int = 1
    hidden_tests: dict[str, int] | None = None
    hidden_tests_line: int = 1
    constants: tuple[str, ...] = ()
    constants_line: int | None = None  # None in a grader that does not say

    def later(self, question: str) -> int | None:
        """How many tests of a question run only when it is graded; None if the grader does not say."""
        return None if self.hidden_tests is None else self.hidden_tests.get(question, 0)


def read_grader(path: Path, label: str) -> GraderSource:
    """The tests and hints of the grader module at `path`; `label` names it in messages.

    Raises AuthoringError for a module that does not parse, a test without question and points as
    literals, or hints that are not lists of strings.
    """
    source = GraderSource(label)
    for node in parse_grader(path, label).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            test = _test(node, label)
            for other in source.tests:
                if other.name == test.name:  # of the two, Python keeps the second
                    raise AuthoringError(
                        f"{label}:{node.lineno}: {test.name} is already at {label}:{other.line}. Rename one"
                    )
            source.tests.append(test)
        elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            raise AuthoringError(
                f"{label}:{node.lineno}: tests in a class. Write them as functions"
            )
        elif isinstance(node, ast.AsyncFunctionDef) and node.name.startswith("test"):
            raise AuthoringError(f"{label}:{node.lineno}: an async test. Write a plain function")
        elif read_table := _READERS.get(assigned(node)):
            read_table(node, source)
    return source


def _test(node: ast.FunctionDef, label: str) -> GraderTest:
    place = f"{label}:{node.lineno}: {node.name}"
    marks = []
    for decorator in node.decorator_list:
        function = decorator.func if isinstance(decorator, ast.Call) else decorator
        name = ast.unparse(function)
        if name.endswith("mark.question"):
            marks.append(decorator)
        if name.endswith(("mark.parametrize", "mark.skip", "mark.skipif", "mark.xfail")):
            kind = name.rsplit(".", 1)[-1]
            raise AuthoringError(f"{place}: {kind} changes what the points add up to. Leave it out")
    if len(marks) != 1:
        raise AuthoringError(
            f"{place}: belongs to no question, or to several ({len(marks)} marks). "
            'Write one @pytest.mark.question("name", points=1)'
        )
    try:
        (call,) = marks
        assert isinstance(call, ast.Call)
        mark = question_mark(
            [ast.literal_eval(argument) for argument in call.args],
            {str(keyword.arg): ast.literal_eval(keyword.value) for keyword in call.keywords},
        )
    except (AssertionError, ValueError, TypeError):
        raise AuthoringError(f"{place}: its mark is not understood. {USAGE}") from None
    arguments = tuple(argument.arg for argument in (*node.args.args, *node.args.kwonlyargs))
    return GraderTest(node.name, mark.question, mark.points, node.lineno, arguments, mark.extra)


def _hidden_tests(node: ast.stmt, source: GraderSource) -> None:
    def is_valid(counts: object) -> bool:
        return isinstance(counts, dict) and all(
            isinstance(name, str) and type(count) is int for name, count in counts.items()
        )

    usage = 'Write {"question": 2}, plain texts and numbers only'
    source.hidden_tests = _literal(node, source, is_valid, usage)
    source.hidden_tests_line = node.lineno


def _rubrics(node: ast.stmt, source: GraderSource) -> None:
    def is_valid(rubrics: object) -> bool:
        return isinstance(rubrics, dict) and all(
            isinstance(name, str) and isinstance(lines, tuple | list) and all(map(_is_line, lines))
            for name, lines in rubrics.items()
        )

    usage = 'Write {"question": ((2, "what gives 2 points"), (1, "what gives 1 more"))}'
    rubrics = _literal(node, source, is_valid, usage)
    source.rubrics = {
        name: tuple((float(points), text.strip()) for points, text in lines)
        for name, lines in rubrics.items()
    }
    source.rubrics_line = node.lineno


def _is_line(line: object) -> bool:
    """Whether this is a line of a rubric: points above 0, and for what."""
    match line:
        case (int() | float() as points, str() as text):
            return points > 0 and bool(text.strip())
    return False


def _constants(node: ast.stmt, source: GraderSource) -> None:
    def is_valid(names: object) -> bool:
        return isinstance(names, tuple | list) and all(
            isinstance(name, str) and name.isidentifier() for name in names
        )

    usage = 'Write ("NAME",), plain names only'
    source.constants = tuple(_literal(node, source, is_valid, usage))
    source.constants_line = node.lineno


def _literal(
    node: ast.stmt, source: GraderSource, is_valid: Callable[[object], bool], usage: str
) -> Any:
    """The value of an assignment, if it is a literal and valid; else AuthoringError with `usage`."""
    try:
        value = ast.literal_eval(getattr(node, "value", None) or "")
        assert is_valid(value)
    except (AssertionError, ValueError, TypeError):
        name = assigned(node)
        message = f"{source.label}:{node.lineno}: {name} is not understood. {usage}"
        raise AuthoringError(message) from None
    return value


def _hints(node: ast.stmt, source: GraderSource) -> None:
    usage = 'Write "question": ("first hint", "second hint"), plain texts only'
    for name, hints, line in literal_entries(node, source.label, usage):
        if not isinstance(name, str) or not isinstance(hints, tuple | list):
            raise AuthoringError(not_understood(node, source.label, line, usage))
        for hint in hints:
            if not isinstance(hint, str) or not hint.strip():
                raise AuthoringError(f"{source.label}:{line}: an empty hint for {name!r}. Write it")
        if not hints:
            raise AuthoringError(f"{source.label}:{line}: no hint for {name!r}. Write at least one")
        if name in source.hints:
            raise AuthoringError(f"{source.label}:{line}: second entry for {name!r}. Keep one")
        source.hints[name] = list(hints)
        source.hint_lines[name] = line


_READERS = {
    "HINTS": _hints,
    "RUBRICS": _rubrics,
    "HIDDEN_TESTS": _hidden_tests,
    "CONSTANTS": _constants,
}
