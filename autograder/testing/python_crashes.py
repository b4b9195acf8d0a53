"""Help for exceptions of Python itself that frequent mistakes end in, whatever the question."""

from __future__ import annotations

PYTHON_HELP = {
    "python-float": "`/` makes a `float`. Where you count, divide with `//`.",
    "python-index": (
        "An index is a whole number. `for value in values` gives the values; their places are "
        "`range(len(values))`."
    ),
    "python-place": (
        "There is no entry at that place. Places are counted from 0, so the last one is `len(values) - 1`. A "
        "list gets a new entry by `append`."
    ),
    "python-key": (
        "The dict has no such entry. `values.items()` gives its names with their values; `values[name] = ...` "
        "makes a new entry."
    ),
    "python-dict-append": "A dict gets a new entry by its name: `values[name] = value`.",
    "python-append": (
        "`append` changes the list and returns nothing. Write it on a line of its own: `values.append(x)`."
    ),
    "python-list-arithmetic": "`+` joins two lists. A number is put into a list by `values.append(x)`.",
    "python-iterate": (
        "A number is no list. `range(n)` counts up to it, and `values.append(n)` puts it into a list."
    ),
    "python-tuple-arithmetic": (
        "You compute with a whole tuple. Take its numbers out first: `height, width = kernel_size`."
    ),
    "python-unpack": (
        "What you take apart has another number of entries than there are names on the left. The shape of an "
        "image has three: height, width, channels. Two lists are gone through together by `zip(a, b)`, a dict "
        "by `values.items()`."
    ),
    "python-called": "Round brackets call a function. An entry is taken out with square ones: `shape[0]`.",
    "python-times": (
        "A number stands before round brackets, so Python calls it. Write the `*`: `2 * (a + b)`."
    ),
    "python-subscript": "You take an entry out of a single number. Only tuples, lists and arrays have entries.",
    "python-square": "Square brackets take out an entry. A function is called with round ones: `sum(values)`.",
    "python-tuple-changed": "A tuple cannot be changed. Make a new one of the numbers.",
    "python-none": "One of the values is `None`. What a function does not `return` is lost.",
    "python-unbound": (
        "The function uses this variable before it has a value. A sum that grows begins before the loop: "
        "`total = 0`."
    ),
    "python-builtin": (
        "You compute with a function or a class of Python's own, such as `filter`, `input`, `sum` or `int`. Look "
        "at the spelling of your names."
    ),
    "python-name": (
        "Nothing of that name is defined. The function's arguments stand in its first line: look at their "
        "spelling."
    ),
    "python-recursion": (
        "The function calls itself without end. Compute its result from the arguments instead."
    ),
    "python-signature": (
        "The tests call your function with the arguments that its first line had in the notebook that you were "
        "given. Leave that line as it was."
    ),
    "python-import": (
        "The notebook does not import that module. Import it in your cell: `import math`, `import tensorflow as "
        "tf`."
    ),
    "python-module": "That package is not there. Write it with NumPy or Keras, which the notebook has.",
    "python-whole": (
        "A whole number is needed here, not a list, a tuple or a text. `for value in values` goes through the "
        "values themselves, `range(len(values))` through their places."
    ),
    "python-power": "`^` is no power in Python. Write `**`: `0.9**2`.",
    "python-not": (
        "`~` turns an array of `True` and `False` around. A list or a range of places is none: `np.delete` leaves "
        "places out."
    ),
    "python-hash": (
        "Only numbers, texts and tuples can stand in a set, or name an entry of a dict. A dict has a colon in "
        "each entry: `{name: value}`."
    ),
    "python-arguments": (
        "A function that you call gets more or fewer arguments than it takes. To hand over a function itself, "
        "leave its brackets away."
    ),
    "python-assigned": (
        "A single number has no places to write to. In `a = b[i] = 0`, both `a` and `b[i]` become 0: write two "
        "lines."
    ),
    "python-input": (
        "Nobody answers `input()` when your work is tested. Take the numbers from the arguments."
    ),
}
# What Python says -> the key of the help. The first that fits counts.
PYTHON_KEYS = {
    r"'float' object cannot be interpreted as an integer": "python-float",
    r"'(tuple|list|str)' object cannot be interpreted as an integer": "python-whole",
    r"slice indices must be integers": "python-float",
    r"IndexError: only integers, slices .* are valid indices": "python-float",
    r"unsupported operand type\(s\) for [-+*/]+: .*'NoneType'": "python-none",
    r"'NoneType' object is not (subscriptable|iterable)": "python-none",
    r"'NoneType' object has no attribute 'append'": "python-append",
    r"unsupported operand type\(s\) for (?:[-+*/]+|\*\* or pow\(\)): .*'tuple'": "python-tuple-arithmetic",
    r"can only concatenate tuple": "python-tuple-arithmetic",
    r"can't multiply sequence by non-int": "python-tuple-arithmetic",
    r"can only concatenate list": "python-list-arithmetic",
    r"unsupported operand type\(s\) for [-+]=?: .*'list'": "python-list-arithmetic",
    r"unsupported operand type\(s\) for [-+*/]+: .*'(type|function|builtin_\w+)'": "python-builtin",
    r"(too many|not enough) values to unpack": "python-unpack",
    r"'(tuple|list|numpy\.ndarray)' object is not callable": "python-called",
    r"'(int|float)' object is not callable": "python-times",
    r"'(int|float)' object is not subscriptable": "python-subscript",
    r"'(function|method|builtin_\w+)' object is not subscriptable": "python-square",
    r"'(int|numpy\.(int|float)\d+)' object is not iterable": "python-iterate",
    r"'tuple' object does not support item assignment": "python-tuple-changed",
    r"IndexError: (list|tuple)( assignment)? index out of range": "python-place",
    r"list indices must be integers or slices, not (float|str)": "python-index",
    r"KeyError: ": "python-key",
    r"'dict' object has no attribute '(add|append|extend|insert)'": "python-dict-append",
    r"UnboundLocalError: ": "python-unbound",
    r"RecursionError: ": "python-recursion",
    r"^(\w+) raised TypeError: \1\(\) (got an unexpected|missing|takes) ": "python-signature",
    r"name '(functools|itertools|math|plt|random|tensorflow|tf)' is not defined": "python-import",
    r"ModuleNotFoundError: ": "python-module",
    r"unsupported operand type\(s\) for \^=?: ": "python-power",
    r"bad operand type for unary ~: ": "python-not",
    r"unhashable type: ": "python-hash",
    r"raised TypeError: \w+\(\) (missing|takes) ": "python-arguments",
    r"'(int|float)' object does not support item assignment": "python-assigned",
    r"EOFError: EOF when reading a line": "python-input",
}
UNKNOWN_NAME = {
    r"NameError: name '\w+' is not defined": "python-name"
}  # after all names that are known
