"""Messages of check() and hint(): a cell shows each of them, wherever in the cell it was made."""

from __future__ import annotations

from typing import Any


class Message:
    """A message with two representations: HTML for a notebook, plain text for other front ends."""

    def __init__(self, html: str, text: str) -> None:
        self._html = html
        self._text = text

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        if self in _NOT_SHOWN_YET:
            _NOT_SHOWN_YET.remove(self)
        return {"text/html": self._html, "text/plain": self._text}

    def __repr__(self) -> str:
        return self._text


_NOT_SHOWN_YET: list[Message] = []


def show_with_its_cell(message: Message, shell: Any) -> Message:
    """Have IPython's `shell` show the message after the running cell, unless the cell shows it itself.

    A cell shows only the value of its last expression by itself: no message of a loop.
    """
    if _show_rest not in shell.events.callbacks["post_run_cell"]:
        shell.events.register("post_run_cell", _show_rest)
    _NOT_SHOWN_YET.append(message)
    return message


def _show_rest(_result: Any = None) -> None:
    from IPython.display import display  # there is a shell, so it is imported already

    for message in list(_NOT_SHOWN_YET):
        display(message)
    _NOT_SHOWN_YET.clear()
