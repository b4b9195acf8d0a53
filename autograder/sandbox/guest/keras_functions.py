"""Name an activation or a loss by what it computes: a function of a student's may have any name.

Runs in the process of student code, so nothing in its output is trusted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograder.keras_objects.activations import ACTIVATIONS
from autograder.keras_objects.losses import CLASSES
from autograder.sandbox.guest.keras_steering import class_name, is_keras, keras_class

_LOSSES = ("categorical_crossentropy", "sparse_categorical_crossentropy")


def activation_name(value: Any, dimensions: int) -> str:
    """The name of a layer's activation, whose argument has `dimensions` axes.

    A function that is not Keras's own gets the name of the one that computes the same, if there is one.
    """
    import keras

    text = _snake_case(value)
    if getattr(keras.activations, text, None) is value:
        return text
    if is_keras(value) and type(value).__name__ == "PReLU":
        return text  # it has weights, and is ReLU only as long as they are 0
    drawn = np.random.default_rng(0).normal(0, 4, (2, 2, 3, 4, 5)[-dimensions - 1 :])
    drawn[1] *= 5  # where a function may be cut off
    sample = np.concatenate(drawn).astype(np.float32)
    others = {name: getattr(keras.activations, name) for name in sorted(ACTIVATIONS)}
    if name := _equal(value, others, [sample]):
        return name
    name = keras_name(value)
    # A layer that is named like a function, with other arguments than the function's.
    return f"{name} with arguments of its own" if name in ACTIVATIONS else name


def lambda_activation(layer: Any) -> str:
    """The name of the activation that a Lambda layer is; "" for a layer of another kind."""
    if class_name(layer) != "Lambda" or keras_class(layer) is None:
        return ""
    dimensions = len(getattr(getattr(layer, "output", None), "shape", ())) or 2
    name = activation_name(layer.function, dimensions)
    return name if name in ACTIVATIONS else ""


def loss_name(value: Any) -> str:
    """The name of a loss given as string, function or object, by the same rule."""
    import keras

    name = "none" if value is None else keras_name(value)
    if not name.startswith("own "):
        return name
    random = np.random.default_rng(0)
    labels, numbers = random.integers(0, CLASSES, 6), random.random((6, CLASSES)) + 0.01
    probabilities = (numbers / numbers.sum(axis=1, keepdims=True)).astype(np.float32)
    for loss in _LOSSES:
        answers = labels if loss.startswith("sparse") else np.eye(CLASSES, dtype=np.float32)[labels]
        if _equal(value, {loss: getattr(keras.losses, loss)}, [answers, probabilities]):
            return loss
    return name


def keras_name(value: Any) -> str:
    """The name of a loss, metric or activation given as string, function or object, in snake_case.

    "own ..." for what is not Keras's own, also under the name of something that is.
    """
    name = _snake_case(value)
    return name if isinstance(value, str) or is_keras(value) else f"own {name}"


def _snake_case(value: object) -> str:
    text = (
        value if isinstance(value, str) else str(getattr(value, "__name__", type(value).__name__))
    )
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text).lower()[:90]


def _equal(
    value: Any, others: dict[str, Callable[..., Any]], arguments: Sequence[np.ndarray]
) -> str:
    """The first name in `others` whose function returns what `value` does; "" if none does."""
    import keras
    import tensorflow

    tensors = [keras.ops.convert_to_tensor(argument) for argument in arguments]
    try:
        # As `fit` calls it, in a graph, where a function of NumPy's raises.
        returned = np.asarray(tensorflow.function(value, autograph=False)(*tensors))
    except Exception:  # a student's function may raise anything
        return ""
    for name, other in others.items():
        expected = np.asarray(other(*tensors))
        # Only the mean of a loss counts, so a loss may return it.
        for right in (expected, expected.mean()) if len(arguments) > 1 else (expected,):
            if returned.shape == right.shape and np.allclose(returned, right, rtol=1e-4, atol=1e-5):
                return name
    return ""
