"""Describe one layer of a Keras model as plain data, by reading attributes only.

Runs in the process of student code, so nothing in its output is trusted.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from autograder.keras_objects.activations import ACTIVATIONS
from autograder.keras_objects.base import kinds
from autograder.keras_objects.layers import Layer
from autograder.sandbox.guest.keras_arguments import ALONG_THE_LAST_AXIS
from autograder.sandbox.guest.keras_functions import activation_name, lambda_activation
from autograder.sandbox.guest.keras_operations import is_operation, operation, operation_name
from autograder.sandbox.guest.keras_steering import (
    arguments,
    as_python,
    class_name,
    is_keras,
    keras_class,
)

_LAYERS = kinds(Layer)
_ACTIVATION_LAYERS = ("ELU", "LeakyReLU", "ReLU", "Softmax")  # that have no weights
_MAX_STATISTICS = 10_000  # that a Normalization may have


def layer_data(layer: Any, node: Any, owner: str = "") -> dict[str, Any]:
    """The data of a layer; `owner` is the class of the own layer that calls it, if there is one."""
    kind = class_name(layer)
    if is_operation(layer):
        name = f"{operation_name(layer, node)} in {owner}" if owner else operation_name(layer, node)
        return operation(layer, node) or {"kind": "Other", "class_name": name[:100]}
    is_supported = keras_class(layer) is not None and kind in _LAYERS
    if kind == "Reshape" and _flattens(layer):
        kind, is_supported = "Flatten", True
    if name := lambda_activation(layer):
        return {"kind": "Activation", "activation": name}
    if kind == "Normalization" and is_supported:
        return _normalization(layer)
    last_axes = (-1, len(_shape(layer, "output")) - 1)
    axis = as_python(getattr(layer, "axis", -1))
    if kind == "BatchNormalization" and is_supported:
        return {
            "kind": kind,
            **arguments(layer, _LAYERS[kind]),
            "axis": -1 if axis in last_axes else axis,
        }
    if kind in ALONG_THE_LAST_AXIS and _only(axis) not in last_axes:
        kind, is_supported = f"{kind}(axis={axis})", False
    if not is_supported or getattr(layer, "data_format", "channels_last") != "channels_last":
        return {"kind": "Other", "class_name": kind[:100]}
    data = {"kind": kind, **arguments(layer, _LAYERS[kind])}
    if "activation" in data:
        data["activation"] = _activation(layer, layer.activation)
    return data


def activation_layer(layer: Any, data: dict[str, Any]) -> dict[str, Any] | None:
    """The data of an activation that is a layer of Keras with arguments of its own."""
    if data["kind"] == "Activation" or data.get("activation", "linear") in ACTIVATIONS:
        return None
    after = getattr(layer, "activation", None)
    if not is_keras(after) or type(after).__name__ not in _ACTIVATION_LAYERS:
        return None
    return layer_data(after, None)


def _normalization(layer: Any) -> dict[str, Any]:
    """Statistics that were given, or that `adapt` measured."""
    mean, variance = (
        np.ravel(getattr(layer, name, [])).astype(float) for name in ("mean", "variance")
    )
    if not 1 <= mean.size == variance.size <= _MAX_STATISTICS or not np.isfinite(mean).all():
        return {"kind": "Other", "class_name": "Normalization without statistics"}
    axis = _only(as_python(layer.axis) or None)
    if isinstance(axis, list):
        return {"kind": "Other", "class_name": f"Normalization(axis={axis})"[:100]}
    return {
        "kind": "Normalization",
        "mean": mean.tolist() if axis is not None else float(mean[0]),
        "variance": variance.tolist() if axis is not None else float(variance[0]),
        "axis": axis,
        "invert": bool(layer.invert),
    }


def _only(axis: Any) -> Any:
    return axis[0] if isinstance(axis, list) and len(axis) == 1 else axis


def _activation(layer: Any, function: Any) -> str:
    return activation_name(function, len(_shape(layer, "output")) or 2)


def _shape(layer: Any, end: str) -> tuple[int | None, ...]:
    """The shape with the batch axis of a layer's "input" or "output"; () if it is not known."""
    return tuple(getattr(getattr(layer, end, None), "shape", ()))


def _flattens(layer: Any) -> bool:
    """Whether a Reshape makes one row of each image."""
    sides, row = _shape(layer, "input")[1:], _shape(layer, "output")
    known = [side for side in sides if side is not None]
    return len(row) == 2 and known == list(sides) and row[1] == math.prod(known)
