"""Describe a Keras model, history or tensor as plain data, by reading attributes only.

Runs in the process of student code, so nothing in its output is trusted: on the other side,
`autograder.models.wire` checks every field again.
"""

from __future__ import annotations

import math
import random
from typing import Any

import numpy as np

from autograder.sandbox.guest import keras_compile, keras_steering, keras_twin
from autograder.sandbox.guest.keras_arguments import unsupported_arguments
from autograder.sandbox.guest.keras_graph import Graph, Unreadable
from autograder.sandbox.guest.keras_layers import activation_layer, layer_data
from autograder.sandbox.guest.keras_models import (
    build_for_images,
    input_shape,
    is_input,
    is_model,
)
from autograder.sandbox.guest.keras_steering import as_python, module_of
from autograder.sandbox.guest.keras_watching import only_watches
from autograder.sandbox.guest.keras_weights import is_normalization


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
        sides: Any = value
        return {"$tuple": [None if side is None else int(side) for side in sides]}
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
        data, sources = [layer_data(layer, None) for layer in leaves], None
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
        parts = [layer_data(layer, node, owner)]
        if id(layer) in graph.without_activation:
            parts = [{**parts[0], "activation": "linear"}]
        if after := activation_layer(layer, parts[0]):
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


def _history(history: Any) -> dict[str, Any]:
    params = history.params or {}
    return {
        "epochs": int(params.get("epochs") or 0),
        "steps": int(params.get("steps") or 0),
        "history": {str(k)[:100]: [float(v) for v in vs] for k, vs in history.history.items()},
    }
