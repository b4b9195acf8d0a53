"""Compute the rates of a learning-rate schedule that a student wrote, batch by batch.

Such a schedule is code, which the training must not run. It reads nothing but the number of the
batch, so its rates can be computed here. Runs in the process of student code, so nothing in its
output is trusted.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.keras_objects.schedules import MAX_BATCHES
from autograder.sandbox.protocol.crashes import exception_text

_ONE_BY_ONE = 10_000  # batches; the schedule gets the numbers of all further ones at once: fast
_ASKED_AGAIN = 100  # batches, to see that the rates are not random
_LONGEST = 300  # characters of a reason


def rates_by_batch(schedule: Any, count: int) -> np.ndarray | str:
    """The rates of the first `count` batches as float32, or the reason why there are none.

    Args:
        schedule: what Keras takes as a learning rate and calls: with the number of the batch if it
            is a LearningRateSchedule, with nothing if it is a function.
        count: batches of the training.

    """
    if count > MAX_BATCHES:
        return f"{count:,} batches are more than {MAX_BATCHES:,}; take larger batches"
    try:
        return _computed(schedule, count)
    except Exception as error:  # a student's schedule may raise anything
        if type(error).__name__ == "OperatorNotAllowedInGraphError":
            return "Keras takes no `if` by the number of the batch in training; use keras.ops.where"
        return f"{type(error).__name__}: {exception_text(error)}"[:_LONGEST]


def _computed(schedule: Any, count: int) -> np.ndarray | str:
    first = _one_by_one(schedule, min(count, _ONE_BY_ONE))
    again = _one_by_one(schedule, min(count, _ASKED_AGAIN))
    if not np.array_equal(first[: len(again)], again, equal_nan=True):
        return "it gives other rates when it is asked again"
    if count == len(first):
        return first
    rates = _at_once(schedule, count)
    agrees = np.allclose(rates[: len(first)], first, rtol=1e-6, atol=0, equal_nan=True)
    if not agrees:  # it takes one number only
        return _one_by_one(schedule, count)
    return np.concatenate([first, rates[len(first) :]])


def _one_by_one(schedule: Any, count: int) -> np.ndarray:
    """The rates as the training computes them: the schedule gets one number, in a graph."""
    import keras
    import tensorflow as tf

    step = keras.Variable(0, trainable=False, dtype="int")

    def rate(number: Any) -> Any:
        step.assign(number)
        return _rate(schedule, step)

    def rates() -> Any:
        numbers = tf.range(count, dtype=step.dtype)
        return tf.map_fn(rate, numbers, parallel_iterations=1, fn_output_signature=tf.float32)

    # As Keras calls it: `if` does not work on a number of the graph.
    return np.asarray(tf.function(rates, autograph=False)())


def _at_once(schedule: Any, count: int) -> np.ndarray:
    """The rates by one call with all numbers; nan if the schedule does not take them."""
    import keras
    import tensorflow as tf

    step = keras.Variable(np.arange(count), trainable=False, dtype="int")
    compute = tf.function(lambda: _rate(schedule, step), autograph=False)
    try:
        return np.broadcast_to(np.asarray(compute()), (count,))
    except Exception:  # a schedule that works for one number
        return np.full(count, np.nan, np.float32)


def _rate(schedule: Any, step: Any) -> Any:
    import keras

    is_schedule = isinstance(schedule, keras.optimizers.schedules.LearningRateSchedule)
    rate = schedule(step) if is_schedule else schedule()
    return keras.ops.cast(keras.ops.convert_to_tensor(rate), "float32")
