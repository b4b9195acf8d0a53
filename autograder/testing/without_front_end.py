"""Calls a student's function in a notebook as grading does, where no front end shows or asks anything."""

from __future__ import annotations

import builtins
import contextlib
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

from autograder.sandbox.protocol.printed import Printed


@contextlib.contextmanager
def without_front_end(printed: Printed) -> Iterator[None]:
    """In the block, what is printed or displayed goes to `printed` as text, and input() fails.

    Keras displays model.summary(): a test calls a function several times, and would show it as often. So
    would the notebook show each figure that a call leaves open. A front end that is asked for input waits
    for the student, and runs no other cell until something is typed.
    """

    def at_its_end(prompt: object = "", /) -> str:
        print(prompt, end="")
        raise EOFError("EOF when reading a line")

    input_of_the_notebook, figures = builtins.input, set(_open_figures())
    with contextlib.redirect_stdout(printed), _displayed_as_text():
        builtins.input = at_its_end
        try:
            yield
        finally:
            builtins.input = input_of_the_notebook
            for number in set(_open_figures()) - figures:
                sys.modules["matplotlib.pyplot"].close(number)


@contextlib.contextmanager
def _displayed_as_text() -> Iterator[None]:
    """In the block, what IPython displays is printed, as it is where there is no notebook."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is None:
        yield
        return
    publisher, shell.display_pub = shell.display_pub, _printing_publisher()
    try:
        yield
    finally:
        shell.display_pub = publisher


@cache
def _printing_publisher() -> Any:
    """IPython's publisher that prints; made once, since a test calls a function often."""
    from IPython.core.displaypub import DisplayPublisher

    class Printing(DisplayPublisher):
        def publish(self, data: dict[str, Any], *_args: object, **_settings: object) -> None:
            print(data.get("text/plain", ""))

    return Printing()  # type: ignore[no-untyped-call]  # IPython's


def _open_figures() -> list[int]:
    """The numbers of pyplot's figures; none if nobody has imported it."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    return pyplot.get_fignums() if pyplot else []
