"""Describe a Keras model, history or tensor as plain data, by reading attributes only.

Runs in the process of student code, so nothing in its output is trusted: on the other side,
`autograder.models.model` checks every field again.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Any

import numpy as np

from autograder.keras_objects.base import kinds
from autograder.keras_objects.layers import Layer
from autograder.sandbox.guest import keras_steering
from autograder.sandbox.guest.keras_graph import Graph, Unreadable, input_shape, is_input, is_model
from autograder.sandbox.guest.keras_steering import arguments, as_python, is_keras

_NUMBERS = (bool, int, float, np.generic, type(None))
_LAYERS = kinds(Layer)
_OPERATIONS = {"Relu": "ReLU"}  # class names of keras.ops, and the equivalent layers


def describe(value: object) -> Any:
    """Tagged data for a Keras model, history or callback, an array for a tensor, else None.

    NaN and infinities in the data become strings, since a frame holds JSON.
    """
    classes = [
        c for c in type(value).__mro__ if (c.__module__ or "").startswith(("keras.", "tensorflow."))
    ]
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
        "compiled": _compiled(model) if model.compiled else None,
    }


def _layer(layer: Any) -> dict[str, Any]:
    kind = _OPERATIONS.get(type(layer).__name__, type(layer).__name__)
    is_supported = is_keras(layer) and kind in _LAYERS
    if kind == "Concatenate" and getattr(layer, "axis", -1) not in (-1, 3):
        is_supported = False
    if not is_supported or getattr(layer, "data_format", "channels_last") != "channels_last":
        return {"kind": "Other", "class_name": kind[:100]}
    data = {"kind": kind, **arguments(layer, _LAYERS[kind])}
    if "activation" in data:
        data["activation"] = _name(layer.activation)
    return data


def _unsupported_arguments(layer: Any) -> list[str]:
    """The arguments of a layer that differ from Keras's defaults and do not cross, as "argument of Class"."""
    data = _layer(layer)
    kind = data.pop("kind")
    if kind == "Other":
        return []
    try:
        config, defaults = layer.get_config(), type(layer)(**data).get_config()
    except Exception:  # an activation without a name in Keras, which is refused as such
        return []
    harmless = {"name", "seed", *data}
    return [
        f"{argument} of {kind}"[:100]
        for argument, value in config.items()
        if argument not in harmless and value != defaults.get(argument)
    ]


def _compiled(model: Any) -> dict[str, Any]:
    optimizer = model.optimizer
    rate = getattr(optimizer, "_learning_rate", None)
    try:
        config, settings = model.get_compile_config() or {}, optimizer.get_config()
    except NotImplementedError:  # raised by a custom schedule, which is refused by its name
        config, settings = {}, {}
    losses = list(_flat(model.loss))  # a list with one loss means that loss
    loss = losses[0] if len(losses) == 1 else model.loss
    return {
        "optimizer": type(optimizer).__name__.lower()[:100],
        "learning_rate": float(np.asarray(optimizer.learning_rate)),
        "schedule": keras_steering.schedule(rate) if callable(rate) else None,
        "settings": {
            name: as_python(value)
            for name, value in settings.items()
            if name not in ("name", "learning_rate") and isinstance(value, _NUMBERS)
        },
        "loss": _name(loss),
        "from_logits": bool(getattr(loss, "_fn_kwargs", {}).get("from_logits", False)),
        "metrics": [_metric(metric) for metric in _flat(config.get("metrics"))],
    }


def _metric(metric: object) -> str:
    if isinstance(metric, dict):
        kind = metric.get("class_name", "?")
        metric = metric.get("config", "?") if kind == "function" else kind
        if (
            metric == "Accuracy"
        ):  # not what "accuracy" stands for: it compares probabilities exactly
            return "Accuracy"
    return {"acc": "accuracy"}.get(text := _name(metric), text)


def _history(history: Any) -> dict[str, Any]:
    params = history.params or {}
    return {
        "epochs": int(params.get("epochs") or 0),
        "steps": int(params.get("steps") or 0),
        "history": {str(k)[:100]: [float(v) for v in vs] for k, vs in history.history.items()},
    }


def _name(value: object) -> str:
    """The snake_case name of a loss, metric or activation given as string, function or object."""
    text = (
        value if isinstance(value, str) else str(getattr(value, "__name__", type(value).__name__))
    )
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text).lower()[:100]


def _flat(value: Any) -> Iterable[Any]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _flat(item)
    elif value is not None:
        yield value
