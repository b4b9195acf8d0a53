"""Tells whether the tests of a question may have called certain functions, by names.

A question that fails is tested again with earlier functions substituted. Where the first test called none
of them, in no way, the second would end as the first did, and need not run. When in doubt, it runs. Tests
name the student's functions that they call; which others these may call, the names in the code say.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from autograder._util.global_names import global_names
from autograder.course.magics import without_magics
from autograder.grading.independent_cells import MAY_CHANGE_ANYTHING, is_too_long, names_in
from autograder.sandbox.host.cells import Cell

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
    used_names: Collection[str],
    cells: Sequence[Cell],
    released: Mapping[str, str],
) -> bool:
    """Whether one of `functions` may have been called when a question was tested.

    Args:
        functions: names of functions of earlier questions.
        blank: the id of the cell that answers the question.
        used_names: the names of the functions that its tests called, and of the variables that they read.
        cells: the cells of the submission that ran, in order.
        released: the sources of the release's own cells, without the blanks, by their ids.

    """
    if is_too_long(cells):
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
    reached = (codes[blank].bound | codes[blank].mentioned | frozenset(used_names)) & names
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
