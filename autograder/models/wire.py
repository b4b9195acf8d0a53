"""Validates what a sandbox sent: models, histories, callbacks, and the weights of models."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import numpy as np

from autograder.keras_objects.base import ShapeError
from autograder.keras_objects.callbacks import Callback
from autograder.models.model import HistoryData, ModelData, Trained
from autograder.sandbox.protocol.errors import ValueRefused


def from_wire(tag: str, body: Any) -> object:
    """Validate a tagged value from a sandbox; raises ValueRefused with the reason.

    Returns ModelData, HistoryData or a callback.
    """
    try:
        json.dumps(body, allow_nan=False)  # 1e999 is infinite, and no request could hold it
        match tag:
            case "$model":
                return msgspec.convert(body, ModelData)
            case "$history":
                return msgspec.convert(body, HistoryData, strict=False)  # a loss may be "nan"
            case "$callback":
                callback: object = msgspec.convert(body, Callback)
                return callback
    except (msgspec.ValidationError, ValueError, RecursionError) as error:
        raise ValueRefused(f"a {tag[1:]} that is not one of this course: {error}") from None
    raise ValueRefused(f"data with the unknown tag {tag[:40]!r}")


def with_weights(model: object, weights: object) -> object:
    """Join a decoded model and its weights to a Trained; anything but a model is returned as it is.

    The student's process sent both. Raises ValueRefused if the weights do not fit the layers.
    """
    if not isinstance(model, ModelData):
        return model
    if not isinstance(weights, list) or not all(isinstance(w, np.ndarray) for w in weights):
        raise ValueRefused("a model whose weights are no arrays")
    for array in weights:
        if array.dtype != np.float32 or not np.isfinite(array).all():
            raise ValueRefused("a model whose weights are not all finite float32 numbers")
    try:
        shapes = [shape for step in model.steps() for shape in step.layer.weight_shapes(step.shape)]
    except (ShapeError, IndexError):
        shapes = None  # such a model is never built: check_model refuses it with the reason
    if shapes is not None and [array.shape for array in weights] != shapes:
        raise ValueRefused("a model with other weights than its layers have")
    return Trained(model, tuple(weights))
