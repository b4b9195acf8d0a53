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
from autograder.keras_objects.losses import CLASSES, LOSSES
from autograder.keras_objects.optimizers import OPTIMIZERS
from autograder.sandbox.guest.keras_builder import (
    build_loss,
    build_model,
    build_optimizer,
)
from autograder.sandbox.guest.keras_steering import as_python, is_keras
from autograder.sandbox.guest.keras_weights import is_normalization

_IMAGES = 2
_LARGE = 1_000_000  # weights, of which a copy is worth the 0.2 s that it takes to free it
_CODE = ("__call__", "apply_gradients", "call", "compute_loss", "train_step", "update_step")
_RATE = 0.01  # of a step that is compared, where the student's begins with 0
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
    if _count(model.weights) > _LARGE:
        gc.collect()  # layers and their graph refer to each other, and Python would wait long
    return different


def _compared(model: Any, leaves: Sequence[Any], data: dict[str, Any]) -> list[str]:
    with _kept(model):
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
        if [w.shape for w in _floats(leaf)] != [w.shape for w in _floats(layer)]:
            yield f"the weights of {leaf.name}"[:100]
            return
    if was_set := next((leaf.name for leaf, _ in pairs if _has_set_weights(leaf)), ""):
        yield f"training (the weights that were set in {was_set}, which is not trained)"[:100]
        return
    statistics = sum(
        _count(layer.weights) for layer in model._flatten_layers() if is_normalization(layer)
    )
    if _count(model.weights) - statistics != _count(twin.weights):
        yield "the number of parameters"
        return
    shape = (_IMAGES, *twin.inputs[0].shape[1:])
    images = np.random.default_rng(0).random(shape).astype(np.float32)
    for training, what in ((False, "predictions"), (True, _in_training(model))):
        _give_same_state(pairs)
        # Keras calls a model without this argument as in inference, and its layers too.
        passes_on = getattr(model, "_call_has_training_arg", True)
        given = {"training": training} if passes_on else {}
        if not _close(model(images, **given), twin(images, training=training)):
            yield what if passes_on else _NO_ARGUMENT
            return
    if _count(model.trainable_weights) != _count(twin.trainable_weights):
        yield "training (which weights are trained)"
        return
    if compiled is not None and (changed := _changed_afterwards(pairs)):
        yield f"training ({changed})"[:100]
        return
    parts = [model, *model._flatten_layers(), model.optimizer if model.compiled else None]
    if model.compiled and any(name in vars(model.optimizer) for name in _CODE):
        yield "training (the code of its optimizer)"
        return
    own_code = not all(map(_is_kerass, parts)) or any(map(_has_own_activation, parts))
    if own_code and compiled is not None and _is_trainable(compiled):
        yield from _step_differences(model, twin, pairs, compiled, images)


def _in_training(model: Any) -> str:
    """The name of a difference of predictions in training, with the own classes that may cause it."""
    parts = [model, *model._flatten_layers()]
    own = sorted({type(part).__name__ for part in parts if not is_keras(part)})
    return f"{IN_TRAINING}; see {', '.join(own)})"[:100] if own else f"{IN_TRAINING})"


def _step_differences(
    model: Any, twin: Any, pairs: Sequence[tuple[Any, Any]], compiled: dict[str, Any], images: Any
) -> Iterator[str]:
    """Train both on one batch and compare the loss and the weights."""
    labels: Any = np.arange(1, 1 + len(images))
    if LOSSES[compiled["loss"]].one_hot:
        labels = np.eye(CLASSES, dtype=np.float32)[labels]
    # A schedule may begin with 0, by which no weight changes; its own rates are in the description.
    rate = compiled["learning_rate"] or _RATE
    different = ""
    # As the training does it, in a graph, only if need be: there Keras takes the logits of any softmax.
    for in_graph in (False, True):
        twin.compile(optimizer=build_optimizer(compiled, rate), loss=build_loss(compiled))
        _give_same_state(pairs)
        own_optimizer = model.optimizer
        try:
            # It may have trained already. Its class and its arguments are in the description.
            model.optimizer = build_optimizer(compiled, rate)
            losses = [_trained_once(one, images, labels, in_graph) for one in (model, twin)]
        finally:
            model.optimizer = own_optimizer
        same_weights = all(
            _close(own, built)
            for leaf, layer in pairs
            for own, built in zip(_floats(leaf), _floats(layer), strict=True)
        )
        different = "the weights after" if _close(*losses) else "the loss of"
        if different == "the weights after" and same_weights:
            return
    yield f"training ({different} one step)"


