"""Finds the global names of code: those of a whole cell, or those that one statement binds."""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterator
from typing import NamedTuple


class GlobalNames(NamedTuple):
    """The global names that code binds outside its functions, without imports; in them; and that it reads."""

    bound: frozenset[str]
    bound_in_functions: frozenset[str]
    read: frozenset[str]


def global_names(source: str) -> GlobalNames:
    """The global names of `source`, as Python's compiler sees them. Raises SyntaxError or ValueError.

    Example:
        >>> sorted(global_names("area = lambda side: side * width(side)").read)
        ['width']

    """
    module = symtable.symtable(source, "cell", "exec")
    own = module.get_symbols()
    inner = [s for scope in _scopes_below(module) for s in scope.get_symbols() if s.is_global()]
    return GlobalNames(
        frozenset(s.get_name() for s in own if s.is_assigned() and not s.is_imported()),
        frozenset(s.get_name() for s in inner if s.is_assigned()),
        frozenset(s.get_name() for s in (*own, *inner) if s.is_referenced()),
    )


def _scopes_below(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from _scopes_below(child)


def bound_names(statement: ast.stmt) -> set[str]:
    """The names that a statement binds outside functions and classes, without imports.

    Example:
        >>> sorted(bound_names(ast.parse("areas = [last := side**2 for side in sides]").body[0]))
        ['areas', 'last']

    """
    names: set[str] = set()
    for node in _outer_nodes(statement):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                names.add(name)
            case ast.ClassDef(name=name) | ast.Name(id=name, ctx=ast.Store()):
                names.add(name)
            case ast.MatchAs(name=str() as name) | ast.MatchStar(name=str() as name):
                names.add(name)
            case ast.MatchMapping(rest=str() as name):
                names.add(name)
    return names


def imported_names(statement: ast.stmt) -> set[str]:
    """The names that a statement imports outside functions and classes, `*` for all of a module."""
    aliases = (node for node in _outer_nodes(statement) if isinstance(node, ast.alias))
    return {alias.asname or alias.name.partition(".")[0] for alias in aliases}


def _outer_nodes(statement: ast.stmt) -> Iterator[ast.AST]:
    """The nodes outside functions and classes, and without the variables of comprehensions.

    A student's statement may be nested deeply, so this does not recurse.
    """
    pending: list[ast.AST] = [statement]
    while pending:
        node = pending.pop()
        yield node
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() | ast.Lambda():
                pass
            case ast.comprehension(iter=values, ifs=conditions):
                pending += [values, *conditions]
            case _:
                pending.extend(ast.iter_child_nodes(node))
