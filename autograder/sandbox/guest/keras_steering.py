"""Describe a Keras learning-rate schedule or callback as plain data, for `autograder.models.callbacks`.

Runs beside the student's code, so nothing in its output is trusted.
"""

from __future__ import annotations

from typing import Any

import numpy as np

_SCHEDULES = frozenset(
    [
        "ExponentialDecay",
        "InverseTimeDecay",
        "PolynomialDecay",
        "PiecewiseConstantDecay",
        "CosineDecay",
        "CosineDecayRestarts",
    ]
)
_CALLBACKS = {
    "EarlyStopping": (
        "monitor",
        "min_delta",
        "patience",
        "mode",
        "baseline",
        "restore_best_weights",
        "start_from_epoch",
    ),
    "ReduceLROnPlateau": (
        "monitor",
        "factor",
        "patience",
        "mode",
        "min_delta",
        "cooldown",
        "min_lr",
    ),
}


def schedule(value: Any) -> dict[str, Any]:
    """Tagged data for a learning-rate schedule."""
    kind = type(value).__name__
    if not is_keras(value) or kind not in _SCHEDULES:
        return {"kind": "OtherSchedule", "class_name": kind[:100]}
    config = {name: as_python(one) for name, one in value.get_config().items() if name != "name"}
    # Counted in batches, which one may have worked out with a division.
    for name in ("decay_steps", "first_decay_steps", "warmup_steps"):
        if isinstance(steps := config.get(name), float) and steps.is_integer():
            config[name] = int(steps)
    return {"kind": kind, **config}


def callback(value: Any) -> dict[str, Any]:
    """Tagged data for a callback."""
    kind = type(value).__name__
    if not is_keras(value) or kind not in _CALLBACKS:
        return {"kind": "OtherCallback", "class_name": kind[:100]}
    data = {name: as_python(getattr(value, name)) for name in _CALLBACKS[kind]}
    # Keras turns its sign where the callback has watched something that should rise.
    return {"kind": kind, **data, "min_delta": abs(data["min_delta"])}


def is_keras(value: object) -> bool:
    """Whether this is an object of a class of Keras's own."""
    return type(value).__module__.startswith("keras.")


def as_python(value: Any) -> Any:
    """NumPy's numbers and arrays, and tensors, also in a list, as Python's own."""
    if isinstance(value, tuple | list):
        return [as_python(item) for item in value]
    if isinstance(value, np.generic | np.ndarray) or hasattr(value, "numpy"):
        return np.asarray(value).tolist()
    return value
