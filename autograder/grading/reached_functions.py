"""Tells whether the answer to a question may call certain functions, by the names in the code.

A question that fails is tested again with earlier functions substituted. Where nothing can call one of
them, the second test gives the outcomes of the first, and need not run. When in doubt, it runs.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from autograder._util.global_names import global_names
from autograder.course.grader_source import read_grader
from autograder.course.magics import without_magics
from autograder.grading.independent_cells import MAY_CHANGE_ANYTHING, bound_in, names_in
from autograder.sandbox.host.session import Cell

# Names in a student's cell with which code may reach a function without naming it.
_MAY_REACH_ANYTHING = MAY_CHANGE_ANYTHING | frozenset(
    ["__builtins__", "__globals__", "__main__", "f_globals", "f_locals", "gc", "inspect", "locals",
     "modules", "sys", "*"]
)  # fmt: skip
_UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)


class _Code(NamedTuple):
    """The names that a cell binds, whose objects it may change, and that it mentions."""

    bound: frozenset[str]
    changed: frozenset[str]
    mentioned: frozenset[str]


def may_call(
    functions: frozenset[str],
    blank: str,
    question: str,
    cells: Sequence[Cell],
    released: Mapping[str, str],
    graders: Sequence[Path],
) -> bool:
    """Whether the tests of `question`, or the answer in the cell `blank`, may call one of `functions`.

    Args:
        functions: names of functions of earlier questions.
        blank: the id of the cell that answers the question.
        question: its name.
        cells: the cells of the submission that ran, in order.
        released: the sources of the release's own cells, without the blanks, by their ids.
        graders: the modules with the question's tests.

    """
    if any(
        functions & _names_in_tests(path, question, path.stat().st_mtime_ns) for path in graders
    ):
        return True
    codes: dict[str, _Code] = {}
    for cell in cells:
        try:
            code = _code(cell.source, released.get(cell.id) == cell.source)
        except _UNREADABLE:
            return True
        if code is None:
            return True
        codes[cell.id] = code
    if blank not in codes:
        return True
    # What is imported, or is Python's own, holds no function of the notebook.
    names = functions.union(*(code.bound for code in codes.values()))
    reached = (codes[blank].bound | codes[blank].mentioned) & names
    reached_before = frozenset[str]()
    while reached != reached_before:
        reached_before = reached
        for code in codes.values():
            if (code.bound | code.changed) & reached:
                reached |= code.mentioned & names
    return bool(functions & reached)


@lru_cache(maxsize=256)
def _code(source: str, is_own: bool) -> _Code | None:
    """The names of a cell, or None if it may reach any function. Raises the errors of _UNREADABLE."""
    source = without_magics(source)
    tree = ast.parse(source)
    if not is_own and names_in(tree) & _MAY_REACH_ANYTHING:
        return None
    names = global_names(source)
    # A student may store a function in another's list: functions.append(pool), store(functions, pool).
    changed = frozenset() if is_own else frozenset(_perhaps_changed(tree))
    inner = names.bound_in_functions
    return _Code(names.bound | inner, changed, names.read | inner)


def _perhaps_changed(tree: ast.Module) -> Iterator[str]:
    """The names of which code reads or stores an attribute or an item, or that it passes to a call."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=name)) | ast.Subscript(value=ast.Name(id=name)):
                yield name
            case ast.Call(args=args, keywords=keywords):
                values = [*args, *(keyword.value for keyword in keywords)]
                yield from (value.id for value in values if isinstance(value, ast.Name))


@lru_cache(maxsize=32)
def _names_in_tests(path: Path, question: str, _modified: int) -> frozenset[str]:
    """The names, attributes and strings in the tests of a question and in the functions that they use.

    Leaves out attributes of the fixture `reference`: those are functions of the solution.
    """
    tests = {test.name: test.question for test in read_grader(path, path.name).tests}
    body = ast.parse(path.read_text(encoding="utf-8")).body
    mentions = [(_bound_by(node), set(_mentions(node))) for node in body]
    names = {name for name, of_question in tests.items() if of_question == question}
    names_before: set[str] = set()
    while names != names_before:
        names_before = set(names)
        for bound, mentioned in mentions:
            if bound & names and (bound & tests.keys() <= names):
                names |= mentioned
    return frozenset(names)


def _bound_by(statement: ast.stmt) -> set[str]:
    """The names that a statement of a module binds."""
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
    return bound_in(ast.Module([statement], []))


def _mentions(statement: ast.stmt) -> Iterator[str]:
    for node in ast.walk(statement):
        match node:
            case ast.Attribute(value=ast.Name(id="reference")):
                pass
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Constant(value=str() as name):
                yield name
