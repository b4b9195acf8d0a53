"""Track which cell of the running notebook defined a name, and whether that cell has changed since.

A name stays in memory after its cell was edited: if a function was renamed, or its cell now ends
in a SyntaxError, the old function is still defined. Grading runs the notebook from the top and
does not have it. So check() asks this module before it tests what is in memory.
"""

from __future__ import annotations

import ast
import re
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple

from autograder._util.global_names import bound_names, global_names, imported_names
from autograder._util.i18n import gettext as _
from autograder.results.outcome import CellStopped, NotAttempted, StudentCrash
from autograder.sandbox.protocol.crashes import exception_text, is_cell, without_cell_file

# The loaders of autograder.datasets and of Keras, called.
_LOADS = re.compile(r"\bload_(?:data|fashion_mnist|mnist)\w*\(")
_DEFINITION = re.compile(r"^(?:def|class)\s+(\w+)|^(\w+)\s*=[^=]", re.MULTILINE)


@dataclass(frozen=True)
class _Failure:
    """The error that ended `cell` before it defined a name; "" is a cell without id."""

    cell: str
    error: str

    @property
    def message(self) -> str:
        """What grading says of it."""
        return _("The cell with your answer stopped: {why}").format(why=self.error)


@dataclass
class Cells:
    """What this kernel has run: each cell's last source, and each name's cell or failure."""

    last_source: dict[str, str] = field(default_factory=dict)
    defined_by: dict[str, str] = field(default_factory=dict)
    failed_in: dict[str, _Failure] = field(default_factory=dict)

    def ran(self, cell: str, source: str, error: str = "", line: int | None = None) -> None:
        """Record that `cell` ran with `source`; `cell` is empty if the front end sends no cell id.

        `error` is the error that ended the cell at `line`, if any; `line` is None if it never started.
        """
        began = line is not None or not error
        defined, imported = _names(source, before=line) if began else (set(), set())
        bound = defined | imported
        self.failed_in = {
            name: failure
            for name, failure in self.failed_in.items()
            if name not in bound and not (cell and failure.cell == cell)
        }
        for name in defined:
            self.defined_by[name] = cell
        if error:
            failure = _Failure(cell, error)
            unbound = set[str]().union(*_names(source)) - bound - {"*"}
            self.failed_in |= dict.fromkeys(unbound, failure)
        if cell:
            self.last_source[cell] = source

    def refuse_failed(self, name: str) -> None:
        """Raise what grading would for a `name` that is not in memory.

        CellStopped: its cell ended in an error before the definition, and is no blank.
        """
        failure = self.failed_in.get(name)
        if failure and not failure.error.startswith(NotImplementedError.__name__):
            raise CellStopped(failure.message)

    def refuse_stale(self, name: str) -> None:
        """Raise what grading would if the notebook no longer defines the `name` in memory.

        CellStopped: the last run of its cell ended in an error before the definition.
        NotAttempted: its cell was changed and does not define it any more.
        """
        if failure := self.failed_in.get(name):
            older = _("An older {name} is still in memory; it is not tested.").format(name=name)
            raise CellStopped(f"{failure.message}\n{older}")
        source = self.last_source.get(self.defined_by.get(name, ""))
        if source is not None and {name, "*"}.isdisjoint(chain(*_names(source))):
            changed = _(
                "{name} is not defined any more: its cell was changed since. "
                "An older {name} is still in memory; it is not tested."
            )
            raise NotAttempted(changed.format(name=name))

    def refuse_loaded(self, name: str) -> None:
        """Raise StudentCrash if `name` uses variables of a cell that loads a data set.

        Grading has no data set in the sandbox and runs no such cell: there, they are not defined.
        """
        cells = visited = {self.defined_by.get(name, "")} - {""}
        loaded: list[str] = []
        while cells and not loaded:
            used = {other for cell in cells for other in _used_names(self.last_source[cell])}
            origins = {other: self.defined_by[other] for other in used if other in self.defined_by}
            cells = set(origins.values()) - visited - {""}
            visited = visited | cells
            loaded = sorted(o for o in used if origins.get(o) in cells and self._loads(origins[o]))
        if loaded:
            text = _(
                "{name} uses {loaded}, from a cell that loads images. That cell does not run when your "
                "work is graded, so {loaded} would not be defined. Use what {name} is given, or write "
                "numbers in its place."
            )
            raise StudentCrash(text.format(name=name, loaded=_(" and ").join(loaded)))

    def used_by(self, names: Iterable[str]) -> set[str]:
        """The functions of other cells that the cells of `names` use, directly or through others."""
        cells = {cell for name in names if (cell := self.defined_by.get(name))}
        used_functions, visited = set[str](), set[str]()
        while cells:
            visited |= cells
            used = {name for cell in cells for name in _used_names(self.last_source[cell])}
            functions = {name for name in used if self._is_function(name)}
            cells = {self.defined_by[name] for name in functions} - visited
            used_functions |= {name for name in functions if self.defined_by[name] in cells}
        return used_functions

    def _loads(self, cell: str) -> bool:
        return _LOADS.search(self.last_source[cell]) is not None

    def _is_function(self, name: str) -> bool:
        """Whether the cell of this name defines it as a function; False for a front end without ids."""
        source = self.last_source.get(self.defined_by.get(name, ""), "")
        return re.search(rf"^\s*(async\s+)?def\s+{name}\b", source, re.MULTILINE) is not None


def _used_names(source: str) -> set[str]:
    """The global names that a cell reads; none if it is no Python."""
    try:
        return set(global_names(source).read)
    except (SyntaxError, ValueError):
        return set()


class _Names(NamedTuple):
    """The names that a cell binds at its top level; `imported` has "*" for all of a module."""

    defined: set[str]
    imported: set[str]


def _names(source: str, before: int | None = None) -> _Names:
    """The names that a cell binds by statements that end before line `before`.

    If the cell has a syntax error or a magic, guess them from the beginnings of lines.
    """
    names = _Names(set(), set())
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError):
        names.defined.update(filter(None, chain(*_DEFINITION.findall(source))))
        return names
    for statement in statements:
        if before is not None and (statement.end_lineno or 0) >= before:
            break
        names.defined.update(bound_names(statement))
        names.imported.update(imported_names(statement))
    return names


def defined_names(source: str, before: int | None = None) -> set[str]:
    """The names that a cell defines at its top level, by statements that end before line `before`."""
    return _names(source, before).defined


CELLS = Cells()


def follow(shell: Any) -> None:
    """Record every cell that the IPython `shell` runs from now on; the first import calls this once."""
    shell.events.register("post_run_cell", _after_cell)


def _after_cell(result: Any) -> None:
    error = result.error_before_exec or result.error_in_exec
    info = result.info
    cell = str(getattr(info, "cell_id", None) or "")
    source = str(info.raw_cell or "")
    if error is None:
        CELLS.ran(cell, source)
    else:
        message = without_cell_file(exception_text(error))
        CELLS.ran(cell, source, f"{type(error).__name__}: {message}"[:500], _failed_line(error))


def _failed_line(error: BaseException) -> int | None:
    """The line of the cell that raised the error, or None if the cell never started."""
    for frame, line in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_name == "<module>" and is_cell(frame.f_code.co_filename):
            return line
    return None
