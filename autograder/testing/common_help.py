"""Help for mistakes that are possible in every question."""

from __future__ import annotations

import numbers

import numpy as np

from autograder._util.i18n import N_
from autograder.sandbox.protocol.values import Opaque
from autograder.testing.compare import difference

CHANGED_ARGUMENT = N_(
    "Your function changes what it was given. Its caller may still need that: work on a copy, "
    "such as `image.copy()` or `list(values)`."
)
CHANGED_CONSTANT = N_(
    "Your function changes a constant of the notebook, which other cells use. Work on a copy."
)
CHANGED_RESULT = N_(
    "Your function writes into what it returned before, so an earlier result changes. "
    "Make a new one in each call."
)
SHARED = N_(
    "The result is the argument itself or a part of it, so changing one changes the other. Make a new "
    "array, and write the values into it."
)
WRONG_DTYPE = N_(
    "The values are right, and their dtype is not. Give it to the new array: `dtype=...`."
)
NOTHING_RETURNED = N_(
    "Your function returns nothing. Did you forget `return`? `print()` only shows a value."
)
ITERATOR = N_(
    "The result is an iterator, which still has to make its values. Put it into `list(...)` or "
    "`tuple(...)`."
)
FUNCTION = N_(
    "The result is a function, not what it computes. Call it: write its arguments in brackets."
)
FLOAT_FOR_INT = N_(
    "The value is right, but it is a `float`, and things that are counted are an `int`. Divide "
    "with `//` or convert with `int()`."
)
NUMBER_AS_TEXT = N_(
    "The result is a text, not a number. Leave out the quotes, `str()` and f-strings."
)
LIST_FOR_ARRAY = N_(
    "A list stands where the question asks for an array. `np.array(...)` makes one of a list."
)
ARRAY_FOR_TUPLE = N_(
    "The numbers are right, and stand in an array. The question asks for a tuple or a list: `tuple(...)` makes "
    "one of an array."
)
NUMBER_IN_LIST = N_("The number is right, and stands in a list or an array. Return it alone.")
NO_DICT = N_(
    "The question asks for a dict, which has a value under each name: `{name: value}`, or "
    "`values[name] = ...`."
)
LAST_OF_LOOP = N_(
    "Only the last place has its value. What a loop fills is made above the loop: made inside, it begins anew "
    "in each round."
)
RETURN_IN_LOOP = N_(
    "Only the first place has its value. Either the loop has one round, or `return` is indented like its lines, "
    "so that the function ends in the first round."
)
_ITERATORS = {
    *("generator", "map", "filter", "zip", "enumerate", "reversed", "range"),
    *("accumulate", "chain", "islice", "pairwise", "repeat", "starmap", "takewhile", "zip_longest"),
    *("dict_keys", "dict_values", "dict_items", "list_iterator", "tuple_iterator"),
}
_FUNCTIONS = {"function", "method", "builtin_function_or_method", "type", "partial", "ufunc"}


def common_help(returned: object, expected: object) -> str | None:
    """The help for a wrong answer whose type shows the mistake; None for any other answer.

    >>> common_help(3.0, 3) == FLOAT_FOR_INT
    True
    >>> common_help(([1], 2), (np.array([1]), 2)) == LIST_FOR_ARRAY
    True
    >>> common_help(np.array([[7, 0], [0, 0]]), np.array([[7, 8], [9, 1]])) == RETURN_IN_LOOP
    True
    """
    if isinstance(returned, Opaque):
        if returned.type_name in _ITERATORS:
            return ITERATOR
        if returned.type_name == "set" and isinstance(expected, dict):
            return NO_DICT
        return FUNCTION if returned.type_name in _FUNCTIONS else None
    if _list_for_array(returned, expected):
        return LIST_FOR_ARRAY
    is_first, is_last = (_only_one(returned, expected, place) for place in (0, -1))
    if is_first != is_last:  # of equal values it may be either
        return RETURN_IN_LOOP if is_first else LAST_OF_LOOP
    if isinstance(returned, np.ndarray) and isinstance(expected, tuple):
        return ARRAY_FOR_TUPLE if difference(returned.tolist(), expected) is None else None
    if _floats_for_ints(returned, expected):
        return FLOAT_FOR_INT
    if isinstance(expected, dict) and isinstance(returned, list | tuple | int | float | str):
        return NO_DICT
    if isinstance(expected, bool) or not isinstance(expected, numbers.Number | np.generic):
        return None
    if isinstance(returned, str):
        return NUMBER_AS_TEXT
    number = _number_in(returned)
    if number is not None and difference(number, expected) is None:
        return NUMBER_IN_LIST
    return None


def _floats_for_ints(returned: object, expected: object) -> bool:
    """Whether all numbers are equal, alone or in a list, tuple or dict, and floats stand for ints."""
    if isinstance(expected, dict) and isinstance(returned, dict):
        values = list(returned.values()), list(expected.values())
        return list(returned) == list(expected) and _floats_for_ints(*values)
    if not isinstance(expected, list | tuple) or not isinstance(returned, list | tuple):
        returned, expected = [returned], [expected]
    pairs = list(zip(returned, expected, strict=False))
    if len(returned) != len(expected) or not all(map(_are_numbers, pairs)):
        return False
    are_floats = [isinstance(r, float | np.floating) and not isinstance(e, float) for r, e in pairs]
    return any(are_floats) and all(r == e for r, e in pairs)


def _are_numbers(values: tuple[object, ...]) -> bool:
    numeric = (isinstance(value, numbers.Real | np.number) for value in values)
    return all(numeric) and not any(isinstance(value, bool) for value in values)


def _list_for_array(returned: object, expected: object) -> bool:
    """Whether a list stands in the place of an array, also one of several results."""
    if not isinstance(returned, list | tuple):
        return False
    if isinstance(expected, list | tuple):
        return any(map(_list_for_array, returned, expected))
    return isinstance(expected, np.ndarray)


def _number_in(returned: object) -> object:
    """The number of a list, tuple or array with one number in it; None for anything else."""
    if isinstance(returned, list | tuple) and len(returned) == 1:
        return returned[0] if isinstance(returned[0], numbers.Number) else None
    if isinstance(returned, np.ndarray) and returned.size == 1 and returned.ndim:
        return returned.flat[0]
    return None


def _only_one(returned: object, expected: object, place: int) -> bool:
    """Whether of several values only the one at `place` is there: 0 for the first, -1 for the last."""
    if isinstance(returned, dict) and isinstance(expected, dict):
        return _only_one(list(returned.items()), list(expected.items()), place)
    if isinstance(returned, list) and isinstance(expected, list):
        several = len(expected) > len(returned) == 1
        return several and difference(returned[0], expected[place]) is None
    if not (isinstance(returned, np.ndarray) and isinstance(expected, np.ndarray)):
        return False
    if returned.shape != expected.shape or returned.dtype.kind not in "iuf" or expected.size < 2:
        return False
    others = np.ones(expected.shape[:2], bool)
    others[(place,) * others.ndim] = False
    return (
        difference(returned[~others], expected[~others]) is None
        and bool(returned[~others].any())
        and bool(expected[others].any())
        and not returned[others].any()
    )
