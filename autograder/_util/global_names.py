"""Finds the global names of code, by the rules of Python's own compiler."""

from __future__ import annotations

import symtable
from collections.abc import Iterator
from typing import NamedTuple


class GlobalNames(NamedTuple):
    """The global names that code binds outside its functions, without imports; in them; and that it reads."""

    bound: frozenset[str]
    bound_in_functions: frozenset[str]
    read: frozenset[str]


def global_names(source: str) -> GlobalNames:
    """The global names of `source`. Raises SyntaxError or ValueError.

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
