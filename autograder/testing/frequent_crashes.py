"""Help for exceptions of Python, NumPy and Keras that frequent mistakes end in, whatever the question."""

from __future__ import annotations

import re

FREQUENT_HELP = {
    "python-float": "`/` makes a `float`. Where you count, divide with `//`.",
    "python-index": (
        "An index is a whole number. `for value in values` gives the values; their places are "
        "`range(len(values))`."
    ),
    "python-tuple-arithmetic": (
        "You compute with a whole tuple. Take its numbers out first: `height, width = kernel_size`."
    ),
    "python-unpack": (
        "What you take apart has another number of entries than there are names on the left. The shape of an "
        "image has three: height, width, channels. Two lists are gone through together by `zip(a, b)`."
    ),
    "python-called": "Round brackets call a function. An entry is taken out with square ones: `shape[0]`.",
    "python-tuple-changed": "A tuple cannot be changed. Make a new one of the numbers.",
    "python-none": "One of the values is `None`. What a function does not `return` is lost.",
    "python-import": "The notebook does not import that module. Write `import math` into your cell.",
    "python-input": (
        "Nobody answers `input()` when your work is tested. Take the numbers from the arguments."
    ),
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
    "numpy-name": "NumPy's functions are written with `np.` in front: `np.log`, `np.zeros`.",
    "numpy-method": (
        "A list has no such method, an array has. Write `np.argmin(values)`, or make an array: "
        "`np.array(values)`."
    ),
    "numpy-axes": (
        "The array has fewer axes than you write indices. Give its shape a number for each axis: "
        "`np.zeros((3, 3))`."
    ),
    "numpy-append": "An array cannot grow. Make it in its full size first, and write into it.",
    "keras-shape": "A shape is one tuple, with brackets of its own: `keras.Input((28, 28, 1))`.",
    "keras-shape-alone": "A shape alone is no layer. Put it into `keras.Input(...)`.",
    "keras-no-list": "`Sequential` takes its layers in one list: `keras.Sequential([..., ...])`.",
    "keras-layer-class": "That is the class of a layer. Call it to make one: `keras.layers.Flatten()`.",
    "keras-model-class": "That is the class of models. Call it to make one: `keras.Sequential()`.",
    "keras-function": "That is a function, not the model that it returns. Call it: `build_model()`.",
    "keras-layer-list": "A list of layers is no model. Make one of it: `keras.Sequential([..., ...])`.",
    "keras-none": (
        "What should be a model is `None`. `add()` and `compile()` change a model and return nothing: write "
        "each on a line of its own. And the function that makes the model must return it."
    ),
    "keras-module": (
        "Write where it stands: `keras.layers.Conv2D`, and so with each layer, but `keras.Input` and "
        "`keras.Sequential`."
    ),
    "keras-name": (
        "Keras has nothing of that name there. Look at capital and small letters: `Conv2D`, `MaxPooling2D`."
    ),
    "keras-strides": (
        "The third argument of a convolution is its strides. Name the argument: `activation=...`."
    ),
    "keras-activation": (
        "Keras knows no activation of that name. They have small letters: `relu`, `softmax`."
    ),
    "keras-too-small": (
        "The window is larger than the feature map that it reads. The shape of the input is (height, "
        "width, channels), and each convolution and each pooling layer makes it smaller."
    ),
    "keras-optimizer-class": (
        "That is the class of an optimizer. Call it, `keras.optimizers.SGD()`, or write its name: `sgd`."
    ),
    "keras-optimizer": (
        "Keras knows no optimizer of that name. The first argument of `compile` is one, such as `sgd` or "
        "`adam`."
    ),
    "keras-loss-weights": (
        "The third argument of `compile` weighs losses. Name the argument: `metrics=[...]`."
    ),
    "keras-metrics": "Several metrics are possible, so they stand in a list: `metrics=[...]`.",
    "keras-not-compiled": "The model has not been compiled. `compile()` comes before `fit()`.",
    "keras-labels": "`fit` needs the labels too: `model.fit(images, labels, ...)`.",
    "keras-fit": "The method of a model that trains it is `fit`.",
}
_MODULES = "BatchNormalization|Conv2D|Dense|Dropout|Flatten|Input|MaxPooling2D|Sequential"
_FUNCTIONS = (
    "arange|argmax|argmin|argsort|array|ceil|exp|floor|log|maximum|mean|ones|prod|sqrt|zeros"
)
# What Python, NumPy or Keras 3 says -> the key of the help. The first that fits counts.
_KEYS = {
    r"'float' object cannot be interpreted as an integer": "python-float",
    r"slice indices must be integers": "python-float",
    r"IndexError: only integers, slices .* are valid indices": "python-float",
    r"unsupported operand type\(s\) for [-+*/]+: .*'NoneType'": "python-none",
    r"'NoneType' object is not (subscriptable|iterable)": "python-none",
    r"unsupported operand type\(s\) for [-+*/]+: .*'tuple'": "python-tuple-arithmetic",
    r"can only concatenate tuple": "python-tuple-arithmetic",
    r"can't multiply sequence by non-int": "python-tuple-arithmetic",
    r"(too many|not enough) values to unpack": "python-unpack",
    r"'(tuple|list|numpy\.ndarray)' object is not callable": "python-called",
    r"'tuple' object does not support item assignment": "python-tuple-changed",
    r"name 'math' is not defined": "python-import",
    r"EOFError: EOF when reading a line": "python-input",
    r"Cannot interpret '\d+' as a data type": "numpy-shape",
    r"list indices must be integers or slices, not tuple": "numpy-list",
    r"truth value of an array": "numpy-truth",
    rf"name '({_FUNCTIONS})' is not defined": "numpy-name",
    r"'list' object has no attribute '(arg|astype|max|mean|min|reshape|shape|size|sum)": "numpy-method",
    r"IndexError: too many indices for array": "numpy-axes",
    r"list indices must be integers or slices, not (float|str)": "python-index",
    r"setting an array element with a sequence": "numpy-place",
    r"only (length-1|size-1|0-dimensional) arrays can be converted": "numpy-place",
    r"'numpy\.ndarray' object has no attribute 'append'": "numpy-append",
    r"Cannot convert '\d+' to a shape": "keras-shape",
    r"Only instances of `keras\.Layer` .* Received: [(\[]": "keras-shape-alone",
    r"Only instances of `keras\.Layer` .* Received: <class ": "keras-layer-class",
    r"Received: (name|trainable)=<\w+ name=": "keras-no-list",
    r"Sequential\.\w+\(\) missing 1 required positional argument: 'layer'": "keras-model-class",
    r"'function' object has no attribute '(add|compile|fit)'": "keras-function",
    r"'list' object has no attribute '(add|compile|fit)'": "keras-layer-list",
    r"'NoneType' object has no attribute '(add|compile|fit)'": "keras-none",
    rf"name '({_MODULES})' is not defined": "keras-module",
    r"module 'keras(\.\w+)?' has no attribute ": "keras-name",
    r"The `strides` argument must be .* Received strides=[a-z]": "keras-strides",
    r"Could not interpret activation function identifier": "keras-activation",
    r"Computed output size would be zero or negative": "keras-too-small",
    r"Could not interpret optimizer identifier: <class ": "keras-optimizer-class",
    r"Could not interpret optimizer identifier": "keras-optimizer",
    r"Received instead: loss_weights=": "keras-loss-weights",
    r"Received instead: metrics=": "keras-metrics",
    r"You must call `compile\(\)` before": "keras-not-compiled",
    r"ValueError: None values not supported": "keras-labels",
    r"'(Sequential|Functional)' object has no attribute 'train'": "keras-fit",
}


def frequent_crash_help(message: str) -> str:
    """The help for an exception of a student's function, by its message; "" for any other exception.

    >>> frequent_crash_help("build raised ValueError: Cannot convert '28' to a shape.")
    'A shape is one tuple, with brackets of its own: `keras.Input((28, 28, 1))`.'
    """
    keys = (key for pattern, key in _KEYS.items() if re.search(pattern, message))
    return FREQUENT_HELP.get(next(keys, ""), "")
