"""Finds the line of a setting in a TOML file, which Python's parser does not keep."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_KEY = r"(?:\"[^\"\n]*\"|'[^'\n]*'|[A-Za-z0-9_-]+)"
_KEYS = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_TABLE = re.compile(rf"\s*\[\s*({_KEYS})\s*\]")
_SETTING = re.compile(rf"\s*({_KEYS})\s*=")


def line_of(text: str, keys: Sequence[str]) -> int:
    r"""The line at which the value below these nested keys begins in the TOML `text`.

    Of what stands in an inline table, or is left out, it is the line of the nearest table around it; 1 if
    there is none.

    Example:
        >>> line_of("[kit]\nname = 'a'\nlimits = { seconds = 3 }", ["kit", "limits", "seconds"])
        3

    """
    line, depth = 1, 0
    for number, line_keys in _keys_by_line(text):
        if depth < len(line_keys) and line_keys == list(keys[: len(line_keys)]):
            line, depth = number, len(line_keys)
    return line


def _keys_by_line(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each line that begins a table or a value, with its keys from the top of the file."""
    table: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if match := _TABLE.match(line):
            table = _parts(match[1])
            yield number, table
        elif match := _SETTING.match(line):
            yield number, [*table, *_parts(match[1])]


def _parts(keys: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(_KEY, keys)]
