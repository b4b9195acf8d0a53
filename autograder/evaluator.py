"""The evaluator jail as the grading process sees it: one request, one answer, a fresh jail each."""

from __future__ import annotations

import time
from typing import Any

import msgspec
import numpy as np

from autograder.jail import forks, values, wire
from autograder.jail.limits import Limits
from autograder.model import Trained


class TrainingFailed(Exception):
    """The evaluator ended without an answer; the message says what is known."""


def ask(
    request: dict[str, Any], blobs: list[bytes], limits: Limits, *, sandboxed: bool
) -> tuple[dict[str, Any], list[bytes]]:
    """One request to a fresh evaluator, and its answer, not checked beyond being a dict.

    Raises TrainingFailed, and SandboxUnavailable where no jail can be had.
    """
    process = forks.start("autograder.jail.trainer", limits, sandboxed=sandboxed)
    try:
        body = {**request, "limits": msgspec.to_builtins(limits)}
        deadline = time.monotonic() + limits.training_seconds
        wire.write_frame(process.to_jail, body, blobs, deadline)
        reply, reply_blobs = wire.read_frame(process.from_jail, deadline)
    except wire.WireTimeout:
        raise TrainingFailed(f"training took longer than {limits.training_seconds:g} s") from None
    except wire.WireError as error:
        lines = process.last_words()[1].splitlines()
        raise TrainingFailed(f"the evaluator ended: {lines[-1] if lines else error}") from None
    finally:
        process.end()
    if not isinstance(reply, dict):
        raise TrainingFailed("the evaluator's answer is not one")
    return reply, reply_blobs


def predict(
    trained: Trained, images: np.ndarray, limits: Limits, *, sandboxed: bool = True
) -> np.ndarray:
    """The class of each image (uint8, (images, 28, 28)) by a trained model, in the evaluator.

    Raises TrainingFailed.
    """
    blobs: list[bytes] = []
    for array in (np.ascontiguousarray(images), *trained.weights):
        values.encode(array, blobs)
    request = {"op": "predict", "model": msgspec.to_builtins(trained.model)}
    reply, reply_blobs = ask(request, blobs, limits, sandboxed=sandboxed)
    try:
        predicted = values.decode(reply["predicted"], reply_blobs)
    except (KeyError, TypeError, values.ValueRefused) as error:
        raise TrainingFailed(f"the evaluator's answer is not one: {error}") from None
    if not are_classes(predicted, len(images)):
        raise TrainingFailed("the evaluator did not predict a class for each image")
    classes: np.ndarray = predicted
    return classes


def are_classes(predicted: object, count: int) -> bool:
    """Whether this is one class of ten for each of `count` images, as uint8."""
    return (
        isinstance(predicted, np.ndarray)
        and predicted.dtype == np.uint8
        and predicted.shape == (count,)
        and bool((predicted < 10).all())
    )
