"""The evaluator: trains a model that crossed as data, and predicts; runs in a jail of its own.

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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from autograder.sandbox.guest import checkpoint, rlimits
from autograder.sandbox.guest.descent import descend
from autograder.sandbox.guest.given_weights import put_weights
from autograder.sandbox.protocol import frames, limits
from autograder.sandbox.protocol.values import decode, encode

_METRICS = ("loss", "accuracy", "val_loss", "val_accuracy")
_LONGEST_REFUSAL = 500
_MEASURED_AT_ONCE = 256  # images, where nothing is learned from them
# Batches between which TensorFlow does not go back to Python. Weights and metrics are the same to
# the bit as with 1; an epoch of a small network takes a tenth less.
_BATCHES_AT_ONCE = 32
_OPTIMIZERS = {
    "sgd": "SGD",
    "adam": "Adam",
    "adamw": "AdamW",
    "nadam": "Nadam",
    "rmsprop": "RMSprop",
}


class NotBuildable(Exception):
    """Keras refuses an argument of a layer or an optimizer; the message is Keras's own."""


@contextmanager
def _refusals() -> Iterator[None]:
    """Tell what Keras refuses from what goes wrong: constructors raise ValueError for arguments.

    A student's process may have set an attribute after the construction, which then crossed.
    """
    try:
        yield
    except ValueError as error:
        raise NotBuildable(" ".join(str(error).split())) from None


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
        validation_data=batches(validation, validation_labels, _MEASURED_AT_ONCE),
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


def classes_by(
    data: dict[str, Any], weights: Sequence[np.ndarray], images: np.ndarray
) -> np.ndarray:
    """The classes of images by a model made of its data and its weights, layer after layer."""
    model, layers = build_model(data)
    put_weights(layers, weights)
    return classes_of(model, images)


def descended(request: dict[str, Any], arrays: Sequence[np.ndarray]) -> dict[str, Any]:
    """What gradient descent from given weights reaches, and where other weights stand beside it."""
    return descend(*build_model(request["model"]), request, arrays)


def classes_of(model: Any, images: np.ndarray) -> np.ndarray:
    """The most probable class of each image, as uint8."""
    unlabelled = np.zeros(len(images), np.uint8)
    data = batches(images, unlabelled, _MEASURED_AT_ONCE)
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

    optimizer = getattr(keras.optimizers, _OPTIMIZERS[compiled["optimizer"]])
    if rate is None:
        schedule = compiled["schedule"]
        rate = (
            _named(keras.optimizers.schedules, schedule) if schedule else compiled["learning_rate"]
        )
    with _refusals():
        return optimizer(learning_rate=rate, **compiled["settings"])


def build_callback(data: dict[str, Any]) -> Any:
    """The Keras callback of its checked data."""
    import keras

    return _named(keras.callbacks, data)


def build_model(data: dict[str, Any]) -> tuple[Any, list[Any]]:
    """The Keras model of checked data, made by calling constructors, and its layers.

    The layers are in the order of the data; Keras lists those of a graph in another.
    """
    import keras

    values = [keras.Input(tuple(data["input_shape"]))]
    reads = data.get("sources") or [(value,) for value in range(len(data["layers"]))]
    layers = [build_layer(layer) for layer in data["layers"]]
    for layer, read in zip(layers, reads, strict=True):
        taken = [values[value] for value in read]
        with _refusals():
            values.append(layer(taken if len(taken) > 1 else taken[0]))
    return keras.Model(values[0], values[-1]), layers


def build_layer(data: dict[str, Any]) -> Any:
    """The Keras layer of its checked data."""
    import keras

    return _named(keras.layers, data)


def _named(module: Any, data: dict[str, Any]) -> Any:
    """An object of checked data: `kind` is one of the schema's tags, each a class of `module`."""
    arguments = {name: value for name, value in data.items() if name != "kind"}
    with _refusals():
        return getattr(module, data["kind"])(**arguments)


def batches(
    images: np.ndarray, labels: np.ndarray, batch_size: int, *, seed: int | None = None
) -> Any:
    """A tf.data.Dataset of (pixels, labels): float32 of (batch, 28, 28, 1) from 0 to 1, and int.

    With a seed, each epoch has an order of its own. `fit` given arrays would go through the
    images in one and the same order in all epochs, once a global seed is set (Keras 3.15).
    """
    import tensorflow as tf

    pixels, classes = tf.constant(images[..., None]), tf.constant(labels)
    rows = tf.data.Dataset.range(len(images))
    if seed is not None:
        rows = rows.shuffle(len(images), seed=seed, reshuffle_each_iteration=True)
    options = tf.data.Options()
    # The thread that tunes a pipeline sleeps for up to a minute before a finished one may go.
    options.autotune.enabled = False

    def taken(chosen: Any) -> tuple[Any, Any]:
        return tf.cast(tf.gather(pixels, chosen), tf.float32) / 255.0, tf.gather(classes, chosen)

    return rows.batch(batch_size).map(taken).with_options(options)


if __name__ == "__main__":
    given_source, given_sink, *given_cgroup = map(int, sys.argv[1:])
    rlimits.enter(given_cgroup)
    main(given_source, given_sink)
