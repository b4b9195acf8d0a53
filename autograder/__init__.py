"""The interface for students' notebooks: check(), hint(), unless_blank(), silence_stderr(), figures.

Importing this is fast: the first check loads pytest, NumPy and the graders. In the sandbox there
are no graders, and check() and hint() only print a line that says so.
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


def check(question: str | None = None) -> object:
    """Test your answer to `question` and show the result; never raises."""
    checks = _checks("check")
    return checks.check(question) if checks else None


def hint(question: str | None = None) -> object:
    """Show one more hint for `question` with every call; without one, say how to name one."""
    checks = _checks("hint")
    return checks.hint(question) if checks else None


def _checks(caller: str) -> ModuleType | None:
    """The module with the checks, or None after printing why it cannot be imported."""
    try:
        return importlib.import_module("autograder.notebook.check")
    except ImportError as error:
        if (error.name or "").startswith("autograder"):  # the sandbox does not have this module
            print(_(_NOT_HERE).format(caller))
        else:
            print(_(_NOT_INSTALLED).format(caller, error))
    return None


@contextmanager
def unless_blank() -> Iterator[None]:
    """Run a demonstration, or print that the blank it needs is not filled in yet.

    A NameError inside a student's function is the student's mistake and is raised as usual.
    """
    try:
        yield
    except NotImplementedError:
        print(_("Not attempted yet: fill in the blank, then run this cell again."))
    except NameError as error:
        import difflib  # imported late: these take longer than the rest of this module
        import linecache
        import traceback

        *outer, (frame, line) = traceback.walk_tb(error.__traceback__)
        if len(outer) >= _FRAMES_OF_A_DEMONSTRATION:
            raise
        name = error.name or ""
        suggestions = difflib.get_close_matches(name, frame.f_globals, n=1, cutoff=0.8)
        source = linecache.getline(frame.f_code.co_filename, line)
        if suggestions:
            print(_("{why}. Did you mean {name}?").format(why=error, name=repr(suggestions[0])))
        elif source.partition("=")[2].strip() == name:  # an answer that is a word
            message = _(
                "Not attempted yet: {why}. If it is a text, write it in quotes: {text}. Otherwise run the cells "
                "above, or fill in their blanks."
            )
            print(message.format(why=error, text=f'"{name}"'))
        else:
            message = _("Not attempted yet: {why}. Run the cells above, or fill in their blanks.")
            print(message.format(why=error))


_FRAMES_OF_A_DEMONSTRATION = 2  # unless_blank's and the cell's; more belong to a function


def _follow_cells() -> None:
    """Record which cells run, starting with the import in the setup cell, so that check() knows."""
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
    # `from autograder import figures` works, but notebooks without figures do not import matplotlib.
    if name == "figures":
        return importlib.import_module("autograder.figures")
    raise AttributeError(f"module 'autograder' has no attribute {name!r}")


support_old_names()
_follow_cells()
