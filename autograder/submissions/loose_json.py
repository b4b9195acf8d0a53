"""Takes damaged JSON apart, one level at a time, so that a defect stays where it is.

What is strict JSON is taken apart by msgspec. Where that fails, a scanner looks only for where each
value ends: it minds strings and brackets, does not recurse, and takes NaN, numbers of any size and
any depth of nesting as they come.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import msgspec

_MAX_TOKENS = 1_000_000  # strings and runs of brackets, some seconds of scanning
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_TOKEN = re.compile(rb'(?P<text>"[^"\\]*+(?:\\.[^"\\]*+)*+")|[\[{]+|[\]}]+|"', re.DOTALL)
_SCALAR = re.compile(rb'[^\s,:"\[\]{}]+')
_BETWEEN = re.compile(rb"[\s,:]*")
_ESCAPE = re.compile(r'\\(["\\/bfnrt]|u[0-9a-fA-F]{4})?')
_PADDING = b"\0 \t\r\n\x1a"


@dataclass
class Damage:
    """What was found wrong on the way, in the words of a note; empty where nothing was."""

    loose: bool = False  # not JSON as the standard has it
    is_cut: bool = False  # it ends before its end
    has_more: bool = False  # something stands behind its end


class _Cut(Exception):
    """The data ends within a value."""


class TooMuch(ValueError):
    """More strings and brackets than anybody's work has."""


def members(data: bytes, damage: Damage) -> dict[str, bytes]:
    """The members of the object that `data` begins with, each as JSON; none where it is no object."""
    data = data.strip(_PADDING)
    if not data.startswith(b"{"):
        return {}
    try:
        strict = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        return {name: bytes(raw) for name, raw in strict.items()}
    except (msgspec.DecodeError, RecursionError):
        damage.loose = True
    found: dict[str, bytes] = {}
    name: str | None = None
    for value, is_whole in _values(data, damage):
        if name is None:
            name = text(value) if value.startswith(b'"') else None
        else:
            if is_whole or value.startswith(b"["):  # what there is of a list can be used
                found[name] = value
            name = None
    return found


def elements(data: bytes, damage: Damage) -> list[bytes]:
    """The elements of the array that `data` begins with, each as JSON; none where it is no array."""
    data = data.strip(_PADDING)
    if not data.startswith(b"["):
        return []
    try:
        return [bytes(raw) for raw in msgspec.json.decode(data, type=list[msgspec.Raw])]
    except (msgspec.DecodeError, RecursionError):
        damage.loose = True
    return [value for value, is_whole in _values(data, damage) if is_whole]


def text(data: bytes) -> str | None:
    """The string that `data` is; None for anything else. Escapes that JSON does not know stay."""
    try:
        return msgspec.json.decode(data, type=str)
    except (msgspec.DecodeError, RecursionError):
        pass
    written = data.decode("utf-8", "replace")
    try:
        value = json.loads(written, strict=False)
    except RecursionError:
        return None
    except ValueError:
        if not written.startswith('"'):
            return None
        mended = _ESCAPE.sub(lambda found: found[0] if found[1] else r"\\", written)
        try:
            value = json.loads(mended, strict=False)
        except ValueError:
            return None
    return value if isinstance(value, str) else None


def _values(data: bytes, damage: Damage) -> list[tuple[bytes, bool]]:
    """The values within the container that `data` begins with, and whether each is whole."""
    found: list[tuple[bytes, bool]] = []
    at, left = 1, _MAX_TOKENS
    while True:
        between = _BETWEEN.match(data, at)
        at = between.end() if between else at
        if at >= len(data):
            damage.is_cut = True
            return found
        if data[at : at + 1] in (b"]", b"}"):
            damage.has_more = damage.has_more or bool(data[at + 1 :].strip(_PADDING))
            return found
        try:
            end, tokens = _end(data, at, left)
        except _Cut:
            damage.is_cut = True
            found.append((data[at:], False))
            return found
        found.append((data[at:end], True))
        at, left = end, left - tokens


def _end(data: bytes, at: int, left: int) -> tuple[int, int]:
    """Where the value at `at` ends, and how many tokens it has, of `left` at most."""
    first = data[at : at + 1]
    if first == b'"':
        if string := _STRING.match(data, at):
            return string.end(), 1
        raise _Cut
    if first not in (b"[", b"{"):
        scalar = _SCALAR.match(data, at)
        return (scalar.end() if scalar else at + 1), 1
    depth = 0
    for count, token in enumerate(_TOKEN.finditer(data, at), 1):
        if count > left:
            raise TooMuch("more strings and brackets than a notebook has")
        run = token[0]
        if run[:1] in b"[{":
            depth += len(run)
        elif run[:1] in b"]}":
            if depth <= len(run):
                return token.start() + depth, count
            depth -= len(run)
        elif token["text"] is None:
            break  # a string that does not end
    raise _Cut
