"""Read and set the weights of Keras layers, in the order in which they cross."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.sandbox.guest.keras_steering import class_name


def is_normalization(layer: Any) -> bool:
    """Whether a layer's weights are statistics, which cross as its arguments and not as weights."""
    return class_name(layer) == "Normalization"


def variables(layers: Sequence[Any]) -> list[Any]:
    """The weights of layers, as Keras variables.

    Other variables of a layer, the state of its random generator, are not float32.
    """
    return [weight for layer in layers for weight in layer.weights if weight.dtype == "float32"]


def put_weights(layers: Sequence[Any], arrays: Sequence[np.ndarray]) -> None:
    """Set the weights of layers. Raises ValueError if number or shapes do not match."""
    for variable, value in zip(variables(layers), arrays, strict=True):
        variable.assign(value)
