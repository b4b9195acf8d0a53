"""Calls a student's function in a notebook as grading does, where no front end shows or asks anything."""

from __future__ import annotations

import builtins
import contextlib
import sys
from collections.abc import Iterator

from autograder.sandbox.protocol.printed import Printed


@contextlib.contextmanager
def without_front_end(printed: Printed) -> Iterator[None]:
    """In the block, what is printed goes to `printed`, what is displayed nowhere, and input() fails.

    Keras displays model.summary(): a test calls a function several times, and would show it as often. So
    would the notebook show each figure that a call leaves open. A front end that is asked for input waits
    for the student, and runs no other cell until something is typed.
    """

    def at_its_end(prompt: object = "", /) -> str:
        print(prompt, end="")
        raise EOFError("EOF when reading a line")

    input_of_the_notebook, figures = builtins.input, set(_open_figures())
    with contextlib.redirect_stdout(printed), _nothing_displayed():
        builtins.input = at_its_end
        try:
            yield
        finally:
            builtins.input = input_of_the_notebook
            for number in set(_open_figures()) - figures:
                sys.modules["matplotlib.pyplot"].close(number)


def _nothing_displayed() -> contextlib.AbstractContextManager[object]:
    if "IPython" not in sys.modules:
        return contextlib.nullcontext()
    from IPython.utils.capture import capture_output

    shown: contextlib.AbstractContextManager[object] = capture_output(stdout=False, stderr=False)
    return shown


def _open_figures() -> list[int]:
    """The numbers of pyplot's figures; none if nobody has imported it."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    return pyplot.get_fignums() if pyplot else []
