"""Encode and decode Python values as checked plain data between a sandbox and the grading process.

These cross: None, bool, int, float, str, list, tuple, dict, NumPy scalars and arrays of numbers,
and the data of a Keras model or history. NumPy strings cross as str, and the dicts of
`collections` as dict. Of everything else the type's name and a short repr cross, so that a message
can say what was returned. Pickles never cross: unpickling runs code.
"""

from __future__ import annotations

import math
import re
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from autograder.sandbox.protocol.errors import ValueRefused
from autograder.sandbox.protocol.npy import DTYPES, npy, read_array

MAX_DEPTH = 32
MAX_ITEMS = 200_000
# Of a value's dicts together. Hashes of numbers and tuples are known: keys can be chosen that all collide,
# and then the time to build the dict is quadratic. Hashes of texts are random.
MAX_NUMBER_KEYS = 5_000
MAX_TEXT = 1_000_000
MAX_INT_DIGITS = 1_000
MAX_BYTES = 256 * 2**20  # of all arrays of a value; one that it names twice counts twice
_DICTS = (dict, defaultdict, OrderedDict, Counter)
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


@dataclass(frozen=True)
class Opaque:
    """Describes a value that does not cross. Not a tuple, which a grader might compare."""

    type_name: str
    text: str

    def __repr__(self) -> str:
        return self.text or f"an object of type {self.type_name}"


class Handle(NamedTuple):
    """An argument that is computed in the student's process, by calling `name` there."""

    name: str
    args: tuple[object, ...] = ()


def encode(value: object, blobs: list[bytes], extra: Callable[[object], Any] | None = None) -> Any:
    """JSON-able data for `value`; arrays are appended to `blobs` as npy.

    `extra` may turn an object of another type (a Keras model) into a JSON-able tagged dict or an
    array, or return None. A subclass of int or ndarray can lie about its value, so it crosses as
    opaque. A subclass of tuple, such as a named tuple, crosses as its items.
    """
    return _Encoder(blobs, extra).encode(value, 0)


class _Encoder:
    def __init__(self, blobs: list[bytes], extra: Callable[[object], Any] | None) -> None:
        self._blobs = blobs
        self._extra = extra
        self._items = 0

    def encode(self, value: Any, depth: int) -> Any:
        """The data of a value. Its type is compared, since isinstance() believes a student's class."""
        self._items += 1
        if depth > MAX_DEPTH or self._items > MAX_ITEMS:
            raise ValueRefused("the value is nested too deeply or has too many items")
        if type(value) is np.str_:
            value = str(value)
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is str:
            return value if len(value) <= MAX_TEXT else {"$opaque": ["str", value[:200]]}
        if kind is int:
            return _encode_int(value)
        if kind is float:
            return value if math.isfinite(value) else {"$float": str(value)}
        if kind is list:
            return [self.encode(item, depth + 1) for item in value]
        if issubclass(kind, tuple) and kind is not Handle:
            # Named tuples too. Read by tuple's own method: a student's subclass may override __iter__.
            return {"$tuple": [self.encode(item, depth + 1) for item in tuple.__iter__(value)]}
        if any(kind is dict_type for dict_type in _DICTS):  # `in` would call a metaclass's __eq__
            pairs = value.items()
            return {
                "$dict": [[self.encode(k, depth + 1), self.encode(v, depth + 1)] for k, v in pairs]
            }
        if kind is Handle:
            return {"$handle": [value.name, [self.encode(a, depth + 1) for a in value.args]]}
        if kind is np.longdouble or (kind is np.ndarray and value.dtype.char == "g"):
            value = np.asarray(value, np.float64)[()]  # its bytes differ from machine to machine
            kind = type(value)
        if isinstance(value, np.generic) and value.dtype.char in DTYPES:
            return {"$scalar": self._add(np.asarray(value))}
        if kind is np.ndarray and value.dtype.char in DTYPES:
            return {"$array": self._add(value)}
        special = self._extra(value) if self._extra else None
        if isinstance(special, np.ndarray):
            return {"$array": self._add(special)}
        return special if special is not None else {"$opaque": [kind.__name__[:100], _text(value)]}

    def _add(self, array: np.ndarray) -> int:
        self._blobs.append(npy(array))
        return len(self._blobs) - 1


def decode(
    data: object, blobs: list[bytes], special: Callable[[str, Any], object] | None = None
) -> Any:
    """The value that `data` and `blobs` encode. Raises ValueRefused for anything else.

    `special` decodes further tags (`$model`, `$history`), and raises ValueRefused for others.
    """
    return _Decoder(blobs, special).decode(data, 0)


