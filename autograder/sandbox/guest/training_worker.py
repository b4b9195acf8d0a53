"""The training worker: trains a model that it gets as data, and predicts, in its own sandbox.

Started as `python -m autograder.sandbox.guest.training_worker IN OUT [CGROUP]`; the arguments are descriptors.
It gets one request frame. To train: a checked recipe, a seed, and training, validation and test
images, with labels for the first two only. To predict: a checked model, images and the model's
weights. To descend: a model, data and initial weights; for a loss: a model, data and weights. It
answers with the predicted classes, and after a training the history, or with its measurements. During a long
training it sends frames with the state before that. The request may have the state of an
interrupted run. No student code runs here. But the model is a student's, so the sandbox holds no
secrets of the kit.
"""

from __future__ import annotations

import ctypes
import math
import sys
import time
from typing import Any

import numpy as np

from autograder.sandbox.guest import checkpoint, rlimits
from autograder.sandbox.guest.built_models import (
    MEASURED_AT_ONCE,
    batches,
    classes_by,
    classes_of,
    descended,
    loss_of,
)
from autograder.sandbox.guest.keras_builder import NotBuildable, build, build_callback
from autograder.sandbox.protocol import frames, limits
from autograder.sandbox.protocol.values import decode, encode

_METRICS = ("loss", "accuracy", "val_loss", "val_accuracy")
_LONGEST_REFUSAL = 500
# Batches that TensorFlow runs without returning to Python. Weights and metrics are bit for bit the
# same as with 1; an epoch of a small network takes a tenth less.
_BATCHES_AT_ONCE = 32
# Options of mallopt(3), numbers of glibc's malloc.h.
_TRIM_THRESHOLD, _MMAP_MAX = -1, -4
_NEVER_TRIM = 2**31 - 1  # bytes: the largest int


def main(source: int, sink: int) -> None:
    """Answer one request. The descriptors are the ends of two pipes."""
    request, blobs = frames.read_frame(source, most=frames.MAX_TRAINING)
    rlimits.apply(limits.Limits(**request["limits"]))
    _keep_freed_memory()
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
) -> dict[str, np.ndarray | float | dict[str, Any]]:
    match request["op"]:
        case "predict":
            images, *weights = arrays
            return {"predicted": classes_by(request["model"], weights, images)}
        case "descend":
            return {"descended": descended(request, arrays)}
        case "loss":
            return {"loss": loss_of(request["model"], arrays)}
        case "overfit":
            predicted, history = overfit(request, *arrays)
        case _:
            predicted, history = run(request, arrays, sink)
    return {"predicted": predicted, "history": history}


def run(
    request: dict[str, Any], arrays: list[np.ndarray], sink: int
) -> tuple[np.ndarray, dict[str, Any]]:
    """(predicted classes of the test images as uint8, metrics and processor seconds by epoch).

    The same request gives the same answer on the same kind of machine: the seed determines weights,
    order of images and dropout, the operations are deterministic, and the number of threads is
    fixed. If the request has "begun", the arrays end with the state after that many epochs.
    """
    import keras

    _be_deterministic(request)
    recipe, resumed = request["recipe"], request.get("begun")
    train, train_labels, validation, validation_labels, test, *state = arrays
    model = build(recipe, batches_at_once=_BATCHES_AT_ONCE)
    loss = recipe["model"]["compiled"]["loss"]
    data = batches(train, train_labels, recipe["batch_size"], seed=request["seed"], loss=loss)
    metrics: dict[str, list[float]] = {name: [] for name in (*_METRICS, "learning_rate", "seconds")}
    if resumed:
        checkpoint.put_back(model, state, data, resumed["epochs"])
        metrics = decode(resumed["history"], [])
    # A state does not have what a callback remembers of earlier epochs, so none is saved.
    every = math.inf if recipe["callbacks"] else request["keep_every"]
    checkpoints = checkpoint.Keeper(model, sink, every, request["largest_state"])
    epoch_start = time.process_time()

    def record_epoch(epoch: int, logs: dict[str, float]) -> None:
        nonlocal epoch_start
        rate = float(model.optimizer.learning_rate)  # at the end of the epoch
        logs = {**logs, "learning_rate": rate, "seconds": time.process_time() - epoch_start}
        for name, values in metrics.items():
            values.append(float(logs[name]))
        if epoch + 1 < recipe["epochs"]:
            checkpoints.after(epoch + 1, metrics)
        epoch_start = time.process_time()

    rates = recipe["learning_rates"]  # empty if a schedule or a callback sets them
    steering = [keras.callbacks.LearningRateScheduler(lambda epoch: rates[epoch])] if rates else []
    model.fit(
        data,
        epochs=recipe["epochs"],
        initial_epoch=resumed["epochs"] if resumed else 0,
        validation_data=batches(validation, validation_labels, MEASURED_AT_ONCE, loss=loss),
        class_weight=dict(enumerate(recipe["class_weight"])) or None,
        callbacks=[
            *steering,
            *map(build_callback, recipe["callbacks"]),
            keras.callbacks.LambdaCallback(on_epoch_end=record_epoch),
        ],
        verbose=0,
    )
    return classes_of(model, test), metrics


def overfit(
    request: dict[str, Any], images: np.ndarray, labels: np.ndarray
) -> tuple[np.ndarray, dict[str, Any]]:
    """(predicted classes of one batch, losses of many steps on it at the recipe's highest rate)."""
    _be_deterministic(request)
    recipe = request["recipe"]
    compiled = recipe["model"]["compiled"]
    highest = max(recipe["learning_rates"], default=compiled["learning_rate"])
    model = build(recipe, rate=highest)
    losses: list[float] = []
    (batch,) = batches(images, labels, len(images), loss=compiled["loss"])
    for _ in range(request["steps"]):  # `fit` takes as long again to begin an epoch for each
        model.reset_metrics()
        losses.append(float(model.train_on_batch(*batch, return_dict=True)["loss"]))
    return classes_of(model, images), {"loss": losses}


def _keep_freed_memory() -> None:
    """Let malloc keep what a training step frees: the next step needs as much.

    Otherwise the kernel takes the pages back and clears them anew for each step, which is a fifth of
    the time of rung d. A C library without mallopt, such as musl, goes on as before.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_MAX, 0)
        mallopt(_TRIM_THRESHOLD, _NEVER_TRIM)


def _be_deterministic(request: dict[str, Any]) -> None:
    import keras
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(request["threads"])
    tf.config.threading.set_inter_op_parallelism_threads(1)
    tf.config.experimental.enable_op_determinism()
    keras.utils.set_random_seed(request["seed"])


if __name__ == "__main__":
    source_fd, sink_fd, *cgroup_fds = map(int, sys.argv[1:])
    rlimits.enter(cgroup_fds)
    main(source_fd, sink_fd)
