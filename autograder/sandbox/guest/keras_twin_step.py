"""Train a model and its twin for one step, and say in what they then differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from autograder.keras_objects.losses import CLASSES, LOSSES
from autograder.sandbox.guest.keras_builder import build_loss, build_optimizer
from autograder.sandbox.guest.keras_twin_weights import close, floats, give_same_state

_RATE = 0.01  # of a step that is compared, where the student's begins with 0


def step_differences(
    model: Any, twin: Any, pairs: Sequence[tuple[Any, Any]], compiled: dict[str, Any], images: Any
) -> Iterator[str]:
    """Train both on one batch and compare the loss and the weights."""
    labels: Any = np.arange(1, 1 + len(images))
    if LOSSES[compiled["loss"]].one_hot:
        labels = np.eye(CLASSES, dtype=np.float32)[labels]
    # A schedule may begin with 0, by which no weight changes; its own rates are in the description.
    rate = compiled["learning_rate"] or _RATE
    different = ""
    # As the training does it, in a graph, only if need be: there Keras takes the logits of any softmax.
    for in_graph in (False, True):
        twin.compile(optimizer=build_optimizer(compiled, rate), loss=build_loss(compiled))
        give_same_state(pairs)
        own_optimizer = model.optimizer
        try:
            # It may have trained already. Its class and its arguments are in the description.
            model.optimizer = build_optimizer(compiled, rate)
            losses = [_trained_once(either, images, labels, in_graph) for either in (model, twin)]
        finally:
            model.optimizer = own_optimizer
        same_weights = all(
            close(own, built)
            for leaf, layer in pairs
            for own, built in zip(floats(leaf), floats(layer), strict=True)
        )
        different = "the weights after" if close(*losses) else "the loss of"
        if different == "the weights after" and same_weights:
            return
    yield f"training ({different} one step)"


def _trained_once(model: Any, images: Any, labels: Any, in_graph: bool) -> Any:
    """The loss of one step."""
    step = model.train_step
    if in_graph:
        import tensorflow as tf

        model.optimizer.build(model.trainable_variables)
        step = tf.function(step, autograph=False)
    model.reset_metrics()
    loss = step((images, labels))["loss"]
    model.reset_metrics()
    return loss
