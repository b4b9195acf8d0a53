"""Describe an operation of keras.ops, or an operator of Python, as the layer that computes the same.

Runs in the process of student code, so nothing in its output is trusted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.keras_objects.activations import ACTIVATIONS
from autograder.sandbox.guest.keras_functions import activation_name
from autograder.sandbox.guest.keras_steering import as_python, module_of

_OPERATORS = {
    "Add": "add",
    "Subtract": "subtract",
    "Multiply": "multiply",
    "Divide": "divide",
    "TrueDivide": "divide",
}
_MERGING = ("Add", "Subtract", "Multiply", "Maximum", "Minimum")
_Data = dict[str, Any]


def is_operation(value: Any) -> bool:
    """Whether this is an operation of keras.ops in a graph, and not a layer."""
    return module_of(type(value)).startswith(("keras.src.ops.", "keras.src.activations."))


def operation(value: Any, node: Any) -> _Data | None:
    """Tagged data for the layer that does what an operation does; None if there is none.

    Args:
        value: the operation.
        node: the place of the graph where it is called, with its arguments; None if unknown.

    """
    kind = type(value).__name__
    inputs = len(node.input_tensors) if node else 0
    if inputs == 1 and kind in _OPERATORS:
        return _arithmetic(_OPERATORS[kind], node)
    if inputs == 2 and kind in _MERGING:
        return {"kind": kind}
    if inputs > 1 and kind == "Concatenate":
        axis = value.axis if value.axis >= 0 else value.axis + len(_shape(node))
        return {"kind": "Concatenate"} if axis == len(_shape(node)) - 1 else None
    if inputs != 1:
        return None
    if kind in _READERS:
        return _READERS[kind](value, node)
    name = activation_name(value.call, len(_shape(node)) or 2)
    return {"kind": "Activation", "activation": name} if name in ACTIVATIONS else None


def operation_name(value: Any, node: Any) -> str:
    """What an operation that no layer does is called, with the own weights or arrays that it reads."""
    name = f"keras.ops {type(value).__name__}"
    for argument in node.arguments.args if node else ():
        if hasattr(argument, "trainable"):  # a variable of an own layer
            name = f"{name} with the own weight {argument.name}"
        elif getattr(argument, "ndim", 0) and not hasattr(argument, "_keras_history"):
            name = f"{name} with an array"
    return name[:100]


def _arithmetic(name: str, node: Any) -> _Data | None:
    numbers = [as_python(argument) for argument in node.arguments.args]
    constants = list(filter(_is_number, numbers))
    if len(numbers) != 2 or len(constants) != 1:
        return None
    first = _is_number(numbers[0])
    return {
        "kind": "Arithmetic",
        "operation": name,
        "constant": float(constants[0]),
        "constant_first": first,
    }


def _reduction(name: str, pooling: str = "") -> Callable[[Any, Any], _Data | None]:
    """What reads a mean or an extreme along axes; over both sides of an image that is `pooling`."""

    def read(value: Any, node: Any) -> _Data | None:
        rank = len(node.input_tensors[0].shape)
        axes = value.axis if isinstance(value.axis, tuple | list) else (value.axis,)
        places = sorted({int(axis) % rank for axis in axes if axis is not None})
        if not places or 0 in places:
            return None  # over the whole batch
        keepdims = bool(value.keepdims)
        if pooling and rank == 4 and places == [1, 2]:
            return {"kind": pooling, "keepdims": keepdims}
        return {"kind": "Reduction", "operation": name, "axes": places, "keepdims": keepdims}

    return read


def _reshape(value: Any, node: Any) -> _Data | None:
    sizes = _shape(node)[1:]
    if None in sizes:
        return None
    return (
        {"kind": "Flatten"} if len(sizes) == 1 else {"kind": "Reshape", "target_shape": list(sizes)}
    )


def _transpose(value: Any, node: Any) -> _Data | None:
    axes = as_python(value.axes)
    return {"kind": "Permute", "dims": axes[1:]} if axes and axes[0] == 0 else None


def _cast(value: Any, node: Any) -> _Data | None:
    same = str(value.dtype) == str(node.input_tensors[0].dtype)
    return {"kind": "Identity"} if same else None


def _pad(value: Any, node: Any) -> _Data | None:
    margins = as_python(value.pad_width)
    zeros = not node.arguments.kwargs.get("constant_values")
    if value.mode != "constant" or not zeros or len(margins) != 4 or any(margins[0] + margins[3]):
        return None
    return {"kind": "ZeroPadding2D", "padding": margins[1:3]}


def _leaky(value: Any, node: Any) -> _Data:
    return {"kind": "LeakyReLU", "negative_slope": float(value.negative_slope)}


def _relu(value: Any, node: Any) -> _Data:
    """keras.activations.relu with arguments, or keras.ops.relu without."""
    names = ("max_value", "negative_slope", "threshold")
    given = {name: as_python(getattr(value, name)) for name in names if hasattr(value, name)}
    return {"kind": "ReLU", **given}


def _maximum(value: Any, node: Any) -> _Data | None:
    """keras.ops.maximum of a value and 0."""
    numbers = [as_python(argument) for argument in node.arguments.args]
    has_zero = any(number == 0 for number in filter(_is_number, numbers))
    return {"kind": "ReLU"} if has_zero else None


def _window(kind: str) -> Callable[[Any, Any], _Data | None]:
    """What reads keras.ops.max_pool or average_pool as the layer of that kind."""

    def read(value: Any, node: Any) -> _Data | None:
        if value.data_format not in (None, "channels_last") or len(_shape(node)) != 4:
            return None
        strides = value.pool_size if value.strides is None else value.strides
        return {
            "kind": kind,
            "pool_size": _both_sides(value.pool_size),
            "strides": _both_sides(strides),
            "padding": value.padding,
        }

    return read


def _both_sides(size: Any) -> Any:
    size = as_python(size)
    return [size, size] if isinstance(size, int) else size


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)


def _shape(node: Any) -> tuple[int | None, ...]:
    return tuple(node.output_tensors[0].shape)


_READERS: dict[str, Callable[[Any, Any], _Data | None]] = {
    "AveragePool": _window("AveragePooling2D"),
    "Cast": _cast,
    "ExpandDims": _reshape,
    "LeakyRelu": _leaky,
    "Max": _reduction("max", "GlobalMaxPooling2D"),
    "MaxPool": _window("MaxPooling2D"),
    "Maximum": _maximum,
    "Mean": _reduction("mean", "GlobalAveragePooling2D"),
    "Min": _reduction("min"),
    "Pad": _pad,
    "ReLU": _relu,
    "Relu": _relu,
    "Reshape": _reshape,
    "Squeeze": _reshape,
    "Sum": _reduction("sum"),
    "Transpose": _transpose,
}
