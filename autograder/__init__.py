"""What a student's notebook imports: check(), hint(), unless_blank(), silence_stderr(), figures.

Importing this costs next to nothing: pytest, NumPy and the graders are loaded by the first
check. In the sandbox the graders do not exist, and check() and hint() say so in a line.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from autograder._util.i18n import N_
from autograder._util.i18n import gettext as _
from autograder._util.old_names import support_old_names
from autograder._util.stderr import silence_stderr

__all__ = ["check", "figures", "hint", "silence_stderr", "unless_blank"]

_NOT_HERE = N_("{}() works in your own notebook; grading runs the checks by itself.")
_NOT_INSTALLED = N_(
    "{}() cannot start: {}. Install the kit again: pip installs all that it needs with it."
)


def check(question: str) -> object:
    """Test your answer to `question` and show what came of it; never raises."""
    checks = _checks("check")
    return checks.check(question) if checks else None


def hint(question: str) -> object:
    """Show one more hint for `question` at every call."""
    checks = _checks("hint")
    return checks.hint(question) if checks else None


def _checks(caller: str) -> ModuleType | None:
    """The module that checks; None, and a line that says why, where it cannot be had."""
    try:
        return importlib.import_module("autograder.notebook.check")
    except ImportError as error:
        if (error.name or "").startswith("autograder"):  # which the sandbox leaves out
            print(_(_NOT_HERE).format(caller))
        else:
            print(_(_NOT_INSTALLED).format(caller, error))
    return None


@contextmanager
def unless_blank() -> Iterator[None]:
    """Run a demonstration, or say in a line that the blank it needs is not filled in yet.

    A NameError in a student's own function is the student's mistake, and stays one.
    """
    try:
        yield
    except NotImplementedError:
        print(_("Not attempted yet: fill in the blank above, then run this cell again."))
    except NameError as error:
        import difflib  # with what it imports, they take longer than all the rest here
        import traceback

        *outer, innermost = traceback.walk_tb(error.__traceback__)
        if len(outer) >= _FRAMES_OF_A_DEMONSTRATION:
            raise
        meant = difflib.get_close_matches(error.name or "", innermost[0].f_globals, n=1, cutoff=0.8)
        if meant:
            print(_("{why}. Did you mean {name}?").format(why=error, name=repr(meant[0])))
        else:
            undefined = _("Not attempted yet: {why}. Run the cells above, or fill in their blanks.")
            print(undefined.format(why=error))


_FRAMES_OF_A_DEMONSTRATION = 2  # unless_blank's own and the cell's; further ones are a function's


def _follow_cells() -> None:
    """Have check() know which cells were run, from the import in the set-up cell on."""
    if "IPython" not in sys.modules:
        return
    try:
        from autograder.notebook import cell_history
    except ImportError:  # in the sandbox, where nothing is checked
        return
    from IPython import get_ipython

    if shell := get_ipython():
        cell_history.follow(shell)


def __getattr__(name: str) -> object:
    # `from autograder import figures` without importing matplotlib for everybody else.
    if name == "figures":
        return importlib.import_module("autograder.figures")
    raise AttributeError(f"module 'autograder' has no attribute {name!r}")


support_old_names()
_follow_cells()
