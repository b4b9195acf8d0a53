"""The YAML header of a solution file, where Jupytext or nbformat refuses it: where, and what to do."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LIMIT = re.compile(r"^# ?---\s*$")
# Keys that hold other keys, with a value beside them instead.
_NESTED = re.compile(r"^# +(kernelspec|language_info|jupytext|text_representation) *: +[^ #{]")
_ADVICE = "Correct it, or copy the header of another solution file"
_LONGEST = 200


def header_problem(lines: Sequence[str], error: Exception) -> tuple[int, str]:
    """The line of a file at which its header is refused, and what to say and to do about it.

    `error` is what was raised when Jupytext read the file.
    """
    limits = [number for number, line in enumerate(lines, 1) if _LIMIT.match(line)]
    if not limits:
        return 1, f"Jupytext cannot read this file ({_first_line(error)}). Correct it"
    begin, end = limits[0], limits[1] if len(limits) > 1 else len(lines)
    mark = getattr(error, "problem_mark", None)  # of YAML
    if mark is not None:
        what = " ".join(str(getattr(error, "problem", None) or _first_line(error)).split())
        if "'\\t'" in what:
            what = "a tab. Indent with spaces"
        return min(begin + 1 + mark.line, end), f"the header is no YAML: {what}. {_ADVICE}"
    if not hasattr(error, "absolute_path"):  # Jupytext's own code met something unexpected
        for number in range(begin, end):
            if nested := _NESTED.match(lines[number - 1]):
                key = nested[1]
                return number, f"the header is refused: {key} holds no keys of its own. {_ADVICE}"
        return (
            begin,
            f"the header is refused: Jupytext fails on it ({_first_line(error)}). {_ADVICE}",
        )
    keys = [key for key in getattr(error, "absolute_path", ()) if isinstance(key, str)]
    keys = [key for key in keys if key != "metadata"]
    name = f"{'.'.join(keys)}: " if keys else ""
    at = _line_of(keys, lines, begin, end)
    return at, f"the header is refused: {name}{_first_line(error)}. {_ADVICE}"


def extra_cell(lines: Sequence[str], kinds: Sequence[str]) -> tuple[int, str] | None:
    """The same where Jupytext makes a cell of the header: it holds something beside jupyter.

    `kinds` are those of the cells that Jupytext sees. None where that is not so.
    """
    limits = [number for number, line in enumerate(lines, 1) if _LIMIT.match(line)]
    if kinds[:1] != ["raw"] or not limits:
        return None
    return limits[0], (
        "the header holds something beside a plain 'jupyter:', of which Jupytext makes a cell. "
        f"{_ADVICE}"
    )


def _line_of(keys: Sequence[str], lines: Sequence[str], begin: int, end: int) -> int:
    """The line of the innermost of these nested keys that the header names."""
    at = begin
    for key in keys:
        pattern = re.compile(rf"^#\s*[\"']?{re.escape(key)}[\"']?\s*:")
        at = next((n for n in range(at, end) if pattern.match(lines[n - 1])), at)
    return at


def _first_line(error: Exception) -> str:
    said = str(getattr(error, "message", None) or error) or type(error).__name__
    first = next((line for line in said.splitlines() if line.strip()), type(error).__name__)
    return " ".join(first.split())[:_LONGEST]