def _trained_once(model: Any, images: Any, labels: Any, in_graph: bool) -> Any:
    """The loss of one step."""
    step = model.train_step
    if in_graph:
        import tensorflow as tf

        model.optimizer.build(model.trainable_variables)
        step = tf.function(step, autograph=False)
    model.reset_metrics()
    loss = step((images, labels))["loss"]
    model.reset_metrics()
    return loss


def _has_set_weights(layer: Any) -> bool:
    """Whether the weights of a layer that is not trained are not those that its initializers draw."""
    if getattr(layer, "trainable", True):
        return False
    for weight in _floats(layer):
        name = f"{weight.name.removesuffix('_kernel')}_initializer"
        initializer: Any = getattr(layer, name, None)
        # One with a whole number as seed, which Keras sets too, draws the same each time.
        if is_keras(initializer) and isinstance(getattr(initializer, "seed", 0), int):
            drawn = initializer(weight.shape, dtype=weight.dtype)
            if not np.allclose(np.asarray(weight), np.asarray(drawn), atol=1e-6):
                return True
    return False


def _changed_afterwards(pairs: Sequence[tuple[Any, Any]]) -> str:
    """The regularizer or constraint of a layer that was changed when its weight was there; "" for none.

    The description has the layer's own, and the training follows that of the weight.
    """
    for leaf, layer in pairs:
        for own, built in zip(_floats(leaf), _floats(layer), strict=True):
            for name in ("regularizer", "constraint"):
                if _arguments(getattr(own, name, None)) != _arguments(getattr(built, name, None)):
                    return f"the {name} of {own.name} of {leaf.name}"
    return ""


def _arguments(value: Any) -> Any:
    """The class and the arguments of a regularizer or a constraint."""
    if value is None:
        return None
    config = value.get_config() if hasattr(value, "get_config") else {}
    return type(value), {name: as_python(entry) for name, entry in config.items()}


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


def _give_same_state(pairs: Sequence[tuple[Any, Any]]) -> None:
    """Give the layers of each pair the same weights and the same seed.

    A vector becomes random, since a fresh bias is 0 whatever is done with it, and positive, since it
    may be a variance. So does a kernel of zeros.
    """
    drawn = np.random.default_rng(1)
    for number, pair in enumerate(pairs):
        for own, built in zip(*map(_floats, pair), strict=True):
            if len(own.shape) < 2 or not np.any(own):
                own.assign(drawn.uniform(0.5, 1.5, own.shape))
            built.assign(own)
        for layer in pair:
            for place, generator in enumerate(_generators(layer)):
                generator.state.assign([number, place])


def _generators(layer: Any) -> list[Any]:
    """The seed generators of a layer and of the layers in it."""
    inner = layer._flatten_layers() if hasattr(layer, "_flatten_layers") else []
    return [generator for part in inner for generator in getattr(part, "_seed_generators", [])]


def _floats(layer: Any) -> list[Any]:
    return [weight for weight in layer.weights if "float" in str(weight.dtype)]


def _count(weights: Sequence[Any]) -> int:
    floats = (weight for weight in weights if "float" in str(weight.dtype))
    return sum(math.prod(weight.shape) for weight in floats)


def _close(one: Any, other: Any) -> bool:
    ours, theirs = np.asarray(one), np.asarray(other)
    # As exact as the student's model computes.
    relative, absolute = (1e-4, 1e-6) if ours.dtype == np.float32 else (0.05, 0.05)
    return ours.shape == theirs.shape and np.allclose(
        ours, theirs, rtol=relative, atol=absolute, equal_nan=True
    )


@contextmanager
def _kept(model: Any) -> Iterator[None]:
    """Put the weights of a model back at the end."""
    values = [(variable, variable.numpy().copy()) for variable in model.variables]
    try:
        yield
    finally:
        for variable, value in values:
            variable.assign(value)


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
