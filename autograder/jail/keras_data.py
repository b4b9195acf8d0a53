"""Describe a Keras model, history or tensor as plain data, by reading attributes only.

Runs beside the student's code, so nothing in its output is trusted: `autograder.model`
checks every field again on the other side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np

_CONV = ("filters", "kernel_size", "strides", "padding", "dilation_rate", "groups", "use_bias")
_NUMBERS = (bool, int, float, np.generic, type(None))
_POOL = ("pool_size", "strides", "padding")
# The attributes by which two layers of a class differ; `activation` is read by name.
_ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "Conv2D": (*_CONV, "activation"),
    "MaxPooling2D": _POOL,
    "AveragePooling2D": _POOL,
    "GlobalAveragePooling2D": (),
    "Flatten": (),
    "Dense": ("units", "use_bias", "activation"),
    "Dropout": ("rate",),
    "BatchNormalization": ("momentum", "epsilon", "center", "scale"),
    "Activation": ("activation",),
    "ReLU": (),
    "Softmax": (),
    "Rescaling": ("scale", "offset"),
}


def describe(value: object) -> Any:
    """Tagged data for a Keras model or history, an array for a tensor, None for the rest."""
    classes = [
        c for c in type(value).__mro__ if (c.__module__ or "").startswith(("keras.", "tensorflow."))
    ]
    names = {c.__name__ for c in classes}
    if "Model" in names:
        return {"$model": _model(value)}
    if "History" in names:
        return {"$history": _history(value)}
    if names & {"EagerTensor", "Variable", "KerasVariable"}:
        return np.asarray(value)
    return None


def _model(model: Any) -> dict[str, Any]:
    layers = [layer for layer in model.layers if type(layer).__name__ != "InputLayer"]
    shape = getattr(model, "input_shape", None) if model.built else None
    return {
        "input_shape": _plain(shape[1:]) if isinstance(shape, tuple) else None,
        "chain": _is_chain(model),
        "layers": [_layer(layer) for layer in layers],
        "left_out": sorted({lost for layer in layers for lost in _left_out(layer)}),
        "compiled": _compiled(model) if model.compiled else None,
    }


def _is_chain(model: Any) -> bool:
    """Whether the output of each layer is the only input of the next."""
    if type(model).__name__ == "Sequential":
        return True
    if type(model).__name__ != "Functional":
        return False
    layers = list(model.layers)
    for before, layer in pairwise(layers):
        nodes = layer._inbound_nodes
        parents = [parent.operation for parent in nodes[0].parent_nodes] if len(nodes) == 1 else []
        if len(parents) != 1 or parents[0] is not before:
            return False
    return True


def _layer(layer: Any) -> dict[str, Any]:
    kind = type(layer).__name__
    known = type(layer).__module__.startswith("keras.") and kind in _ATTRIBUTES
    if not known or getattr(layer, "data_format", "channels_last") != "channels_last":
        return {"kind": "Other", "class_name": kind[:100]}
    data: dict[str, Any] = {"kind": kind}
    for name in _ATTRIBUTES[kind]:
        value = getattr(layer, name)
        data[name] = _name(value) if name == "activation" else _plain(value)
    return data


def _left_out(layer: Any) -> list[str]:
    """The arguments of a layer that are not Keras's own and do not cross, as "argument of Class"."""
    data = _layer(layer)
    kind = data.pop("kind")
    if kind == "Other":
        return []
    try:
        config, usual = layer.get_config(), type(layer)(**data).get_config()
    except Exception:  # an activation that has no name in Keras: refused by that name
        return []
    harmless = {"name", "seed", *data}
    return [
        f"{argument} of {kind}"[:100]
        for argument, value in config.items()
        if argument not in harmless and value != usual.get(argument)
    ]


def _compiled(model: Any) -> dict[str, Any]:
    optimizer = model.optimizer
    config = model.get_compile_config() or {}
    arguments = optimizer.get_config()
    return {
        "optimizer": type(optimizer).__name__.lower()[:100],
        "learning_rate": float(np.asarray(optimizer.learning_rate)),
        "schedule": isinstance(arguments.get("learning_rate"), dict),
        "settings": {
            name: _plain(value)
            for name, value in arguments.items()
            if name not in ("name", "learning_rate") and isinstance(value, _NUMBERS)
        },
        "loss": _name(model.loss),
        "from_logits": bool(getattr(model.loss, "_fn_kwargs", {}).get("from_logits", False)),
        "metrics": [_metric(metric) for metric in _flat(config.get("metrics"))],
    }


def _metric(metric: object) -> str:
    if isinstance(metric, dict):
        metric = metric.get("class_name", "?")
    return {"acc": "accuracy"}.get(text := _name(metric), text)


def _history(history: Any) -> dict[str, Any]:
    params = history.params or {}
    return {
        "epochs": int(params.get("epochs") or 0),
        "steps": int(params.get("steps") or 0),
        "history": {str(k)[:100]: [float(v) for v in vs] for k, vs in history.history.items()},
    }


def _name(value: object) -> str:
    """The snake_case name of a loss, metric or activation given as text, function or object."""
    text = (
        value if isinstance(value, str) else str(getattr(value, "__name__", type(value).__name__))
    )
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text).lower()[:100]


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, np.generic):
        return value.item()
    return value


def _flat(value: Any) -> Iterable[Any]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _flat(item)
    elif value is not None:
        yield value
