"""Help for exceptions of Python, NumPy and Keras that frequent mistakes end in, whatever the question."""

from __future__ import annotations

import re

from autograder.testing.python_crashes import PYTHON_HELP, PYTHON_KEYS, UNKNOWN_NAME

_LIBRARY_HELP = {
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
    "keras-argument": (
        "The layer has no argument of that name. Look at its spelling: `kernel_size`, `pool_size`, `strides`, "
        "`padding`, `activation`."
    ),
    "keras-sizes": (
        "The layer lacks a size. `Conv2D` needs its filters and its kernel's size, `Dense` its units."
    ),
}
FREQUENT_HELP = PYTHON_HELP | _LIBRARY_HELP
_KERAS_NAMES = "BatchNormalization|Conv2D|Dense|Dropout|Flatten|Input|MaxPooling2D|Sequential|layers|models|optimizers"
_FUNCTIONS = (
    "arange|argmax|argmin|argsort|array|ceil|exp|floor|log|maximum|mean|ones|prod|sqrt|zeros"
)
# What NumPy or Keras 3 says -> the key of the help. The first that fits counts.
_LIBRARY_KEYS = {
    r"Cannot interpret '\d+' as a data type": "numpy-shape",
    r"list indices must be integers or slices, not tuple": "numpy-list",
    r"truth value of an array": "numpy-truth",
    rf"name '({_FUNCTIONS})' is not defined": "numpy-name",
    r"'list' object has no attribute '(arg|astype|max|mean|min|reshape|shape|size|sum)": "numpy-method",
    r"IndexError: too many indices for array": "numpy-axes",
    r"setting an array element with a sequence": "numpy-place",
    r"only (length-1|size-1|0-dimensional) arrays can be converted": "numpy-place",
    r"IndexError: index -?\d+ is out of bounds for axis": "numpy-index",
    r"operands could not be broadcast together": "numpy-broadcast",
    r"could not broadcast input array from shape": "numpy-fit",
    r"cannot reshape array of size": "numpy-reshape",
    r"all the input arrays must have same number of dimensions": "numpy-join",
    r"'numpy\.ndarray' object has no attribute 'append'": "numpy-append",
    r"Cannot convert '\d+' to a shape": "keras-shape",
    r"Only instances of `keras\.Layer` .* Received: [(\[]": "keras-shape-alone",
    r"Only instances of `keras\.Layer` .* Received: <class ": "keras-layer-class",
    r"Received: (name|trainable)=<\w+ name=": "keras-no-list",
    r"Sequential\.\w+\(\) missing 1 required positional argument: 'layer'": "keras-model-class",
    r"'function' object has no attribute '(add|compile|fit)'": "keras-function",
    r"'list' object has no attribute '(add|compile|fit)'": "keras-layer-list",
    r"'NoneType' object has no attribute '(add|compile|fit)'": "keras-none",
    rf"name '({_KERAS_NAMES})' is not defined": "keras-module",
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
    r"Unrecognized keyword arguments passed to": "keras-argument",
    r"(Conv2D|Dense)\.__init__\(\) missing ": "keras-sizes",
}
_KEYS = PYTHON_KEYS | _LIBRARY_KEYS | UNKNOWN_NAME


def frequent_crash_help(message: str) -> str:
    """The help for an exception of a student's function, by its message; "" for any other exception.

    >>> frequent_crash_help("build raised ValueError: Cannot convert '28' to a shape.")
    'A shape is one tuple, with brackets of its own: `keras.Input((28, 28, 1))`.'
    """
    keys = (key for pattern, key in _KEYS.items() if re.search(pattern, message))
    return FREQUENT_HELP.get(next(keys, ""), "")
