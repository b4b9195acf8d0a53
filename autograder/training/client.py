"""Send requests to training workers: one request, one answer, one fresh sandbox each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct

from autograder.models.descent import Descended, Descent, DescentCache, measured
from autograder.models.model import Trained
from autograder.sandbox.host import launcher
from autograder.sandbox.host.memory import TooMuchMemory
from autograder.sandbox.host.processor_time import Allowance, TooMuchTime
from autograder.sandbox.protocol import frames, values
from autograder.sandbox.protocol.errors import ValueRefused
from autograder.sandbox.protocol.limits import WALL_FACTOR, Limits

_descents = DescentCache()


class TrainingFailed(Exception):
    """The training worker ended without an answer; the message says what is known."""


class Stopped(Exception):
    """The caller has stopped the training; a later one can go on from its last state."""


class NotBuildable(Exception):
    """Keras refuses to build the model or its optimizer; the message comes from Keras."""


class State(Struct, frozen=True, forbid_unknown_fields=True):
    """The state of an unfinished training, written by a training worker. Only training workers read it."""

    begun: dict[str, Any]
    arrays: list[bytes]
    seconds: float  # of processor time


def ask(
    request: dict[str, Any],
    blobs: list[bytes],
    limits: Limits,
    *,
    sandboxed: bool,
    begun: State | None = None,
    keep: Callable[[State], None] = lambda state: None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> tuple[dict[str, Any], list[bytes]]:
    """Send a request to a fresh training worker; return its answer, a dict that is not checked further.

    A training resumes from the state `begun`, whose time counts towards its limit. `keep` is called
    with each state that comes before the answer. Raises NotBuildable, TrainingFailed, Stopped soon
    after `is_stopped` is true, and SandboxUnavailable if no sandbox can be started.
    """
    process = launcher.start(
        "autograder.sandbox.guest.training_worker", limits, sandboxed=sandboxed
    )
    before = begun.seconds if begun else 0.0
    remaining = limits.training_seconds - before
    allowance = Allowance(process.meter, remaining)

    def watch() -> None:
        if is_stopped():
            raise Stopped
        process.check_memory(limits.sandbox_memory_gib)
        allowance.check()

    try:
        body = {**request, "limits": msgspec.to_builtins(limits)}
        if begun:
            body["begun"], blobs = begun.begun, [*blobs, *begun.arrays]
        deadline = time.monotonic() + remaining * WALL_FACTOR
        frames.write_frame(process.to_sandbox, body, blobs, deadline, most=frames.MAX_TRAINING)
        reply, reply_blobs = frames.read_frame(
            process.from_sandbox, deadline, watch, most=frames.MAX_TRAINING
        )
        while isinstance(reply, dict) and "epochs" in reply:
            keep(State(reply, reply_blobs, round(before + process.meter.used(), 3)))
            reply, reply_blobs = frames.read_frame(
                process.from_sandbox, deadline, watch, most=frames.MAX_TRAINING
            )
    except TooMuchMemory as error:
        raise TrainingFailed(f"training was ended: {error}") from None
    except TooMuchTime:
        raise TrainingFailed(f"training took longer than {limits.training_seconds:g} s") from None
    except frames.WireTimeout:  # the worker waited, for the processor or in a deadlock
        message = f"training did not end within {remaining * WALL_FACTOR:g} s by the clock"
        raise TrainingFailed(message) from None
    except frames.WireError as error:
        lines = process.exit_status_and_stderr()[1].splitlines()
        reason = lines[-1] if lines else str(error)
        if process.held_too_much:
            reason = str(TooMuchMemory(limits.sandbox_memory_gib))
        raise TrainingFailed(f"the training worker ended: {reason}") from None
    finally:
        process.end()
    if not isinstance(reply, dict):
        raise TrainingFailed("the training worker's answer is not one")
    if isinstance(refusal := reply.get("refused"), str):
        raise NotBuildable(refusal[:500])
    return reply, reply_blobs


@contextmanager
def checking_the_answer() -> Iterator[None]:
    """Raise TrainingFailed for an answer that lacks an entry, or whose entries do not decode."""
    try:
        yield
    except (KeyError, TypeError, ValueRefused, msgspec.ValidationError) as error:
        raise TrainingFailed(f"the training worker's answer is not one: {error}") from None


def predict(
    trained: Trained, images: np.ndarray, limits: Limits, *, sandboxed: bool = True
) -> np.ndarray:
    """Predict the class of each image (uint8, (images, 28, 28)) with a trained model, in a training worker.

    Raises NotBuildable and TrainingFailed.
    """
    request = {"op": "predict", "model": msgspec.to_builtins(trained.model)}
    reply, reply_blobs = _ask_about(request, [images, *trained.weights], limits, sandboxed)
    with checking_the_answer():
        predicted = values.decode(reply["predicted"], reply_blobs)
    if not are_classes(predicted, len(images)):
        raise TrainingFailed("the training worker did not predict a class for each image")
    classes: np.ndarray = predicted
    return classes


def descend(descent: Descent, limits: Limits, *, sandboxed: bool = True) -> Descended:
    """Measure in a training worker what `descent` reaches, once in this process.

    Raises TrainingFailed.
    """
    return _descents.get(descent, lambda: _follow(descent, limits, sandboxed))


def _follow(descent: Descent, limits: Limits, sandboxed: bool) -> Descended:
    reply, blobs = _ask_about(descent.request(), descent.arrays(), limits, sandboxed)
    with checking_the_answer():
        return measured(descent, values.decode(reply["descended"], blobs))


def loss(
    descent: Descent, weights: Sequence[np.ndarray], limits: Limits, *, sandboxed: bool = True
) -> float:
    """The loss on the other images of `descent` with these weights. Raises TrainingFailed."""
    arrays = descent.loss_arrays(weights)
    reply, blobs = _ask_about(descent.loss_request(), arrays, limits, sandboxed)
    with checking_the_answer():
        return msgspec.convert(values.decode(reply["loss"], blobs), float, strict=True)


def _ask_about(
    request: dict[str, Any], arrays: Sequence[np.ndarray], limits: Limits, sandboxed: bool
) -> tuple[dict[str, Any], list[bytes]]:
    blobs: list[bytes] = []
    for array in arrays:
        values.encode(np.ascontiguousarray(array), blobs)
    return ask(request, blobs, limits, sandboxed=sandboxed)


def are_classes(predicted: object, count: int) -> bool:
    """Whether this is one class of ten for each of `count` images, as uint8."""
    return (
        isinstance(predicted, np.ndarray)
        and predicted.dtype == np.uint8
        and predicted.shape == (count,)
        and bool((predicted < 10).all())
    )
