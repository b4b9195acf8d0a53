"""Run models that are built from checked data: the batches that they read, their classes and losses.

No student code runs here. But the model is a student's, so the sandbox holds no secrets of the kit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.keras_objects.losses import CLASSES, LOSS, LOSSES
from autograder.sandbox.guest.descent import descend, loss
from autograder.sandbox.guest.keras_builder import build_model
from autograder.sandbox.guest.keras_weights import put_weights

MEASURED_AT_ONCE = 256  # batch size for validation and prediction


def classes_by(
    data: dict[str, Any], weights: Sequence[np.ndarray], images: np.ndarray
) -> np.ndarray:
    """The predicted classes of images, by a model built from its data and weights."""
    model, layers = build_model(data)
    put_weights(layers, weights)
    return classes_of(model, images)


def descended(request: dict[str, Any], arrays: Sequence[np.ndarray]) -> dict[str, Any]:
    """The losses and the weights of gradient descent from given weights; see `descend`."""
    return descend(*build_model(request["model"]), request, arrays)


def loss_of(model: dict[str, Any], arrays: Sequence[np.ndarray]) -> float:
    """The loss of a model: `arrays` are images, one-hot rows and the model's weights."""
    return loss(*build_model(model), arrays)


def classes_of(model: Any, images: np.ndarray) -> np.ndarray:
    """The most probable class of each image, as uint8."""
    unlabelled = np.zeros(len(images), np.uint8)
    data = batches(images, unlabelled, MEASURED_AT_ONCE)
    classes: np.ndarray = np.argmax(model.predict(data, verbose=0), axis=1).astype(np.uint8)
    return classes


def batches(
    images: np.ndarray,
    labels: np.ndarray,
    batch_size: int,
    *,
    seed: int | None = None,
    loss: str = LOSS,
) -> Any:
    """A tf.data.Dataset of (pixels, labels): float32 of (batch, 28, 28, 1) from 0 to 1, and int.

    For a `loss` that takes them, the labels are rows with a 1 in the column of the class.

    With a seed, each epoch has its own order. Given arrays, `fit` would go through the images in
    the same order in all epochs, once a global seed is set (Keras 3.15).
    """
    import tensorflow as tf

    if LOSSES[loss].one_hot:
        labels = np.eye(CLASSES, dtype=np.float32)[labels]
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
