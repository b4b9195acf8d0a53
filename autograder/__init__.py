"""What a student's notebook imports: check(), hint(), unless_blank(), figures.

Importing this costs next to nothing: pytest, NumPy and the graders are loaded by the first
check. In the jail the graders do not exist, and check() and hint() say so in a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from autograder.language import gettext as _
from autograder.language import mark

__all__ = ["check", "figures", "hint", "unless_blank"]

_NOT_HERE = mark("{}() works in your own notebook; grading runs the checks by itself.")


def check(question: str) -> object:
    """Test your answer to `question` and show what came of it; never raises."""
    try:
        from autograder import checking
    except ImportError:
        print(_(_NOT_HERE).format("check"))
        return None
    return checking.check(question)


def hint(question: str) -> object:
    """Show one more hint for `question` at every call."""
    try:
        from autograder import checking
    except ImportError:
        print(_(_NOT_HERE).format("hint"))
        return None
    return checking.hint(question)


@contextmanager
def unless_blank() -> Iterator[None]:
    """Run a demonstration, or say in a line that the blank it needs is not filled in yet."""
    try:
        yield
    except NotImplementedError:
        print(_("Not attempted yet: fill in the blank above, then run this cell again."))
    except NameError as error:
        undefined = _("Not attempted yet: {why}. Run the cells above, or fill in their blanks.")
        print(undefined.format(why=error))


def __getattr__(name: str) -> object:
    # `from autograder import figures` without importing matplotlib for everybody else.
    if name == "figures":
        import importlib

        return importlib.import_module("autograder.figures")
    raise AttributeError(f"module 'autograder' has no attribute {name!r}")