class _Decoder:
    def __init__(self, blobs: list[bytes], special: Callable[[str, Any], object] | None) -> None:
        self._blobs = blobs
        self._special = special
        self._items = 0
        self._number_keys = 0
        self._bytes = 0

    def decode(self, data: object, depth: int) -> object:
        self._items += 1
        if depth > MAX_DEPTH or self._items > MAX_ITEMS:
            raise ValueRefused("the value is nested too deeply or has too many items")
        if data is None or isinstance(data, bool | float):
            return data
        if isinstance(data, str):
            return _checked_text(data)
        if isinstance(data, int):
            return _checked_int(data)
        if isinstance(data, list):
            return [self.decode(item, depth + 1) for item in data]
        if isinstance(data, dict) and len(data) == 1:
            ((tag, body),) = data.items()
            return self._tagged(tag, body, depth)
        raise ValueRefused("data of an unknown form")

    def _tagged(self, tag: str, body: Any, depth: int) -> object:
        match tag, body:
            case "$tuple", list():
                return tuple(self.decode(item, depth + 1) for item in body)
            case "$dict", list():
                return dict(self._pair(pair, depth) for pair in body)
            case "$float", "nan" | "inf" | "-inf":
                return float(body)
            case "$int", str() if 0 < len(body) <= MAX_INT_DIGITS:
                return _hex_int(body)
            case "$array", int():
                return self._array(body)
            case "$scalar", int():
                array = self._array(body)
                if array.shape != ():
                    raise ValueRefused("a scalar with a shape")
                return array[()]
            case "$opaque", [str() as type_name, str() as text]:
                # The address of an object says nothing and differs from run to run.
                description = _ADDRESS.sub("", _checked_text(text)[:1000])
                return Opaque(_checked_text(type_name)[:100], description)
            case "$handle", [str() as name, list() as args]:
                return Handle(name, tuple(self.decode(arg, depth + 1) for arg in args))
            case _ if self._special is not None:
                return self._special(tag, body)
        raise ValueRefused(f"data with the unknown tag {tag[:40]!r}")

    def _pair(self, pair: object, depth: int) -> tuple[Any, object]:
        if not isinstance(pair, list) or len(pair) != 2:
            raise ValueRefused("a dict entry that is not a pair")
        key = self.decode(pair[0], depth + 1)
        self._number_keys += not isinstance(key, str)
        if self._number_keys > MAX_NUMBER_KEYS:
            raise ValueRefused(f"dicts with more than {MAX_NUMBER_KEYS:,} keys that are no texts")
        try:
            hash(key)
        except TypeError:
            raise ValueRefused("a dict key of an unhashable type") from None
        return key, self.decode(pair[1], depth + 1)

    def _array(self, index: int) -> np.ndarray:
        if not 0 <= index < len(self._blobs):
            raise ValueRefused("an array that is not there")
        # Counted at each mention: a blob that is named many times becomes many arrays.
        self._bytes += len(self._blobs[index])
        if self._bytes > MAX_BYTES:
            raise ValueRefused(f"arrays of more than {MAX_BYTES:,} bytes together")
        return read_array(self._blobs[index])


def _encode_int(value: int) -> Any:
    if abs(value) < 2**53:
        return value
    text = hex(value)
    return {"$int": text} if len(text) <= MAX_INT_DIGITS else {"$opaque": ["int", "a huge integer"]}


def _hex_int(text: str) -> int:
    try:
        return int(text, 16)
    except ValueError:
        raise ValueRefused("an integer that is none") from None


def _checked_int(value: int) -> int:
    if abs(value) >= 2**53:
        raise ValueRefused("a plain integer past 2**53")
    return value


def _checked_text(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise ValueRefused(f"a text of {len(text):,} characters")
    return whole_text(text)


def whole_text(text: str) -> str:
    """`text` with a question mark for each lone surrogate, which cannot be written as UTF-8."""
    return text.encode("utf-8", "replace").decode()


def _text(value: object) -> str:
    try:
        return _repr_in_order(value)[:1000]
    except Exception:  # a student's __repr__ may do anything
        return ""


def _repr_in_order(value: object) -> str:
    """The repr of a value; the items of a set in the order of their texts, the same in any process."""
    if type(value) not in (set, frozenset) or not value:
        return str(repr(value))
    assert isinstance(value, set | frozenset)
    items = "{" + ", ".join(sorted(str(repr(item)) for item in value)) + "}"
    return f"frozenset({items})" if isinstance(value, frozenset) else items
