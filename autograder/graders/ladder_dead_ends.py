"""Layers through which little of what a network learns passes: a branch with one only seems to count."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.keras_objects import (
    Conv2D,
    Dense,
    DepthwiseConv2D,
    Dropout,
    Rescaling,
    Softmax,
    SpatialDropout2D,
)
from autograder.models import ModelData
from autograder.testing import gettext as _

_MOST_DROPPED = 0.9  # with a larger rate, dropout leaves too little to learn from


def dead_ends(model: ModelData) -> Iterator[tuple[str, str]]:
    """What each such layer is, and what is expected instead, in words."""
    has_weights = False
    layers = [layer for layer in model.layers if layer.kind not in ("Flatten", "Identity")]
    for number, layer in enumerate(layers, 1):
        is_softmax = isinstance(layer, Softmax) or getattr(layer, "activation", "") == "softmax"
        if is_softmax and number < len(layers):
            actual = _("softmax before the last layer, in {layer}").format(layer=layer.kind)
            yield actual, _("softmax in the last layer alone")
        if isinstance(layer, Rescaling) and has_weights:
            yield _("Rescaling after a layer with weights"), _("Rescaling of the images alone")
        if isinstance(layer, Dropout | SpatialDropout2D) and layer.rate > _MOST_DROPPED:
            actual = _("{layer} that drops {rate:.0%}").format(layer=layer.kind, rate=layer.rate)
            yield (
                actual,
                _("at most {most:.0%}, which leave something to learn from").format(
                    most=_MOST_DROPPED
                ),
            )
        has_weights = has_weights or isinstance(layer, Conv2D | DepthwiseConv2D | Dense)
