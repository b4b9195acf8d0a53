"""Build Keras models, optimizers and callbacks from checked data, and predict with a model.

No student code runs here. But the model is a student's, so the sandbox holds no secrets of the kit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from autograder.keras_objects.optimizers import OPTIMIZERS
from autograder.sandbox.guest.descent import descend
from autograder.sandbox.guest.given_weights import put_weights

MEASURED_AT_ONCE = 256  # batch size for validation and prediction


class NotBuildable(Exception):
    """Keras refuses an argument of a layer or an optimizer; the message comes from Keras."""


@contextmanager
def _refusals() -> Iterator[None]:
    """Raise NotBuildable for the ValueError with which a Keras constructor refuses an argument.

    Such arguments occur: student code may have set an attribute after the construction.
    """
    try:
        yield
    except ValueError as error:
        raise NotBuildable(" ".join(str(error).split())) from None


def classes_by(
    data: dict[str, Any], weights: Sequence[np.ndarray], images: np.ndarray
) -> np.ndarray:
    """The predicted classes of images, by a model built from its data and weights."""
    model, layers = build_model(data)
    put_weights(layers, weights)
    return classes_of(model, images)


def descended(request: dict[str, Any], arrays: Sequence[np.ndarray]) -> dict[str, Any]:
    """Measure gradient descent from given weights, and how a student's weights compare; see `descend`."""
    return descend(*build_model(request["model"]), request, arrays)


def classes_of(model: Any, images: np.ndarray) -> np.ndarray:
    """The most probable class of each image, as uint8."""
    unlabelled = np.zeros(len(images), np.uint8)
    data = batches(images, unlabelled, MEASURED_AT_ONCE)
    classes: np.ndarray = np.argmax(model.predict(data, verbose=0), axis=1).astype(np.uint8)
    return classes


def build(recipe: dict[str, Any], rate: float | None = None, batches_at_once: int = 1) -> Any:
    """The compiled Keras model of a canonical recipe, with a constant `rate` if one is given."""
    import keras

    (model, _), compiled = build_model(recipe["model"]), recipe["model"]["compiled"]
    model.compile(
        optimizer=build_optimizer(compiled, rate),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=compiled["from_logits"]),
        metrics=["accuracy"],
        jit_compile=False,
        steps_per_execution=batches_at_once,
    )
    return model


def build_optimizer(compiled: dict[str, Any], rate: float | None = None) -> Any:
    """The Keras optimizer that a model was compiled with, or one with another, constant `rate`."""
    import keras

    optimizer = getattr(keras.optimizers, OPTIMIZERS[compiled["optimizer"]].keras_class)
    if rate is None:
        schedule = compiled["schedule"]
        rate = (
            _make(keras.optimizers.schedules, schedule) if schedule else compiled["learning_rate"]
        )
    with _refusals():
        return optimizer(learning_rate=rate, **compiled["settings"])


def build_callback(data: dict[str, Any]) -> Any:
    """The Keras callback built from checked data."""
    import keras

    return _make(keras.callbacks, data)


def build_model(data: dict[str, Any]) -> tuple[Any, list[Any]]:
    """The Keras model built from checked data by calling constructors, and its layers.

    The layers are in the order of the data, which may differ from the order of `model.layers`.
    """
    import keras

    values = [keras.Input(tuple(data["input_shape"]))]
    sources = data.get("sources") or [(value,) for value in range(len(data["layers"]))]
    layers = [build_layer(layer) for layer in data["layers"]]
    for layer, indices in zip(layers, sources, strict=True):
        inputs = [values[value] for value in indices]
        with _refusals():
            values.append(layer(inputs if len(inputs) > 1 else inputs[0]))
    return keras.Model(values[0], values[-1]), layers


def build_layer(data: dict[str, Any]) -> Any:
    """The Keras layer built from checked data."""
    import keras

    return _make(keras.layers, data)


def _make(module: Any, data: dict[str, Any]) -> Any:
    """An object built from checked data: `kind` is one of the schema's tags, each a class of `module`."""
    arguments = {name: value for name, value in data.items() if name != "kind"}
    with _refusals():
        return getattr(module, data["kind"])(**arguments)


def batches(
    images: np.ndarray, labels: np.ndarray, batch_size: int, *, seed: int | None = None
) -> Any:
    """A tf.data.Dataset of (pixels, labels): float32 of (batch, 28, 28, 1) from 0 to 1, and int.

    With a seed, each epoch has its own order. Given arrays, `fit` would go through the images in
    the same order in all epochs, once a global seed is set (Keras 3.15).
    """
    import tensorflow as tf

    pixels, classes = tf.constant(images[..., None]), tf.constant(labels)
    rows = tf.data.Dataset.range(len(images))
    if seed is not None:
        rows = rows.shuffle(len(images), seed=seed, reshuffle_each_iteration=True)
    options = tf.data.Options()
    # The autotune thread sleeps for up to a minute before a finished pipeline can be freed.
    options.autotune.enabled = False

    def gather(indices: Any) -> tuple[Any, Any]:
        return tf.cast(tf.gather(pixels, indices), tf.float32) / 255.0, tf.gather(classes, indices)

    return rows.batch(batch_size).map(gather).with_options(options)
