"""Compare a student's model with the one that is built from its description.

Whatever a description leaves out would be trained otherwise than the student's own model. So the
model is built again before the description is sent, and both must compute the same.
Runs in the process of student code, so nothing in its output is trusted.
"""

from __future__ import annotations

import gc
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
import numpy as np

from autograder.keras_objects import bounds
from autograder.keras_objects.base import ShapeError
from autograder.keras_objects.layers import Layer, shapes
from autograder.keras_objects.losses import LOSSES
from autograder.keras_objects.optimizers import OPTIMIZERS
from autograder.sandbox.guest.keras_builder import build_model
from autograder.sandbox.guest.keras_steering import is_keras
from autograder.sandbox.guest.keras_twin_step import step_differences
from autograder.sandbox.guest.keras_twin_weights import (
    changed_afterwards,
    close,
    count_floats,
    floats,
    give_same_state,
    has_set_weights,
    kept_weights,
)
from autograder.sandbox.guest.keras_weights import is_normalization

_IMAGES = 2
_LARGE = 1_000_000  # weights, of which a copy is worth the 0.2 s that it takes to free it
_CODE = ("__call__", "apply_gradients", "call", "compute_loss", "train_step", "update_step")
IN_TRAINING = "training (predictions"  # how a difference begins that only training shows
_NO_ARGUMENT = "training (its call takes no argument `training` to hand on to its layers)"


def differences(model: Any, leaves: Sequence[Any], data: dict[str, Any]) -> list[str]:
    """In what a model differs from the one that its description makes; [] for nothing.

    What makes a difference in training alone begins with "training".

    Args:
        model: the student's model, built. Its weights and its optimizer are left as they were.
        leaves: the student's layer for each layer of the description; None where there is none.
        data: the description of the model, as it will be sent.

    """
    if not _is_comparable(data):
        return []
    different = _compared(model, leaves, data)
    if count_floats(model.weights) > _LARGE:
        gc.collect()  # layers and their graph refer to each other, and Python would wait long
    return different


def _compared(model: Any, leaves: Sequence[Any], data: dict[str, Any]) -> list[str]:
    with kept_weights(model):
        try:
            with _standard_dtype():
                twin, layers = build_model(_without_drawing(data))
                _apply_to_weights(twin)
        except Exception as error:  # Keras refuses an argument that an object may have all the same
            return [f"what it cannot be built with again: {error}"[:100]]
        return _between(model, twin, leaves, layers, data)


def _apply_to_weights(model: Any) -> None:
    """Call each regularizer and constraint, which may refuse the axes of its weight."""
    for weight in model.trainable_weights:
        for function in (weight.regularizer, weight.constraint):
            if function is not None:
                function(weight)


def _without_drawing(data: dict[str, Any]) -> dict[str, Any]:
    """The same model with weights of 0 at first: they get the student's, and drawing takes long."""

    def zeros(layer: dict[str, Any]) -> dict[str, Any]:
        return {
            name: {"kind": "Zeros"} if name.endswith("_initializer") else value
            for name, value in layer.items()
        }

    return {**data, "layers": [zeros(layer) for layer in data["layers"]]}


def _between(
    model: Any, twin: Any, leaves: Sequence[Any], layers: Sequence[Any], data: dict[str, Any]
) -> list[str]:
    pairs = [
        (leaf, layer)
        for leaf, layer in zip(leaves, layers, strict=True)
        if hasattr(leaf, "weights") and not is_normalization(leaf)
    ]
    try:
        # Own arguments are refused where a model is trained, and cannot be compared in training.
        compiled = None if data["unsupported_arguments"] else data["compiled"]
        return list(_differences(model, twin, pairs, compiled))
    except Exception as error:  # a student's `call` may raise anything
        return [f"a call, which ends in {type(error).__name__}"]


