"""Finds the cells of a notebook whose outputs depend on the release alone, by their data flow.

Such a cell is as released, and draws or prints from numbers that stand in it: whatever a student
wrote, its outputs are the same for the whole class. When in doubt, a cell is not independent.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from autograder.course.magics import without_magics
from autograder.sandbox.host.cells import Cell

# Modules whose functions show or compute, and change nothing.
_MODULES = {"autograder.figures", "numpy"}
_FUNCTIONS = frozenset(
    ["abs", "dict", "enumerate", "float", "int", "len", "list", "max", "min", "print", "range",
     "round", "sorted", "str", "sum", "tuple", "zip"]
)  # fmt: skip
# Names in a student's cell with which code may change anything.
MAY_CHANGE_ANYTHING = frozenset(
    ["__import__", "delattr", "eval", "exec", "get_ipython", "globals", "import_module", "reload",
     "setattr", "vars"]
)  # fmt: skip
MAX_CHARACTERS = 300_000  # of all cells together; a syntax tree takes up to 600 bytes for each
_NOT_PURE = frozenset(["random", "seterr", "set_printoptions"])  # of NumPy


def independent_cells(cells: Sequence[Cell], released: Mapping[str, str]) -> frozenset[str]:
    """The ids of the cells that need not run, since the release has their outputs.

    Args:
        cells: the code cells of a submission that run, in order.
        released: the sources of the release's own cells that run, without the blanks, by their ids.

    """
    if is_too_long(cells):
        return frozenset()
    trees: dict[str, ast.Module] = {}
    for cell in cells:
        try:
            trees[cell.id] = ast.parse(without_magics(cell.source))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return frozenset()
    names_of = {cell: names_in(tree) for cell, tree in trees.items()}
    flow, independent = _Flow(), set[str]()
    for cell in cells:
        tree = trees[cell.id]
        if released.get(cell.id) != cell.source:
            if not flow.passes_foreign(tree):
                break
            continue
        assigned = flow.assigned_by(tree)
        if assigned is not None and not any(
            assigned & names for other, names in names_of.items() if other != cell.id
        ):
            independent.add(cell.id)
        else:
            flow.passes_own(tree)
    return frozenset(independent)


def is_too_long(cells: Sequence[Cell]) -> bool:
    """Whether cells are too long to be parsed outside the sandbox."""
    return sum(len(cell.source) for cell in cells) > MAX_CHARACTERS


class _Flow:
    """What is known of the notebook's names before a cell runs."""

    def __init__(self) -> None:
        self._functions = set(_FUNCTIONS)  # names that nothing has changed
        self._modules: set[str] = set()  # likewise
        self._literals: set[str] = set()  # names of literals, likewise

    def passes_own(self, tree: ast.Module) -> None:
        """Take note of the imports and the literals of a released cell that runs."""
        self._forget(tree)
        for statement in tree.body:
            match statement:
                case ast.Import(names=names):
                    for name in names:
                        if name.name in _MODULES and (name.asname or "." not in name.name):
                            self._modules.add(name.asname or name.name)
                case ast.ImportFrom(module=str() as module, names=names, level=0):
                    for name in names:
                        if f"{module}.{name.name}" in _MODULES:
                            self._modules.add(name.asname or name.name)
                case ast.Assign(targets=[ast.Name(id=name)], value=value) if _is_literal(value):
                    self._literals.add(name)

    def passes_foreign(self, tree: ast.Module) -> bool:
        """Forget what a student's cell may change; False if it may change anything."""
        names = names_in(tree)
        if names & MAY_CHANGE_ANYTHING or "*" in names:
            return False
        self._forget(tree)
        return True

    def _forget(self, tree: ast.Module) -> None:
        """Forget what code may bind anew or change; a literal may be changed by who has its name."""
        bound = bound_in(tree)
        self._functions -= bound
        self._modules -= bound
        self._literals -= names_in(tree)

    def assigned_by(self, tree: ast.Module) -> set[str] | None:
        """The names that a cell assigns if it depends on known names only, else None."""
        own: set[str] = set()
        for statement in tree.body:
            match statement:
                case ast.Assign(targets=[ast.Name(id=name)], value=value):
                    pass
                case ast.Expr(value=value):
                    name = ""
                case _:
                    return None
            if not self._is_known(value, own):
                return None
            own |= {name} - {""}
        return own

    def _is_known(self, value: ast.expr, own: set[str]) -> bool:
        for node in ast.walk(value):
            match node:
                case ast.Call(func=function) if not self._is_pure(function):
                    return False
                case ast.Name(id=name) if name not in (
                    self._modules | self._literals | own | self._functions
                ):
                    return False
                case ast.Attribute(attr=name) if name in _NOT_PURE:
                    return False
                case ast.Lambda() | ast.NamedExpr() | ast.comprehension():
                    return False
        return True

    def _is_pure(self, function: ast.expr) -> bool:
        match function:
            case ast.Name(id=name):
                return name in self._functions
            case ast.Attribute(value=ast.Name(id=name)):
                return name in self._modules
        return False


def names_in(tree: ast.Module) -> set[str]:
    """All names that code mentions, `*` for those that it imports without naming them."""
    names = bound_in(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                names.add(name)
    return names


def bound_in(tree: ast.Module) -> set[str]:
    """All names that code may bind anew, or change an attribute or an item of."""
    names: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case (
                ast.Attribute(ctx=ast.Store() | ast.Del())
                | ast.Subscript(ctx=ast.Store() | ast.Del())
            ):
                names |= {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
                names.add(name)
            case ast.alias(name=name, asname=other):
                names.add(other or name.partition(".")[0])
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.AsyncFunctionDef(name=name) | ast.ExceptHandler(name=str() as name):
                names.add(name)
            case ast.MatchAs(name=str() as name) | ast.MatchStar(name=str() as name):
                names.add(name)
            case ast.MatchMapping(rest=str() as name):
                names.add(name)
            case ast.Global(names=several) | ast.Nonlocal(names=several):
                names.update(several)
    return names


def _is_literal(value: ast.expr) -> bool:
    try:
        ast.literal_eval(value)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return True
