"""Parses damaged JSON one level at a time, so that a defect affects only the value that contains it.

msgspec parses strict JSON. If it fails, a scanner only looks for the end of each value. The scanner
follows strings and brackets and does not recurse. It accepts NaN, numbers of any size and any depth
of nesting.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import msgspec

_MAX_TOKENS = 1_000_000  # elements, and runs of brackets or of texts in them: seconds of scanning
_MAX_SCANNED = 3 * _MAX_TOKENS  # of a notebook, whose levels are scanned one after the other
_TOO_MUCH = "more values and brackets than a notebook has"
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
# A run of strings and numbers is one token: the printed lines of an output may be a million.
_TOKEN = re.compile(
    rb'(?P<texts>(?:"[^"\\]*+(?:\\.[^"\\]*+)*+"[^"\[\]{}]*+)++)|[\[{]+|[\]}]+|"', re.DOTALL
)
_SCALAR = re.compile(rb'[^\s,:"\[\]{}]+')
_SEPARATORS = re.compile(rb"[\s,:]*")
_ESCAPE = re.compile(r'\\(["\\/bfnrt]|u[0-9a-fA-F]{4})?')
_PADDING = b"\0 \t\r\n\x1a"


@dataclass
class Damage:
    """The defects found while parsing; all False if there were none."""

    loose: bool = False  # not strict JSON
    is_cut: bool = False  # ends within a value
    has_more: bool = False  # has further data after its end
    scanned: int = 0  # tokens so far; no defect


class _Cut(Exception):
    """The data ends within a value."""


class TooMuch(ValueError):
    """More elements and brackets than any real notebook has."""


def members(data: bytes, damage: Damage) -> dict[str, bytes]:
    """The members of the object at the start of `data`, each as JSON; empty if it is no object."""
    data = data.strip(_PADDING)
    if not data.startswith(b"{"):
        return {}
    if _is_decoded(data):
        try:
            strict = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
            return {name: bytes(raw) for name, raw in strict.items()}
        except (msgspec.DecodeError, RecursionError):
            damage.loose = True
    by_name: dict[str, bytes] = {}
    name: str | None = None
    last = ""
    for value, is_whole in _values(data, damage):
        if name is not None:
            if is_whole or value.startswith(b"["):  # the start of a cut list is usable
                by_name[name] = value
            last = name
            name = None
        elif value.startswith(b'"'):
            name = text(value)
        elif by_name.get(last, b"").startswith(b'"'):
            del by_name[last]  # a bare quotation mark has ended this text too early
    return by_name


def elements(data: bytes, damage: Damage) -> list[bytes]:
    """The elements of the array at the start of `data`, each as JSON; empty if it is no array."""
    data = data.strip(_PADDING)
    if not data.startswith(b"["):
        return []
    if _is_decoded(data):
        try:
            return [bytes(raw) for raw in msgspec.json.decode(data, type=list[msgspec.Raw])]
        except (msgspec.DecodeError, RecursionError):
            damage.loose = True
    return [value for value, is_whole in _values(data, damage) if is_whole]


def text(data: bytes) -> str | None:
    """`data` as a JSON string, or None if it is none. Invalid escapes stay as they are written."""
    try:
        return msgspec.json.decode(data, type=str)
    except (msgspec.DecodeError, RecursionError):
        pass
    decoded = data.decode("utf-8", "replace")
    try:
        value = json.loads(decoded, strict=False)
    except RecursionError:
        return None
    except ValueError:
        if not decoded.startswith('"'):
            return None
        repaired = _ESCAPE.sub(lambda escape: escape[0] if escape[1] else r"\\", decoded)
        try:
            value = json.loads(repaired, strict=False)
        except ValueError:
            return None
    return value if isinstance(value, str) else None


def _is_decoded(data: bytes) -> bool:
    """Whether a container is decoded at once; one of too many values would take fifty times its memory."""
    return data.count(b",") <= _MAX_TOKENS


def _values(data: bytes, damage: Damage) -> list[tuple[bytes, bool]]:
    """The values in the container at the start of `data`, each with whether it is complete."""
    values: list[tuple[bytes, bool]] = []
    position, tokens_left = 1, min(_MAX_TOKENS, _MAX_SCANNED - damage.scanned)
    while True:
        if tokens_left <= 0:
            raise TooMuch(_TOO_MUCH)
        separators = _SEPARATORS.match(data, position)
        position = separators.end() if separators else position
        if position >= len(data):
            damage.is_cut = True
            return values
        if data[position : position + 1] in (b"]", b"}"):
            damage.has_more = damage.has_more or bool(data[position + 1 :].strip(_PADDING))
            return values
        try:
            end, tokens = _value_end(data, position, tokens_left)
        except _Cut:
            damage.is_cut = True
            values.append((data[position:], False))
            return values
        values.append((data[position:end], True))
        position, tokens_left = end, tokens_left - tokens
        damage.scanned += tokens


def _value_end(data: bytes, position: int, tokens_left: int) -> tuple[int, int]:
    """Where the value at `position` ends, and its number of tokens, at most `tokens_left`."""
    first = data[position : position + 1]
    if first == b'"':
        if string := _STRING.match(data, position):
            return string.end(), 1
        raise _Cut
    if first not in (b"[", b"{"):
        scalar = _SCALAR.match(data, position)
        return (scalar.end() if scalar else position + 1), 1
    depth = 0
    for count, token in enumerate(_TOKEN.finditer(data, position), 1):
        if count > tokens_left:
            raise TooMuch(_TOO_MUCH)
        brackets = token[0]
        if brackets[:1] in b"[{":
            depth += len(brackets)
        elif brackets[:1] in b"]}":
            if depth <= len(brackets):
                return token.start() + depth, count
            depth -= len(brackets)
        elif token["texts"] is None:
            break  # an unterminated string
    raise _Cut
