"""Describe a Keras model, history or tensor as plain data, by reading attributes only.

Runs in the process of student code, so nothing in its output is trusted: on the other side,
`autograder.models.model` checks every field again.
"""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from autograder.keras_objects.activations import ACTIVATIONS
from autograder.keras_objects.base import kinds
from autograder.keras_objects.layers import Layer
from autograder.sandbox.guest import keras_compile, keras_steering, keras_twin
from autograder.sandbox.guest.keras_arguments import ALONG_THE_LAST_AXIS, unsupported_arguments
from autograder.sandbox.guest.keras_functions import activation_name, lambda_activation
from autograder.sandbox.guest.keras_graph import (
    Graph,
    Unreadable,
    build_for_images,
    input_shape,
    is_input,
    is_model,
)
from autograder.sandbox.guest.keras_operations import (
    is_operation,
    operation,
    operation_name,
)
from autograder.sandbox.guest.keras_steering import (
    arguments,
    as_python,
    class_name,
    is_keras,
    keras_class,
    module_of,
)
from autograder.sandbox.guest.keras_watching import only_watches
from autograder.sandbox.guest.keras_weights import is_normalization

_LAYERS = kinds(Layer)
_ACTIVATION_LAYERS = ("ELU", "LeakyReLU", "ReLU", "Softmax")  # that have no weights
_MAX_STATISTICS = 10_000  # that a Normalization may have


def describe(value: object) -> Any:
    """Tagged data for a Keras model, history or callback, an array for a tensor, else None.

    NaN and infinities in the data become strings, since a frame holds JSON.
    """
    classes = [c for c in type(value).__mro__ if module_of(c).startswith(("keras.", "tensorflow."))]
    names = {c.__name__ for c in classes}
    if "Model" in names:
        seeds = random.getstate()  # from which Keras draws one for each layer that is made here
        try:
            return {"$model": _json_able(_model(value))}
        finally:
            random.setstate(seeds)
    if "History" in names:
        return {"$history": _json_able(_history(value))}
    if "Callback" in names:
        if only_watches(value):
            name = type(value).__name__[:100]
            return {"$callback": {"kind": "WatchingCallback", "class_name": name}}
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
    layers = {id(layer): layer for layer in graph.layers}.values()  # one that is used twice, once
    return [
        np.asarray(array, np.float32)
        for layer in layers
        if not is_normalization(layer)
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
    assumed = build_for_images(model)
    data = _model_called(model, assumed, training=None)
    if any(difference.startswith(keras_twin.IN_TRAINING) for difference in data["differences"]):
        # Its layers under `if training:` are seen in training only, and most do nothing in prediction.
        other = _model_called(model, assumed, training=True)
        if not other["differences"] and all(layer["kind"] != "Other" for layer in other["layers"]):
            return other
    return data


def _model_called(model: Any, assumed: bool, *, training: bool | None) -> dict[str, Any]:
    """The model's data as the calls of its own layers show it, with this argument `training`."""
    graph = Graph(training)
    sources: list[list[int]] | None
    try:
        graph.add_model(model, 0)
        leaves, data, sources = _described(graph)
    except (Unreadable, RecursionError):
        leaves = [layer for layer in model.layers if not is_input(layer)]
        data, sources = [_layer(layer, None) for layer in leaves], None
    shape = input_shape(model)
    described = {
        "input_shape": as_python(shape[1:]) if shape else None,
        "sources": [] if sources == [[value] for value in range(len(data))] else sources,
        "layers": data,
        "unsupported_arguments": sorted(
            {
                argument
                for layer, kind in zip(leaves, data, strict=True)
                for argument in unsupported_arguments(layer, kind)
            }
        ),
        "compiled": keras_compile.settings(model) if model.compiled else None,
        "assumed_input": assumed,
    }
    return {**described, "differences": keras_twin.differences(model, leaves, described)}


def _described(graph: Graph) -> tuple[list[Any], list[dict[str, Any]], list[list[int]]]:
    """The layers of a graph, their data and their sources.

    An activation that is a layer with arguments becomes a layer of its own, which is None here.
    """
    leaves: list[Any] = []
    data: list[dict[str, Any]] = []
    sources: list[list[int]] = []
    places: dict[int, int] = {}  # identity of a layer with weights -> its place in `data`
    new_value = [0]  # number of a value in the graph -> its number in the description
    for layer, reads, node, owner in zip(
        graph.layers, graph.sources, graph.nodes, graph.owners, strict=True
    ):
        parts = [_layer(layer, node, owner)]
        if id(layer) in graph.without_activation:
            parts = [{**parts[0], "activation": "linear"}]
        if after := _activation_layer(layer, parts[0]):
            parts = [{**parts[0], "activation": "linear"}, after]
        first = (
            places.setdefault(id(layer), len(data)) if getattr(layer, "weights", ()) else len(data)
        )
        if first != len(data):
            parts[0] = {"kind": "Again", "layer": first}
        for number, part in enumerate(parts):
            leaves.append(layer if number == 0 and part["kind"] != "Again" else None)
            data.append(part)
            sources.append([len(data) - 1] if number else [new_value[read] for read in reads])
        new_value.append(len(data))
    return leaves, data, sources


def _activation_layer(layer: Any, data: dict[str, Any]) -> dict[str, Any] | None:
    """The data of an activation that is a layer of Keras with arguments of its own."""
    if data["kind"] == "Activation" or data.get("activation", "linear") in ACTIVATIONS:
        return None
    after = getattr(layer, "activation", None)
    if not is_keras(after) or type(after).__name__ not in _ACTIVATION_LAYERS:
        return None
    return _layer(after, None)


def _layer(layer: Any, node: Any, owner: str = "") -> dict[str, Any]:
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


def _history(history: Any) -> dict[str, Any]:
    params = history.params or {}
    return {
        "epochs": int(params.get("epochs") or 0),
        "steps": int(params.get("steps") or 0),
        "history": {str(k)[:100]: [float(v) for v in vs] for k, vs in history.history.items()},
    }
