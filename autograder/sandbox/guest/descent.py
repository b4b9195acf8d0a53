"""Gradient descent from given weights in the training worker, with the losses on the way."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.sandbox.guest.keras_weights import put_weights, variables


def descend(
    model: Any, layers: Sequence[Any], request: dict[str, Any], arrays: Sequence[np.ndarray]
) -> dict[str, Any]:
    """Follow a `Descent` by its request and arrays: losses, accuracies, and the weights of each step."""
    import keras
    import tensorflow as tf

    images, rows, others, other_rows, *start = arrays
    optimizer, trained = keras.optimizers.get("sgd"), variables(layers)
    batch, epoch_steps, epochs = (request[name] for name in ("batch", "epoch_steps", "epochs"))
    put_weights(layers, start)
    steps, measurements = [start], [_measured(model, images, rows)]
    right_loss = math.nan
    for step in range(request["steps"]):
        first = step % epoch_steps * batch % len(images)
        batch_rows = slice(first, first + batch)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(
                keras.losses.categorical_crossentropy(
                    rows[batch_rows], model(images[batch_rows], training=True)
                )
            )
        gradients = tape.gradient(loss, [variable.value for variable in trained])
        optimizer.apply_gradients(zip(gradients, trained, strict=True))
        steps.append([np.array(variable) for variable in trained])
        epoch, steps_into_epoch = divmod(step + 1, epoch_steps)
        if steps_into_epoch == 0 and epoch <= epochs:
            measurements.append(_measured(model, images, rows))
        if steps_into_epoch == 0 and epoch == epochs:
            right_loss = _measured(model, others, other_rows)[0]
    return {
        "losses": [loss for loss, _ in measurements],
        "accuracies": [accuracy for _, accuracy in measurements],
        "right": right_loss,
        "steps": steps,
    }


def loss(model: Any, layers: Sequence[Any], arrays: Sequence[np.ndarray]) -> float:
    """The loss of a model with given weights: `arrays` are images, one-hot rows and the weights."""
    images, rows, *weights = arrays
    put_weights(layers, weights)
    return _measured(model, images, rows)[0]


def _measured(model: Any, images: np.ndarray, rows: np.ndarray) -> tuple[float, float]:
    """(loss, accuracy) of images with one-hot labels."""
    import keras

    probabilities = model(images, training=False)
    losses = np.asarray(keras.losses.categorical_crossentropy(rows, probabilities))
    is_right = np.argmax(np.asarray(probabilities), axis=1) == np.argmax(rows, axis=1)
    return float(losses.mean()), float(is_right.mean())
