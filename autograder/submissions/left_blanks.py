"""Keeps an unfilled blank from hiding an answer that the student wrote in another cell.

A student may answer two questions in one cell, or in a new cell, and leave the released blank as it
is, or delete it, and then the repair puts it back. When the cells run from top to bottom, the blank
would redefine the function and hide the answer. The kit therefore removes the undone definitions
from a blank if an earlier cell of the student defines the same names.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from nbformat import NotebookNode

from autograder._util.global_names import bound_names, imported_names
from autograder.course.cells import is_locked, is_run
from autograder.course.magics import without_magics

_LONGEST = 100_000  # characters of one cell that is parsed
_MAX_CHARACTERS = 1_000_000  # characters of all parsed cells
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def uncover(
    cells: Sequence[NotebookNode], released: Mapping[str, str], own_modules: Collection[str] = ()
) -> list[str]:
    """Change the sources of `cells`, given in the order they run; return one line for each change.

    `released` maps cell ids to the released sources of the blanks. `own_modules` are the names of
    the Python files in the submission.
    """
    lines: list[str] = []
    blank_names = names_of_blanks(released)
    defined_in: dict[str, int] = {}  # name -> number of the student's cell that defines it
    characters_left = _MAX_CHARACTERS
    imports_all = False  # then a module of the student may define any name
    for number, cell in enumerate(cells, 1):
        if not is_run(cell) or is_locked(cell):
            continue
        if not own_modules and not any(name in cell.source for name in blank_names):
            continue
        characters_left -= len(cell.source)
        if characters_left < 0:
            break
        tree = _parse(cell.source)
        undone = _undone_definitions(tree, released.get(cell.id, ""), blank_names)
        hiding = [
            node
            for node in undone
            if (names := _bindings(node)) <= defined_in.keys()
            or (imports_all and isinstance(node, _SCOPES))
            if names
        ]
        if hiding:
            hidden_names = sorted(
                {name for node in hiding for name in _bindings(node) if name in defined_in}
            )
            cell.source = _without_statements(cell.source, tree, hiding)
            places = ", ".join(f"{name} of cell {defined_in[name]}" for name in hidden_names)
            if places:
                lines.append(f"the blank in {_cell_name(cell)} would hide {places}: yours counts")
        for node in tree.body:
            if node not in undone:
                defined_in.update(dict.fromkeys(_bindings(node), number))
        imports_all = imports_all or _imports_all(tree, cell.source, own_modules)
    return lines


def names_of_blanks(released: Mapping[str, str]) -> frozenset[str]:
    """The names that the released blanks define."""
    return frozenset().union(*(_definitions_in(source)[0] for source in released.values()))


def answers_in(source: str, names: Collection[str]) -> set[str]:
    """The `names` that a cell defines, except in definitions left undone."""
    if not any(name in source for name in names):
        return set()
    tree = _parse(source)
    undone = _undone_definitions(tree, "", names)
    return {name for node in tree.body if node not in undone for name in _bindings(node)} & set(
        names
    )


def _parse(source: str) -> ast.Module:
    """The cell as Python, with its line numbers; an empty module if it does not parse."""
    source = _normalize_newlines(source)
    try:
        if len(source) <= _LONGEST:
            return ast.parse(without_magics(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # too deeply nested
        pass
    return ast.Module([], [])


@lru_cache(maxsize=1024)  # every submission of a class has the same blanks
def _definitions_in(source: str) -> tuple[frozenset[str], frozenset[str]]:
    """The names that a released blank defines, and its definitions without layout."""
    nodes = [node for node in _parse(source).body if isinstance(node, _DEFINITIONS)]
    names = {name for node in nodes for name in _bindings(node)}
    return frozenset(names), frozenset(map(_without_layout, nodes))


def _undone_definitions(tree: ast.Module, released: str, names: Collection[str]) -> list[ast.stmt]:
    """The definitions of `names` that the student left as released, or left empty."""
    _, definitions = _definitions_in(released)
    return [
        node
        for node in tree.body
        if isinstance(node, _DEFINITIONS)
        and not _bindings(node).isdisjoint(names)
        and (_is_undone(node) or (definitions and _without_layout(node) in definitions))
    ]


def _is_undone(node: ast.stmt) -> bool:
    """Whether a function does nothing or only raises NotImplementedError."""
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and all(
        isinstance(statement, ast.Pass)
        or (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))
        or (isinstance(statement, ast.Raise) and "NotImplemented" in ast.dump(statement))
        for statement in node.body
    )


def _without_layout(node: ast.stmt) -> str:
    """The source of a statement without comments and layout."""
    return ast.unparse(node)


def _normalize_newlines(source: str) -> str:
    return source.replace("\r\n", "\n").replace("\r", "\n")


def _bindings(statement: ast.stmt) -> set[str]:
    """The names that a statement of a cell binds."""
    return bound_names(statement) | imported_names(statement)


def _imports_all(tree: ast.Module, source: str, own_modules: Collection[str]) -> bool:
    """Whether a cell imports or runs all of a Python file of the submission."""
    modules = {
        node.module
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    }
    files = set(re.findall(r"^%(?:run|load)\s+[\"']?([\w.-]+?)(?:\.py)?[\"']?\s*$", source, re.M))
    return not (modules | files).isdisjoint(own_modules)


def _without_statements(source: str, tree: ast.Module, hiding: Collection[ast.stmt]) -> str:
    """A cell without these statements; every other line keeps its number."""
    lines = _normalize_newlines(source).split("\n")
    for first, last, names in _line_ranges(tree, hiding):
        lines[first : last + 1] = [
            f"# {', '.join(sorted(names))}: defined in another cell",
            *[""] * (last - first),
        ]
    return "\n".join(lines)


def _line_ranges(
    tree: ast.Module, hiding: Collection[ast.stmt]
) -> Iterator[tuple[int, int, set[str]]]:
    """First line, last line and names of each statement that shares no line with another."""
    other_lines = {
        line
        for node in tree.body
        if node not in hiding
        for line in (node.lineno - 1, (node.end_lineno or node.lineno) - 1)
    }
    for node in hiding:
        decorators = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(decorator.lineno for decorator in decorators)]) - 1
        last = (node.end_lineno or node.lineno) - 1
        if first not in other_lines and last not in other_lines:
            yield first, last, _bindings(node)


def _cell_name(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id") or cell.id)
