"""Reads a cell as plain Python: what only IPython understands is replaced, line by line.

IPython's own finders tell a magic from Python: a line that begins with `%` inside an expression or a
string is no magic, and `x = !ls`, `f?` and a `%pip` inside an `if` are some.
"""

from __future__ import annotations

import re
import tokenize
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

# A cell without any of these needs no look at its tokens. After ^ no \s, which takes line ends too: from each
# of many empty lines it would go through all that follow.
_MAY_HAVE_MAGIC = re.compile(
    r"^[^\S\n]*[%!?,;/]|=\s*[%!]|\?\s*$|^[^\S\n]*(>>>|In \[)|\A\s", re.MULTILINE
)
_CELL_MAGIC = re.compile(r"\s*%%(\w*)")
_RUNS_PYTHON = {"time", "capture", "prun"}  # the cell below these runs in the notebook's namespace
_MOST_READS = 5  # of a cell's tokens: it may be a student's, with an odd magic in each line


class _Magic(NamedTuple):
    """Where a magic is: its first and last line, and the column at which it begins."""

    first: int
    last: int
    column: int


def without_magics(source: str) -> str:
    """Replace the magics and shell commands of a cell by Python, with the same number of lines.

    Args:
        source: a cell, as IPython would run it.

    Returns:
        The cell with `pass` for a magic, and `name = None` for one whose result is assigned. A cell
        with a magic of its own (`%%html`) is empty, but for those that run Python (`%%time`).

    """
    if not _MAY_HAVE_MAGIC.search(source):
        return source
    lines = [f"{line}\n" for line in source.split("\n")]
    if cell_magic := _CELL_MAGIC.match(source):
        if cell_magic[1] not in _RUNS_PYTHON:
            return ""
        lines[source[: cell_magic.start(1)].count("\n")] = "\n"
    lines = _without_prompts(lines)
    for _ in range(_MOST_READS):
        magics = list(_magics(lines))
        for magic in magics:
            text = lines[magic.first]
            before = text[: magic.column]
            lines[magic.first] = f"{before}{'None' if before.strip() else 'pass'}\n"
            for number in range(magic.first + 1, magic.last + 1):
                lines[number] = "\n"
        if not magics:
            break
    return "".join(lines)[:-1]


def _without_prompts(lines: list[str]) -> list[str]:
    """The lines without what IPython takes off the whole cell: an indentation, prompts."""
    from IPython.core import inputtransformer2

    ipython: Any = inputtransformer2  # not all of it is typed
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    code = lines[first:]
    for clean in (ipython.leading_indent, ipython.classic_prompt, ipython.ipython_prompt):
        code = clean(code)
    return lines[:first] + code


def _magics(lines: Sequence[str]) -> Iterator[_Magic]:
    """The magics up to the first after which the tokens have to be read anew."""
    from IPython.core import inputtransformer2

    ipython: Any = inputtransformer2  # not all of it is typed
    finders = (
        ipython.HelpEnd, ipython.MagicAssign, ipython.SystemAssign, ipython.EscapedCommand,
    )  # fmt: skip
    try:
        logical_lines: list[list[Any]] = ipython.make_tokens_by_line(list(lines))
    except (SyntaxError, tokenize.TokenError):
        return
    for tokens in logical_lines:
        for finder in finders:
            if (magic := finder.find([tokens])) is None:
                continue
            first, last = magic.start_line, tokens[-1].end[0] - 1
            if finder is not ipython.HelpEnd:
                last = ipython.find_end_of_continued_line(lines, first)
            last = min(last, len(lines) - 1)
            yield _Magic(first, last, magic.start_col)
            if _leaves_open("".join(lines[first : last + 1])):
                return
            break


def _leaves_open(magic: str) -> bool:
    """Whether the tokens after a magic were read as if inside its quotation marks or brackets."""
    odd = any(magic.count(mark) % 2 for mark in "'\"")
    return odd or any(magic.count(left) != magic.count(right) for left, right in ("()", "[]", "{}"))
