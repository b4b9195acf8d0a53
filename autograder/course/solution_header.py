"""Explains why Jupytext or nbformat refuses the YAML header of a solution file."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DELIMITER = re.compile(r"^# ?---\s*$")
# Keys that should contain other keys but have a value on the same line.
_NESTED = re.compile(r"^# +(kernelspec|language_info|jupytext|text_representation) *: +[^ #{]")
_ADVICE = "Correct it, or copy the header of another solution file"
_LONGEST = 200


def header_problem(lines: Sequence[str], error: Exception) -> tuple[int, str]:
    """The line that is wrong in the header of a file, and a message that says what to do.

    `error` is the exception that Jupytext raised when it read the file.
    """
    delimiters = [number for number, line in enumerate(lines, 1) if _DELIMITER.match(line)]
    if not delimiters:
        return 1, f"Jupytext cannot read this file ({_first_line(error)}). Correct it"
    begin, end = delimiters[0], delimiters[1] if len(delimiters) > 1 else len(lines)
    position = getattr(error, "problem_mark", None)  # set by YAML errors
    if position is not None:
        reason = " ".join(str(getattr(error, "problem", None) or _first_line(error)).split())
        if "'\\t'" in reason:
            reason = "a tab. Indent with spaces"
        return min(begin + 1 + position.line, end), f"the header is no YAML: {reason}. {_ADVICE}"
    if not hasattr(error, "absolute_path"):  # an unexpected error in Jupytext itself
        for number in range(begin, end):
            if re.match(r"^# *jupyter: *$", lines[number - 1]) and number + 1 == end:
                return number, f"the header is refused: jupyter holds nothing. {_ADVICE}"
            if match := _NESTED.match(lines[number - 1]):
                key = match[1]
                return number, f"the header is refused: {key} holds no keys of its own. {_ADVICE}"
        return (
            begin,
            f"the header is refused: Jupytext fails on it ({_first_line(error)}). {_ADVICE}",
        )
    keys = [key for key in getattr(error, "absolute_path", ()) if isinstance(key, str)]
    keys = [key for key in keys if key != "metadata"]
    name = f"{'.'.join(keys)}: " if keys else ""
    line_number = _line_of(keys, lines, begin, end)
    return line_number, f"the header is refused: {name}{_first_line(error)}. {_ADVICE}"


def extra_cell(lines: Sequence[str], kinds: Sequence[str]) -> tuple[int, str] | None:
    """Line and message if Jupytext turned the header into a cell: it has keys beside `jupyter`.

    `kinds` are the types of the cells that Jupytext sees. Returns None if it did not do that.
    """
    delimiters = [number for number, line in enumerate(lines, 1) if _DELIMITER.match(line)]
    if kinds[:1] != ["raw"] or not delimiters:
        return None
    return delimiters[0], (
        "the header holds something beside a plain 'jupyter:', of which Jupytext makes a cell. "
        f"{_ADVICE}"
    )


def _line_of(keys: Sequence[str], lines: Sequence[str], begin: int, end: int) -> int:
    """The line of the innermost of these nested keys that is in the header."""
    at = begin
    for key in keys:
        pattern = re.compile(rf"^#\s*[\"']?{re.escape(key)}[\"']?\s*:")
        at = next((n for n in range(at, end) if pattern.match(lines[n - 1])), at)
    return at


def _first_line(error: Exception) -> str:
    message = str(getattr(error, "message", None) or error) or type(error).__name__
    first = next((line for line in message.splitlines() if line.strip()), type(error).__name__)
    return " ".join(first.split())[:_LONGEST]