def _differences(
    model: Any, twin: Any, pairs: Sequence[tuple[Any, Any]], compiled: dict[str, Any] | None
) -> Iterator[str]:
    for leaf, layer in pairs:
        if [w.shape for w in floats(leaf)] != [w.shape for w in floats(layer)]:
            yield f"the weights of {leaf.name}"[:100]
            return
    if was_set := next((leaf.name for leaf, _ in pairs if has_set_weights(leaf)), ""):
        yield f"training (the weights that were set in {was_set}, which is not trained)"[:100]
        return
    statistics = sum(
        count_floats(layer.weights) for layer in model._flatten_layers() if is_normalization(layer)
    )
    if count_floats(model.weights) - statistics != count_floats(twin.weights):
        yield "the number of parameters"
        return
    shape = (_IMAGES, *twin.inputs[0].shape[1:])
    images = np.random.default_rng(0).random(shape).astype(np.float32)
    for training, kind in ((False, "predictions"), (True, _in_training(model))):
        give_same_state(pairs)
        # Keras calls a model without this argument as in inference, and its layers too.
        passes_on = getattr(model, "_call_has_training_arg", True)
        given = {"training": training} if passes_on else {}
        if not close(model(images, **given), twin(images, training=training)):
            yield kind if passes_on else _NO_ARGUMENT
            return
    if count_floats(model.trainable_weights) != count_floats(twin.trainable_weights):
        yield "training (which weights are trained)"
        return
    if compiled is not None and (changed := changed_afterwards(pairs)):
        yield f"training ({changed})"[:100]
        return
    parts = [model, *model._flatten_layers(), model.optimizer if model.compiled else None]
    if model.compiled and any(name in getattr(model.optimizer, "__dict__", ()) for name in _CODE):
        yield "training (the code of its optimizer)"
        return
    own_code = not all(map(_is_kerass, parts)) or any(map(_has_own_activation, parts))
    if own_code and compiled is not None and _is_trainable(compiled):
        yield from step_differences(model, twin, pairs, compiled, images)


def _in_training(model: Any) -> str:
    """The name of a difference of predictions in training, with the own classes that may cause it."""
    parts = [model, *model._flatten_layers()]
    own = sorted({type(part).__name__ for part in parts if not is_keras(part)})
    return f"{IN_TRAINING}; see {', '.join(own)})"[:100] if own else f"{IN_TRAINING})"


def _is_kerass(value: Any) -> bool:
    """Whether Keras's own code alone says what an object does. Its arguments are in the description."""
    return value is None or (is_keras(value) and not any(name in vars(value) for name in _CODE))


def _has_own_activation(layer: Any) -> bool:
    function = getattr(layer, "activation", None)
    return callable(function) and not is_keras(function)


def _is_comparable(data: dict[str, Any]) -> bool:
    """Whether a model is described as a whole, and small enough to be run beside its student's code."""
    if data["sources"] is None or data["input_shape"] is None:
        return False
    try:
        layers = msgspec.convert(data["layers"], list[Layer])
        reads = data["sources"] or [[value] for value in range(len(layers))]
        entering = list(shapes(layers, reads, tuple(data["input_shape"])))
    except (msgspec.ValidationError, ShapeError, IndexError):
        return False
    return (
        len(layers) <= bounds.MAX_LAYERS
        and max((math.prod(step.output_shape) for step in entering), default=0) <= bounds.MAX_VALUES
        and _sum(entering, "parameters") <= bounds.MAX_PARAMETERS
        and _sum(entering, "multiply_adds") <= bounds.MAX_MULTIPLY_ADDS
    )


def _sum(steps: Sequence[Any], method: str) -> int:
    return sum(getattr(step.layer, method)(step.shape) for step in steps)


def _is_trainable(compiled: dict[str, Any]) -> bool:
    """Whether a model is compiled with what the kit trains with; else it is refused anyway."""
    return (
        compiled["optimizer"] in OPTIMIZERS
        and compiled["loss"] in LOSSES
        and not compiled["left_out"]
    )


@contextmanager
def _standard_dtype() -> Iterator[None]:
    """Build layers of float32 whatever the student's code set."""
    import keras

    policy = keras.config.dtype_policy()
    keras.config.set_dtype_policy("float32")
    try:
        yield
    finally:
        keras.config.set_dtype_policy(policy)
