"""Describe a Keras model, history or tensor as plain data, by reading attributes only.

Runs in the process of student code, so nothing in its output is trusted: on the other side,
`autograder.models.model` checks every field again.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from autograder.keras_objects.base import kinds
from autograder.keras_objects.core import ACTIVATIONS
from autograder.keras_objects.layers import Layer
from autograder.sandbox.guest import keras_compile, keras_steering
from autograder.sandbox.guest.keras_functions import activation_name
from autograder.sandbox.guest.keras_graph import Graph, Unreadable, input_shape, is_input, is_model
from autograder.sandbox.guest.keras_steering import arguments, as_python, is_keras, module_of

_LAYERS = kinds(Layer)
_ALONG_THE_LAST_AXIS = (
    "BatchNormalization",
    "Concatenate",
    "Softmax",
)  # along another, the kit does not support them
_OPERATIONS = {"Relu": "ReLU"}  # class names of keras.ops, and the equivalent layers


def describe(value: object) -> Any:
    """Tagged data for a Keras model, history or callback, an array for a tensor, else None.

    NaN and infinities in the data become strings, since a frame holds JSON.
    """
    classes = [c for c in type(value).__mro__ if module_of(c).startswith(("keras.", "tensorflow."))]
    names = {c.__name__ for c in classes}
    if "Model" in names:
        return {"$model": _json_able(_model(value))}
    if "History" in names:
        return {"$history": _json_able(_history(value))}
    if "Callback" in names:
        return {"$callback": _json_able(keras_steering.callback(value))}
    if "TensorShape" in names:
        return {"$tuple": [None if side is None else int(side) for side in list(value)]}  # type: ignore[call-overload]
    if names & {"EagerTensor", "Variable", "KerasVariable"}:
        return np.asarray(value)
    return None


def weights(value: object) -> list[np.ndarray]:
    """The weights of a Keras model, layer by layer in the order of Graph; [] for other values."""
    if not is_model(value):
        return []
    graph = Graph()
    try:
        graph.add_model(value, 0)
    except (Unreadable, RecursionError):
        return []
    return [
        np.asarray(array, np.float32)
        for layer in graph.layers
        for array in getattr(layer, "get_weights", list)()
        if np.asarray(array).dtype.kind == "f"
    ]


def _json_able(data: Any) -> Any:
    """`data` with the strings "nan", "inf" and "-inf" in place of those numbers."""
    if isinstance(data, dict):
        return {key: _json_able(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_json_able(item) for item in data]
    return str(data) if isinstance(data, float) and not math.isfinite(data) else data


def _model(model: Any) -> dict[str, Any]:
    sources: list[list[int]] | None
    try:
        graph = Graph()
        graph.add_model(model, 0)
        layers, sources = graph.layers, graph.sources
    except (Unreadable, RecursionError):
        layers = [layer for layer in model.layers if not is_input(layer)]
        sources = None
    shape = input_shape(model)
    return {
        "input_shape": as_python(shape[1:]) if shape else None,
        "sources": [] if sources == [[value] for value in range(len(layers))] else sources,
        "layers": [_layer(layer) for layer in layers],
        "unsupported_arguments": sorted(
            {argument for layer in layers for argument in _unsupported_arguments(layer)}
        ),
        "compiled": keras_compile.settings(model) if model.compiled else None,
    }


def _layer(layer: Any) -> dict[str, Any]:
    kind = _OPERATIONS.get(type(layer).__name__, type(layer).__name__)
    is_supported = is_keras(layer) and kind in _LAYERS
    if kind == "Reshape" and _flattens(layer):
        kind, is_supported = "Flatten", True
    if kind == "Lambda" and is_keras(layer):
        name = _activation(layer, layer.function)
        if name in ACTIVATIONS:
            return {"kind": "Activation", "activation": name}
    last_axes = (-1, len(_shape(layer, "output")) - 1)
    if kind in _ALONG_THE_LAST_AXIS and getattr(layer, "axis", -1) not in last_axes:
        kind, is_supported = f"{kind}(axis={layer.axis})", False
    if not is_supported or getattr(layer, "data_format", "channels_last") != "channels_last":
        return {"kind": "Other", "class_name": kind[:100]}
    data = {"kind": kind, **arguments(layer, _LAYERS[kind])}
    if "activation" in data:
        data["activation"] = _activation(layer, layer.activation)
    return data


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


def _unsupported_arguments(layer: Any) -> list[str]:
    """The arguments of a layer that differ from Keras's defaults and do not cross, as "argument of Class"."""
    data = _layer(layer)
    kind = data.pop("kind")
    if kind == "Other":
        return []
    try:
        known = {name: data[name] for name in data if name != "activation" or kind == "Activation"}
        config, defaults = layer.get_config(), type(layer)(**known).get_config()
    except Exception:  # a Reshape in place of Flatten, a function that has no name in Keras
        return []
    harmless = {"name", "seed", *data, *(["axis"] if kind in _ALONG_THE_LAST_AXIS else [])}
    return [
        f"{argument} of {kind}"[:100]
        for argument, value in config.items()
        if argument not in harmless and value != defaults.get(argument)
    ]


def _history(history: Any) -> dict[str, Any]:
    params = history.params or {}
    return {
        "epochs": int(params.get("epochs") or 0),
        "steps": int(params.get("steps") or 0),
        "history": {str(k)[:100]: [float(v) for v in vs] for k, vs in history.history.items()},
    }
