"""Keeps a blank that was left from hiding what the student wrote into another cell.

A student may answer two questions in one cell, or in a cell of their own, and leave the released
blank as it is, or delete it and have it put back. Run from top to bottom, the blank would then
define the function once more and hide the answer. So what a blank leaves undone is taken out of
it where an earlier cell of the student's defines the same name.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from nbformat import NotebookNode

from autograder.course.cells import is_run, without_magics

_LONGEST = 100_000  # characters of a cell that is looked into
_MAX_CHARACTERS = 1_000_000  # characters of all of them
_PYTHON_MAGIC = re.compile(r"%%(time|capture|prun)\b")  # whose cells run as Python all the same
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_SILENT = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def uncover(
    cells: Sequence[NotebookNode], released: Mapping[str, str], own_modules: Collection[str] = ()
) -> list[str]:
    """Change the sources of `cells`, in the order in which they run; one line for each change.

    `released` holds the released sources of the blanks by cell id; `own_modules` are names of
    Python files that were handed in too.
    """
    lines: list[str] = []
    blank_names = names_of_blanks(released)
    own: dict[str, int] = {}  # what the student's cells define, and the number of the cell
    left_to_parse = _MAX_CHARACTERS
    star = False  # whether a module of the student's may have defined any of them
    for number, cell in enumerate(cells, 1):
        if not is_run(cell) or _is_locked(cell):
            continue
        if not own_modules and not any(name in cell.source for name in blank_names):
            continue
        left_to_parse -= len(cell.source)
        if left_to_parse < 0:
            break
        tree = _parsed(cell.source)
        left = _left(tree, released.get(cell.id, ""), blank_names)
        hiding = [
            node
            for node in left
            if (names := _names(node)) <= own.keys() or (star and isinstance(node, _SCOPES))
            if names
        ]
        if hiding:
            known = sorted({name for node in hiding for name in _names(node) if name in own})
            cell.source = _without(cell.source, tree, hiding)
            places = ", ".join(f"{name} of cell {own[name]}" for name in known)
            if places:
                lines.append(f"the blank in {_name(cell)} would hide {places}: yours counts")
        for node in tree.body:
            if node not in left:
                own.update(dict.fromkeys(_names(node), number))
        star = star or _imports_all(tree, cell.source, own_modules)
    return lines


def names_of_blanks(released: Mapping[str, str]) -> frozenset[str]:
    """The names that the released blanks define."""
    return frozenset().union(*(_released(source)[0] for source in released.values()))


def answers_in(source: str, names: Collection[str]) -> set[str]:
    """Those of `names` that a cell defines by more than a blank."""
    if not any(name in source for name in names):
        return set()
    tree = _parsed(source)
    left = _left(tree, "", names)
    return {name for node in tree.body if node not in left for name in _names(node)} & set(names)


def _parsed(source: str) -> ast.Module:
    """The cell as Python, line for line; an empty module where it is none."""
    source = _with_newlines(source)
    first, _, rest = source.partition("\n")
    if _PYTHON_MAGIC.match(first):
        source = f"\n{rest}"
    try:
        if len(source) <= _LONGEST:
            return ast.parse(without_magics(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # nested beyond the parser
        pass
    return ast.Module([], [])


@lru_cache(maxsize=1024)  # the same blanks for each submission of a class
def _released(source: str) -> tuple[frozenset[str], frozenset[str]]:
    """What a released blank defines: the names, and the definitions without layout."""
    nodes = [node for node in _parsed(source).body if isinstance(node, _DEFINITIONS)]
    names = {name for node in nodes for name in _names(node)}
    return frozenset(names), frozenset(map(_unparsed, nodes))


def _left(tree: ast.Module, released: str, names: Collection[str]) -> list[ast.stmt]:
    """The definitions of the blanks' `names` that the student left as they were released."""
    _, given = _released(released)
    return [
        node
        for node in tree.body
        if isinstance(node, _DEFINITIONS)
        and not _names(node).isdisjoint(names)
        and (_is_undone(node) or (given and _unparsed(node) in given))
    ]


def _is_undone(node: ast.stmt) -> bool:
    """Whether a function does nothing, or says that it is not implemented."""
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and all(
        isinstance(line, ast.Pass)
        or (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant))
        or (isinstance(line, ast.Raise) and "NotImplemented" in ast.dump(line))
        for line in node.body
    )


def _unparsed(node: ast.stmt) -> str:
    """A statement without its comments and its layout."""
    return ast.unparse(node)


def _with_newlines(source: str) -> str:
    return source.replace("\r\n", "\n").replace("\r", "\n")


def _names(root: ast.stmt) -> set[str]:
    """The names that a statement of a cell binds."""
    found: set[str] = set()
    waiting: list[ast.AST] = [root]
    while waiting:
        node = waiting.pop()
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                found.add(name)
            case ast.alias(name=name, asname=other):
                found.add(other or name.partition(".")[0])
        if isinstance(node, _SCOPES):
            found.add(node.name)
        elif not isinstance(node, _SILENT):
            waiting.extend(ast.iter_child_nodes(node))
    return found


def _imports_all(tree: ast.Module, source: str, own_modules: Collection[str]) -> bool:
    """Whether a cell takes all names from a Python file that was handed in too."""
    stars = {
        node.module
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    }
    run = set(re.findall(r"^%(?:run|load)\s+[\"']?([\w.-]+?)(?:\.py)?[\"']?\s*$", source, re.M))
    return not (stars | run).isdisjoint(own_modules)


def _without(source: str, tree: ast.Module, hiding: Collection[ast.stmt]) -> str:
    """A cell without these statements; every other line keeps its place."""
    lines = _with_newlines(source).split("\n")
    for first, last, names in _places(tree, hiding):
        lines[first : last + 1] = [
            f"# {', '.join(sorted(names))}: defined in another cell",
            *[""] * (last - first),
        ]
    return "\n".join(lines)


def _places(tree: ast.Module, hiding: Collection[ast.stmt]) -> Iterator[tuple[int, int, set[str]]]:
    """First line, last line and names of each statement that has its lines for itself."""
    others = {
        line
        for node in tree.body
        if node not in hiding
        for line in (node.lineno - 1, (node.end_lineno or node.lineno) - 1)
    }
    for node in hiding:
        decorators = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(decorator.lineno for decorator in decorators)]) - 1
        last = (node.end_lineno or node.lineno) - 1
        if first not in others and last not in others:
            yield first, last, _names(node)


def _is_locked(cell: NotebookNode) -> bool:
    nbgrader = cell.metadata.get("nbgrader", {})
    return bool(nbgrader.get("locked") or nbgrader.get("grade"))


def _name(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id") or cell.id)
