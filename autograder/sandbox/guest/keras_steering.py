"""Describe a Keras learning-rate schedule or callback as plain data, for the classes of `autograder.keras_objects`.

Runs in the process of student code, so nothing in its output is trusted.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.keras_objects.arguments import MODULES
from autograder.keras_objects.base import KerasObject, kinds
from autograder.keras_objects.callbacks import SAME, Callback
from autograder.keras_objects.schedules import Schedule

_SCHEDULES = kinds(Schedule)
_CALLBACKS = kinds(Callback)
_ARGUMENTS = {end: kinds(union) for end, (_, union) in MODULES.items()}
# What a subclass may define anew without a change of what an object of it computes, beside names
# such as __init__ and __doc__.
_HARMLESS = ("from_config", "get_config")
_ACTING = ("__call__", "__getattribute__", "__new__", "__setattr__")


def schedule(value: Any) -> dict[str, Any]:
    """Tagged data for a learning-rate schedule."""
    kind = type(value).__name__
    if not is_known_schedule(value):
        return {"kind": "OtherSchedule", "class_name": kind[:100]}
    config = {
        name: as_python(entry) for name, entry in value.get_config().items() if name != "name"
    }
    # Numbers of batches: code that computes them with a division gives floats.
    for name in ("decay_steps", "first_decay_steps", "warmup_steps"):
        if isinstance(steps := config.get(name), float) and steps.is_integer():
            config[name] = int(steps)
    if isinstance(config.get("boundaries"), list):
        # The rate changes after the last whole number of batches that is not beyond a boundary.
        config["boundaries"] = [math.floor(boundary) for boundary in config["boundaries"]]
    return {"kind": kind, **config}


def is_known_schedule(value: object) -> bool:
    """Whether this is a schedule of Keras's that has a class in `keras_objects`, and no subclass of it."""
    return is_keras(value) and type(value).__name__ in _SCHEDULES


def callback(value: Any) -> dict[str, Any]:
    """Tagged data for a callback."""
    kind = type(value).__name__
    if not is_keras(value) or kind not in _CALLBACKS:
        return {"kind": "OtherCallback", "class_name": kind[:100]}
    data = arguments(value, _CALLBACKS[kind])
    # Keras negates it if the monitored metric should fall.
    return {
        "kind": kind,
        **data,
        "monitor": SAME.get(data["monitor"], data["monitor"]),
        "min_delta": abs(data["min_delta"]),
    }


def arguments(value: object, kind: type[KerasObject]) -> dict[str, Any]:
    """The constructor arguments of a Keras object, by the fields of its class in `keras_objects`."""
    return {name: _argument(value, name, kind.attributes) for name in kind.__struct_fields__}


def _argument(value: object, name: str, attributes: Mapping[str, tuple[str, ...]]) -> Any:
    argument = getattr(value, name, None)
    if name in attributes and (argument is not None or not hasattr(value, name)):
        return as_python([getattr(value, part) for part in attributes[name]])
    for end, known in _ARGUMENTS.items():
        if name.endswith(end) and argument is not None:
            return _object(argument, known)
    return as_python(argument)


def _object(value: Any, known: Mapping[str, type[KerasObject]]) -> dict[str, Any]:
    """Tagged data for an initializer, a regularizer or a constraint."""
    kind = type(value).__name__
    if not is_keras(value) or kind not in known:
        name = getattr(value, "__name__", kind)
        return {"kind": "OtherArgument", "class_name": str(name)[:100]}
    if np.ndim(getattr(value, "value", 0)):
        return {"kind": "OtherArgument", "class_name": f"{kind} of an array"}
    return {"kind": kind, **arguments(value, known[kind])}


def is_keras(value: object) -> bool:
    """Whether a function or a class, or that of another object, is part of Keras: no subclass is."""
    named = value if hasattr(value, "__name__") else type(value)
    module = module_of(named)  # a class that was made without a module has its base's
    is_there = getattr(sys.modules.get(module), named.__name__, None) is named
    return module.startswith("keras.") and is_there


def keras_class(value: object) -> type | None:
    """The class of Keras whose code alone says what an object computes; None if there is none.

    It is the object's own class, or one from which that inherits and changes nothing but how an
    object is constructed.
    """
    classes = type(value).__mro__
    kind = next((c for c in classes if is_keras(c)), None)
    own = classes[: classes.index(kind)] if kind else ()
    overridden = any(_acts(name) and hasattr(kind, name) for c in own for name in vars(c))
    return None if overridden else kind


def _acts(name: str) -> bool:
    """Whether an attribute of a class may change what an object computes."""
    return name in _ACTING if name.startswith("__") else name not in _HARMLESS


def class_name(value: object) -> str:
    """The name of that class of Keras, or else of the object's own class."""
    return (keras_class(value) or type(value)).__name__


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
