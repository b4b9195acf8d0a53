"""Describe a Keras learning-rate schedule or callback as plain data, for the classes of `autograder.keras_objects`.

Runs in the process of student code, so nothing in its output is trusted.
"""

from __future__ import annotations

import sys
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
    config = {
        name: as_python(entry) for name, entry in value.get_config().items() if name != "name"
    }
    # Numbers of batches: code that computes them with a division gives floats.
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
    # Keras negates it if the monitored metric should fall.
    return {"kind": kind, **data, "min_delta": abs(data["min_delta"])}


def arguments(value: object, kind: type[KerasObject]) -> dict[str, Any]:
    """The constructor arguments of a Keras object, by the fields of its class in `keras_objects`."""
    return {
        name: as_python(
            [getattr(value, part) for part in kind.attributes[name]]
            if name in kind.attributes
            else getattr(value, name)
        )
        for name in kind.__struct_fields__
    }


def is_keras(value: object) -> bool:
    """Whether a function or a class, or that of another object, is part of Keras: no subclass is."""
    named = value if hasattr(value, "__name__") else type(value)
    module = module_of(named)  # a class that was made without a module has its base's
    is_there = getattr(sys.modules.get(module), named.__name__, None) is named
    return module.startswith("keras.") and is_there


def module_of(value: object) -> str:
    """The name of the module in which a class or function says that it was defined; "" for none."""
    return str(getattr(value, "__module__", ""))


def as_python(value: Any) -> Any:
    """NumPy numbers, arrays and tensors, also inside lists, as Python numbers and lists."""
    if isinstance(value, tuple | list):
        return [as_python(item) for item in value]
    if isinstance(value, np.generic | np.ndarray) or hasattr(value, "numpy"):
        return np.asarray(value).tolist()
    return value
