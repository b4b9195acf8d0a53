"""Name the arguments of a Keras layer that its description leaves out.

Runs in the process of student code, so nothing in its output is trusted.
"""

from __future__ import annotations

from typing import Any

from autograder.sandbox.guest.keras_builder import argument_object
from autograder.sandbox.guest.keras_steering import keras_class

ALONG_THE_LAST_AXIS = (
    "Concatenate",
    "GroupNormalization",
    "LayerNormalization",
    "Softmax",
    "UnitNormalization",
)  # along another, the kit does not support them


def unsupported_arguments(layer: Any, data: dict[str, Any]) -> list[str]:
    """The arguments of a layer that differ from Keras's defaults and do not cross, as "argument of Class"."""
    kind = data["kind"]
    if kind == "Other" or not hasattr(layer, "dtype_policy"):  # an operation has neither
        return []
    own = [
        f"an own {name} of {kind}"[:100]
        for name, value in data.items()
        if isinstance(value, dict) and value["kind"] == "OtherArgument"
    ]
    if own or kind == "Normalization":
        return own
    known = {
        name: argument_object(name, value)
        for name, value in data.items()
        if name != "kind" and (name != "activation" or kind == "Activation")
    }
    try:
        kind_of_keras: Any = keras_class(layer) or type(layer)
        config, defaults = kind_of_keras.get_config(layer), kind_of_keras(**known).get_config()
    except Exception:  # a Reshape in place of Flatten, a function that has no name in Keras
        return []
    harmless = {"name", "seed", "dtype", "trainable", *data}
    if kind in ALONG_THE_LAST_AXIS:
        harmless.add("axis")
    others = [
        f"{argument} of {kind}"[:100]
        for argument, value in config.items()
        if argument not in harmless and value != defaults.get(argument)
    ]
    policy = layer.dtype_policy.name
    return others if policy == "float32" else [*others, f"dtype {policy} of {kind}"[:100]]
