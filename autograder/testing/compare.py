"""Compare a returned value with the expected one, and describe the first difference."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from autograder._util.i18n import gettext as _
from autograder._util.i18n import ngettext
from autograder.sandbox.protocol.values import Opaque
from autograder.testing.formatting import show

_WHOLE = "biu"  # kinds of dtypes whose numbers are exact


def difference(
    returned: object, expected: object, *, rtol: float = 1e-5, atol: float = 1e-6
) -> str | None:
    """Describe in one line how `returned` differs from `expected`, or return None if it is equal.

    The line is empty if the two values, which the message shows anyway, say it all. A
    zero-dimensional array equals the number in it. Whole numbers must be equal. Floating point
    numbers may differ by `rtol` of the expected value plus `atol` of the largest expected value in
    the array (of 1 if all are 0): so tiny values are compared as strictly as large ones. NaN equals
    NaN: a known mistake may make it.
    """
    if isinstance(returned, np.ndarray) and not isinstance(expected, np.ndarray):
        returned = returned[()]  # a scalar if it is zero-dimensional, else the array
    # Unlike NumPy's numbers, its bool is no subclass of anything of Python's.
    returned = bool(returned) if isinstance(returned, np.bool_) else returned
    expected = bool(expected) if isinstance(expected, np.bool_) else expected
    if isinstance(expected, np.ndarray):
        return _array_difference(returned, expected, rtol, atol)
    if isinstance(expected, tuple | list):
        return _sequence_difference(returned, expected, rtol, atol)
    if isinstance(expected, dict):
        if not isinstance(returned, dict) or returned.keys() != expected.keys():
            return _type_line(returned, expected)
        pairs = [(returned[key], expected[key]) for key in expected]
        return _first_difference(pairs, rtol, atol)
    if isinstance(expected, bool) or expected is None or isinstance(expected, str):
        same = type(returned) is type(expected) and returned == expected
        return None if same else _type_line(returned, expected)
    if isinstance(expected, int | np.integer):
        if isinstance(returned, int | np.integer) and not isinstance(returned, bool):
            return None if int(returned) == int(expected) else ""
        return _type_line(returned, expected)
    if isinstance(expected, float | np.floating):
        if isinstance(returned, int | float | np.integer | np.floating) and not isinstance(
            returned, bool
        ):
            return None if _close(returned, expected, rtol, atol) else ""
        return _type_line(returned, expected)
    return None if returned == expected else _type_line(returned, expected)


def _close(
    returned: float | np.integer | np.floating,
    expected: float | np.floating,
    rtol: float,
    atol: float,
) -> bool:
    try:
        expected = float(expected)
        scale = abs(expected) if math.isfinite(expected) else 0.0
        return bool(
            np.isclose(float(returned), expected, rtol, atol * (scale or 1.0), equal_nan=True)
        )
    except OverflowError:  # an integer too large for a float
        return False


def _array_difference(
    returned: object, expected: np.ndarray, rtol: float, atol: float
) -> str | None:
    if not isinstance(returned, np.ndarray):
        if isinstance(returned, Opaque) and returned.type_name == "ndarray":
            return _holds(_("values of another kind"), expected)
        return _type_line(returned, expected)
    if returned.shape != expected.shape:
        shapes = {"shape": returned.shape, "expected": expected.shape}
        return _("the shape is {shape}; expected shape {expected}").format(**shapes)
    if returned.dtype.kind not in "biuf" and returned.dtype.kind != expected.dtype.kind:
        return _holds(returned.dtype, expected)
    wrong = unequal(returned, expected, rtol=rtol, atol=atol)
    if not wrong.any():
        return None
    first = tuple(int(i) for i in np.argwhere(wrong)[0])
    count = int(wrong.sum())
    return ngettext(
        "{wrong} of {all} values differs, at index {index}: {value} instead of {expected}",
        "{wrong} of {all} values differ; the first at index {index}: {value} instead of {expected}",
        count,
    ).format(
        wrong=count,
        all=wrong.size,
        index=first,
        value=show(returned[first]),
        expected=show(expected[first]),
    )


def _holds(held: object, expected: np.ndarray) -> str:
    types = {"type": held, "expected": expected.dtype}
    return _("the array holds {type}; expected numbers such as {expected}").format(**types)


def unequal(
    returned: np.ndarray, expected: np.ndarray, *, rtol: float = 1e-5, atol: float = 1e-6
) -> np.ndarray:
    """Where two arrays of numbers, of the same shape, differ by more than `difference` allows."""
    if returned.dtype.kind in _WHOLE and expected.dtype.kind in _WHOLE:
        return np.asarray(returned != expected)
    floats = expected.astype(float)
    scale = np.abs(floats[np.isfinite(floats)]).max(initial=0.0)
    close = np.isclose(returned.astype(float), floats, rtol, atol * (scale or 1.0), equal_nan=True)
    return np.asarray(~close)


def _sequence_difference(
    returned: object, expected: tuple[object, ...] | list[object], rtol: float, atol: float
) -> str | None:
    if not isinstance(returned, tuple | list):
        return _type_line(returned, expected)
    if len(returned) != len(expected):
        lengths = {"length": len(returned), "expected": len(expected)}
        return _("it has length {length}; expected length {expected}").format(**lengths)
    return _first_difference(zip(returned, expected, strict=True), rtol, atol)


def _first_difference(
    pairs: Iterable[tuple[object, object]], rtol: float, atol: float
) -> str | None:
    """The difference of the first unequal pair (returned, expected); None if there is none."""
    for returned, expected in pairs:
        line = difference(returned, expected, rtol=rtol, atol=atol)
        if line is not None:
            return line
    return None


def _type_line(returned: object, expected: object) -> str:
    returned_type, expected_type = type(returned).__name__, type(expected).__name__
    if isinstance(returned, Opaque):
        returned_type = returned.type_name
    if returned_type == expected_type:
        return ""
    text = _("the type is {type}; expected {expected}")
    return text.format(type=returned_type, expected=expected_type)
