"""Describe a Keras learning-rate schedule or callback as plain data, for the classes of `autograder.keras_objects`.

Runs beside the student's code, so nothing in its output is trusted.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.keras_objects.base import KerasObject, kinds
from autograder.keras_objects.callbacks import Callback
from autograder.keras_objects.schedules import Schedule

_SCHEDULES = kinds(Schedule)
_CALLBACKS = kinds(Callback)


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
    data = arguments(value, _CALLBACKS[kind])
    # Keras turns its sign where the callback has watched something that should rise.
    return {"kind": kind, **data, "min_delta": abs(data["min_delta"])}


def arguments(value: object, kind: type[KerasObject]) -> dict[str, Any]:
    """The constructor's arguments of a Keras object, by the fields of its class here."""
    return {
        name: as_python(
            [getattr(value, part) for part in kind.attributes[name]]
            if name in kind.attributes
            else getattr(value, name)
        )
        for name in kind.__struct_fields__
    }


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
