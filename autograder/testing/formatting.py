"""Write values and calls as Python source, short enough for a message."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any
from unicodedata import east_asian_width

import numpy as np

from autograder._util.i18n import N_ as N_  # graders mark their texts with it
from autograder._util.i18n import gettext as _
from autograder._util.i18n import gettext as gettext  # and translate those that they complete
from autograder._util.i18n import ngettext as ngettext  # in the form that fits a number
from autograder.sandbox.protocol.values import Handle

_LONGEST = 400
_WIDEST = 100  # characters of a line
_MOST_ENTRIES, _LONGEST_SEQUENCE = 8, 2_000  # of what has arrays in it; entries, characters
_BRACKETS = {"tuple": ("(", ")"), "list": ("[", "]"), "dict": ("{", "}")}


def show(value: object) -> str:
    """Write a value as Python source for a message.

    Args:
        value: plain data, an array, a model or a handle.

    Returns:
        At most about 400 characters; an array of more than 64 values by its shape and type alone.

    Example:
        >>> show((1, "two"))
        "(1, 'two')"

    """
    if isinstance(value, Handle):
        return call_text(value.name, value.args, {})
    if isinstance(value, np.ndarray):
        return _show_array(value)
    if type(value) in (tuple, list, dict) and (text := _show_entries(value)):
        return text
    value = _plain(value)
    if isinstance(value, float):
        return f"{value:.6g}" if value != int_or_none(value) else repr(value)
    return _cut(repr(value))


def _plain(value: Any) -> Any:
    """A number of NumPy as Python's, also inside tuples, lists and dicts."""
    if isinstance(value, np.generic):
        return value.item()
    if type(value) in (tuple, list):
        return type(value)(map(_plain, value))
    return {_plain(k): _plain(v) for k, v in value.items()} if type(value) is dict else value


def int_or_none(value: float) -> int | None:
    """The integer equal to `value`, if there is one."""
    return int(value) if np.isfinite(value) and value == int(value) else None


def call_text(name: str, args: tuple[object, ...], kwargs: Mapping[str, object]) -> str:
    """A call as Python source, `name(1, 2, padding='same')`; a long one has a line an argument."""
    arguments = [show(arg) for arg in args] + [f"{key}={show(arg)}" for key, arg in kwargs.items()]
    one_line = f"{name}({', '.join(arguments)})"
    if "\n" not in one_line and len(one_line) <= _WIDEST:
        return one_line
    inner = ",\n".join(arguments)
    return f"{name}(\n" + "\n".join("    " + line for line in inner.splitlines()) + "\n)"


def labelled(label: str, value: str) -> str:
    """`label` with `value` in place of {value}, whose further lines begin below its first."""
    before, _value, after = label.partition("{value}")
    return before + value.replace("\n", "\n" + " " * columns(before)) + after


def columns(text: str) -> int:
    """How many columns `text` takes in a font whose Latin letters are equally wide."""
    return len(text) + sum(east_asian_width(character) in "WF" for character in text)


def _show_array(array: np.ndarray) -> str:
    if array.size > 64:
        text = _("array of shape {shape} and type {dtype}")
        return text.format(shape=array.shape, dtype=array.dtype)
    text = np.array2string(array, separator=", ", precision=5, suppress_small=True)
    lines = _line_a_row(text, array.ndim)
    return f"array({lines[0]}" + "".join("\n      " + line for line in lines[1:]) + ")"


def _holds_array(value: object) -> bool:
    return isinstance(value, np.ndarray) or (
        isinstance(value, tuple | list | dict) and any(map(_holds_array, _entries(value)))
    )


def _entries(value: Any) -> Collection[Any]:
    return value.values() if isinstance(value, dict) else value


def _show_entries(value: Any) -> str:
    """A short tuple, list or dict with arrays in it, a line for each entry; "" for any other."""
    if len(value) > _MOST_ENTRIES or not _holds_array(value):
        return ""
    first, last = _BRACKETS[type(value).__name__]
    texts = [show(entry) for entry in _entries(value)]
    if isinstance(value, dict):
        keys = [f"{show(key)}: " for key in value]
        texts = [
            key + text.replace("\n", "\n" + " " * len(key))
            for key, text in zip(keys, texts, strict=True)
        ]
    entries = ",\n".join(texts).replace("\n", "\n ")
    comma = "," if isinstance(value, tuple) and len(value) == 1 else ""
    text = f"{first}{entries}{comma}{last}"
    return text if len(text) <= _LONGEST_SEQUENCE else ""


def _line_a_row(text: str, dimensions: int) -> list[str]:
    """NumPy's text of an array, with a line for each row of an image (height, width, channels).

    NumPy begins a line for each pixel, so that rows and columns of the image are lost on a reader.
    """
    if dimensions > 2:
        rows = [re.sub(r"\n+ *", " ", row) for row in text.split("\n" * (dimensions - 1))]
        if all(len(row) <= _WIDEST for row in rows):
            return rows
    return text.splitlines()


def _cut(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST] + _("... ({count:,} characters)").format(count=len(text))
