"""Arrays of numbers as npy: written, and checked before they are read."""

from __future__ import annotations

import io
import math

import numpy as np

from autograder.sandbox.protocol.errors import ValueRefused

DTYPES = frozenset("?bhilqBHILQefd")  # characters of the dtypes that cross
_HEADER = 4096  # characters
# Product of the other axes of an array with an axis of 0: it has no data, but as a list it has all its rows.
_MAX_EMPTY = 1_000_000


def npy(array: np.ndarray) -> bytes:
    """The array, its items in C order, as a file that read_array reads."""
    buffer = io.BytesIO()
    in_order = np.ascontiguousarray(array).reshape(array.shape)
    np.lib.format.write_array(buffer, in_order, allow_pickle=False)
    return buffer.getvalue()


def read_array(blob: bytes) -> np.ndarray:
    """The array in `blob` (npy), as a new copy. The header is checked before use."""
    stream = io.BytesIO(blob)
    try:
        version = np.lib.format.read_magic(stream)
        if version != (1, 0):
            raise ValueRefused(f"npy version {version}")
        shape, fortran, dtype = np.lib.format.read_array_header_1_0(stream, max_header_size=_HEADER)
    except ValueRefused:
        raise
    except Exception as error:  # NumPy's parser is not hardened against attackers
        raise ValueRefused(f"not an npy array: {type(error).__name__}") from None
    if dtype.char not in DTYPES or len(shape) > 16:
        raise ValueRefused("an array of a type or shape that does not cross")
    if not all(type(side) is int and side >= 0 for side in shape) or (
        0 in shape and math.prod(side or 1 for side in shape) > _MAX_EMPTY
    ):
        raise ValueRefused("an array with a shape that is none")
    if math.prod(shape) * dtype.itemsize != len(blob) - stream.tell():
        raise ValueRefused("an array whose size is not the size of its data")
    # A copy: a student's function may write into its argument, as in a notebook.
    flat = np.frombuffer(blob, dtype, offset=stream.tell()).copy()
    try:
        return flat.reshape(shape, order="F" if fortran else "C")
    except (ValueError, OverflowError):  # no values, but axes that are too long
        raise ValueRefused("an array with a shape that is none") from None
