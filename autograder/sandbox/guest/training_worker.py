"""The training worker: trains a model that crossed as data, and predicts; runs in a sandbox of its own.

Started as `python -m autograder.sandbox.guest.training_worker IN OUT [CGROUP]`, with two descriptors. It gets one
frame: to train, a checked recipe, a seed, and arrays of training, validation and test
images, with labels for the first two only; to predict, a checked model, images and the
model's weights; to descend, a model, data, and weights to begin with and to compare with. It
answers with the predicted classes and, after a training, the history, or with what it measured;
in a long training, frames with its state so far come before that, and the state of one that was
broken off may stand in the request.
No student code runs here, but the model is a student's, so nothing of the kit's is here either.
"""

from __future__ import annotations

import math
import sys
import time
from typing import Any

import numpy as np

from autograder.sandbox.guest import checkpoint, rlimits
from autograder.sandbox.guest.keras_builder import (
    MEASURED_AT_ONCE,
    NotBuildable,
    batches,
    build,
    build_callback,
    classes_by,
    classes_of,
    descended,
)
from autograder.sandbox.protocol import frames, limits
from autograder.sandbox.protocol.values import decode, encode

_METRICS = ("loss", "accuracy", "val_loss", "val_accuracy")
_LONGEST_REFUSAL = 500
# Batches between which TensorFlow does not go back to Python. Weights and metrics are the same to
# the bit as with 1; an epoch of a small network takes a tenth less.
_BATCHES_AT_ONCE = 32


def main(source: int, sink: int) -> None:
    """Answer one request; the descriptors are the ends of two pipes."""
    request, blobs = frames.read_frame(source, most=frames.MAX_TRAINING)
    rlimits.apply(limits.Limits(**request["limits"]))
    arrays = [decode({"$array": index}, blobs) for index in range(len(blobs))]
    out: list[bytes] = []
    try:
        answer = _answer(request, arrays, sink)
    except NotBuildable as refusal:
        frames.write_frame(sink, {"refused": str(refusal)[:_LONGEST_REFUSAL]}, out)
        return
    frames.write_frame(sink, {name: encode(value, out) for name, value in answer.items()}, out)


def _answer(
    request: dict[str, Any], arrays: list[np.ndarray], sink: int
) -> dict[str, np.ndarray | dict[str, Any]]:
    match request["op"]:
        case "predict":
            images, *weights = arrays
            return {"predicted": classes_by(request["model"], weights, images)}
        case "descend":
            return {"descended": descended(request, arrays)}
        case "overfit":
            predicted, history = overfit(request, *arrays)
        case _:
            predicted, history = run(request, arrays, sink)
    return {"predicted": predicted, "history": history}


def run(
    request: dict[str, Any], arrays: list[np.ndarray], sink: int
) -> tuple[np.ndarray, dict[str, Any]]:
    """(predicted classes of the test images as uint8, metrics and processor seconds by epoch).

    The same request gives the same answer on the same kind of machine: the seed covers
    weights, order of images and dropout, operations are the deterministic ones, and threads
    are fixed. With "begun" in the request, the arrays end with the state after so many epochs.
    """
    import keras

    _be_deterministic(request)
    recipe, begun = request["recipe"], request.get("begun")
    train, train_labels, validation, validation_labels, test, *state = arrays
    model = build(recipe, batches_at_once=_BATCHES_AT_ONCE)
    data = batches(train, train_labels, recipe["batch_size"], seed=request["seed"])
    metrics: dict[str, list[float]] = {name: [] for name in (*_METRICS, "learning_rate", "seconds")}
    if begun:
        checkpoint.put_back(model, state, data, begun["epochs"])
        metrics = decode(begun["history"], [])
    # What a callback remembers of earlier epochs is in no state.
    every = math.inf if recipe["callbacks"] else request["keep_every"]
    keep = checkpoint.Keeper(model, sink, every, request["largest_state"])
    began = time.process_time()

    def note(epoch: int, logs: dict[str, float]) -> None:
        nonlocal began
        rate = float(model.optimizer.learning_rate)  # at the end of the epoch, whoever set it
        logs = {**logs, "learning_rate": rate, "seconds": time.process_time() - began}
        for name, values in metrics.items():
            values.append(float(logs[name]))
        if epoch + 1 < recipe["epochs"]:
            keep.after(epoch + 1, metrics)
        began = time.process_time()

    rates = recipe["learning_rates"]  # none where a schedule or a callback sets them
    steering = [keras.callbacks.LearningRateScheduler(lambda epoch: rates[epoch])] if rates else []
    model.fit(
        data,
        epochs=recipe["epochs"],
        initial_epoch=begun["epochs"] if begun else 0,
        validation_data=batches(validation, validation_labels, MEASURED_AT_ONCE),
        callbacks=[
            *steering,
            *map(build_callback, recipe["callbacks"]),
            keras.callbacks.LambdaCallback(on_epoch_end=note),
        ],
        verbose=0,
    )
    return classes_of(model, test), metrics


def overfit(
    request: dict[str, Any], images: np.ndarray, labels: np.ndarray
) -> tuple[np.ndarray, dict[str, Any]]:
    """The loss after each of many steps on one and the same batch, at the recipe's highest rate."""
    import keras

    _be_deterministic(request)
    recipe = request["recipe"]
    compiled = recipe["model"]["compiled"]
    highest = max(recipe["learning_rates"], default=compiled["learning_rate"])
    model = build(recipe, rate=highest)
    losses: list[float] = []
    keep = keras.callbacks.LambdaCallback(
        on_epoch_end=lambda epoch, logs: losses.append(float(logs["loss"]))
    )
    model.fit(
        batches(images, labels, len(images)),
        epochs=request["steps"],
        callbacks=[keep],
        verbose=0,
    )
    return classes_of(model, images), {"loss": losses}


def _be_deterministic(request: dict[str, Any]) -> None:
    import keras
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(request["threads"])
    tf.config.threading.set_inter_op_parallelism_threads(1)
    tf.config.experimental.enable_op_determinism()
    keras.utils.set_random_seed(request["seed"])


if __name__ == "__main__":
    given_source, given_sink, *given_cgroup = map(int, sys.argv[1:])
    rlimits.enter(given_cgroup)
    main(given_source, given_sink)
