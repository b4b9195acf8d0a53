"""In the training worker: gradient descent from given weights, each step measured."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.sandbox.guest.given_weights import put_weights, variables


def descend(
    model: Any, layers: Sequence[Any], request: dict[str, Any], arrays: Sequence[np.ndarray]
) -> dict[str, Any]:
    """The fields of `autograder.models.descent.Descended` for the arrays of a `Descent`."""
    import keras
    import tensorflow as tf

    images, rows, others, other_rows, *weights = arrays
    start, reached = weights[: len(weights) // 2], weights[len(weights) // 2 :]
    optimizer, trained = keras.optimizers.get("sgd"), variables(layers)
    batch, epoch_steps, epochs = (request[name] for name in ("batch", "epoch_steps", "epochs"))
    put_weights(layers, start)
    passed, measures = [start], [_measured(model, images, rows)]
    right = math.nan
    for step in range(request["steps"]):
        first = step % epoch_steps * batch % len(images)
        chosen = slice(first, first + batch)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(
                keras.losses.categorical_crossentropy(
                    rows[chosen], model(images[chosen], training=True)
                )
            )
        gradients = tape.gradient(loss, [variable.value for variable in trained])
        optimizer.apply_gradients(zip(gradients, trained, strict=True))
        passed.append([np.array(variable) for variable in trained])
        epoch, rest = divmod(step + 1, epoch_steps)
        if rest == 0 and epoch <= epochs:
            measures.append(_measured(model, images, rows))
        if rest == 0 and epoch == epochs:
            right = _measured(model, others, other_rows)[0]
    put_weights(layers, reached)
    way = _apart(passed[epoch_steps * epochs], start)
    return {
        "losses": [loss for loss, _ in measures],
        "accuracies": [accuracy for _, accuracy in measures],
        "distances": [_apart(reached, weights) / way for weights in passed],
        "right": right,
        "reached": _measured(model, others, other_rows)[0],
    }


def _measured(model: Any, images: np.ndarray, rows: np.ndarray) -> tuple[float, float]:
    """(loss, accuracy) of images with one-hot labels."""
    import keras

    probabilities = model(images, training=False)
    losses = np.asarray(keras.losses.categorical_crossentropy(rows, probabilities))
    right = np.argmax(np.asarray(probabilities), axis=1) == np.argmax(rows, axis=1)
    return float(losses.mean()), float(right.mean())


def _apart(some: Sequence[np.ndarray], others: Sequence[np.ndarray]) -> float:
    """The distance between two sets of weights, each taken as one long row."""
    squares = (
        np.square(one.astype(np.float64) - other).sum()
        for one, other in zip(some, others, strict=True)
    )
    return math.sqrt(sum(squares))
