"""Help for exceptions of Python, NumPy and Keras that frequent mistakes end in, whatever the question."""

from __future__ import annotations

import re

from autograder.testing.keras_crashes import KERAS_HELP, KERAS_KEYS
from autograder.testing.python_crashes import PYTHON_HELP, PYTHON_KEYS, UNKNOWN_NAME

_NUMPY_HELP = {
    "numpy-shape": "The shape of a new array is one tuple: `np.zeros((height, width))`.",
    "numpy-list": (
        "This is a list, which takes one index. Make an array of the right shape first, `np.zeros((..., ...))`, "
        "and write into it."
    ),
    "numpy-place": (
        "You write a whole array into the place of one number. What is missing is often a sum, or an index."
    ),
    "numpy-truth": (
        "`if`, `and`, `or` and Python's `max()` need a single number, and here they get an array. "
        "Write what works on each number of an array, such as `np.where` or `np.maximum`."
    ),
    "numpy-name": "What NumPy has is written with `np.` in front: `np.log`, `np.float32`.",
    "numpy-method": (
        "A list has no such method, an array has. Write `np.argmin(values)`, or make an array: "
        "`np.array(values)`."
    ),
    "numpy-axes": (
        "The array has fewer axes than you write indices. Give its shape a number for each axis: "
        "`np.zeros((3, 3))`."
    ),
    "numpy-index": "An index goes past the end of the array: on an axis of 5 the places are 0 to 4.",
    "numpy-broadcast": (
        "Two arrays are computed with whose shapes do not fit together. Print the `.shape` of both."
    ),
    "numpy-fit": (
        "What you write has another shape than its place in the array. Print the `.shape` of both."
    ),
    "numpy-reshape": "`reshape` keeps the number of values, and the shape that you ask for has another.",
    "numpy-join": (
        "Only arrays with equally many axes are joined. Give the new one an axis for the channels too: "
        "`np.zeros((rows, columns, channels))`."
    ),
    "numpy-scalar": (
        "A function for a single number, such as `float()` or `math.exp`, gets a whole array. NumPy's work on "
        "each number of it: `np.exp`, `np.log`."
    ),
    "numpy-cast": (
        "`/=` writes fractions into an array of whole numbers, which cannot hold them. Make a new array: "
        "`pixels = pixels / 2`."
    ),
    "numpy-where": (
        "`np.where(condition)` returns a tuple of arrays, one for each axis. `np.flatnonzero(condition)` "
        "returns the places alone."
    ),
    "numpy-choose": "`np.where(condition, a, b)` needs both: what stands where it holds, and what elsewhere.",
    "numpy-compared": (
        "A list is compared as a whole. Make an array of it, `np.array(values)`, and each number is compared."
    ),
    "numpy-append": "An array cannot grow. Make it in its full size first, and write into it.",
}
FREQUENT_HELP = PYTHON_HELP | _NUMPY_HELP | KERAS_HELP
_FUNCTIONS = (
    "arange|argmax|argmin|argsort|array|ceil|exp|float32|float64|floor|int32|int64|log|maximum|mean|newaxis|"
    "ones|prod|sqrt|uint8|zeros"
)
# What NumPy says -> the key of the help. The first that fits counts.
_NUMPY_KEYS = {
    r"Cannot interpret '\d+' as a data type": "numpy-shape",
    r"list indices must be integers or slices, not tuple": "numpy-list",
    r"truth value of an array": "numpy-truth",
    rf"name '({_FUNCTIONS})' is not defined": "numpy-name",
    r"'list' object has no attribute '(arg|astype|max|mean|min|reshape|shape|size|sum)": "numpy-method",
    r"IndexError: too many indices for array": "numpy-axes",
    r"setting an array element with a sequence": "numpy-place",
    r"TypeError: only (length-1|size-1|0-dimensional) arrays can be converted": "numpy-scalar",
    r"Cannot cast ufunc '(true_)?divide'": "numpy-cast",
    r"only integer scalar arrays can be converted to a scalar index": "numpy-where",
    r"either both or neither of x and y should be given": "numpy-choose",
    r"Calling nonzero on 0d arrays": "numpy-compared",
    r"IndexError: index -?\d+ is out of bounds for axis": "numpy-index",
    r"operands could not be broadcast together": "numpy-broadcast",
    r"could not broadcast input array from shape": "numpy-fit",
    r"cannot reshape array of size": "numpy-reshape",
    r"all the input arrays must have same number of dimensions": "numpy-join",
    r"'numpy\.ndarray' object has no attribute 'append'": "numpy-append",
}
_KEYS = KERAS_KEYS | PYTHON_KEYS | _NUMPY_KEYS | UNKNOWN_NAME


def frequent_crash_help(message: str) -> str:
    """The help for an exception of a student's function, by its message; "" for any other exception.

    >>> frequent_crash_help("build raised ValueError: Cannot convert '28' to a shape.")
    'A shape is one tuple, with brackets of its own: `keras.Input((28, 28, 1))`.'
    """
    keys = (key for pattern, key in _KEYS.items() if re.search(pattern, message))
    return FREQUENT_HELP.get(next(keys, ""), "")
