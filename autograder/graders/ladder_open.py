"""What sets a recipe for the open rung apart from those before: another network, other images."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from autograder.graders.ladder_layers import RUNGS
from autograder.graders.ladder_networks import nonlinear_layers
from autograder.keras_objects import Conv2D, Dense, DepthwiseConv2D, LayerData
from autograder.models import ModelData

_LEAST_FACTOR = 0.01  # a smaller one of an augmentation moves nothing
_SIMILAR = 1.25  # numbers of weights up to this factor apart are those of one network
_NETWORKS = {
    name.replace("_", " "): [
        layer.parameters
        for layer in rung.layers
        if layer.kind in ("Conv2D", "Dense") and layer.activation == "relu"
    ]
    for name, rung in RUNGS.items()
}


def earlier_network(model: ModelData) -> str | None:
    """The rung whose network this is but for details; None if it is another one."""
    own = _detecting(model)
    return next((name for name, sizes in _NETWORKS.items() if _are_similar(own, sizes)), None)


def augments(layer: LayerData) -> bool:
    """Whether a layer changes images at random: one whose factors are all about 0 does not."""
    fields = (name for name in layer.__struct_fields__ if name.endswith("factor"))
    factors = [np.abs(getattr(layer, name)).max() for name in fields]
    scale = np.abs(getattr(layer, "scale", 1.0)).max()  # the area that is erased
    largest = max(factors, default=1.0)
    return layer.kind.startswith("Random") and min(largest, scale) >= _LEAST_FACTOR


def _detecting(model: ModelData) -> list[int]:
    """The number of weights of each layer that has some and that an activation follows, in order."""
    rows = zip(model.table(), model.layers, nonlinear_layers(model), strict=True)
    return [
        row.parameters or 0
        for row, layer, nonlinear in rows
        if nonlinear and isinstance(layer, Conv2D | DepthwiseConv2D | Dense)
    ]


def _are_similar(own: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two networks have as many layers, with about as many weights in each."""
    return len(own) == len(other) and all(
        max(pair) <= _SIMILAR * min(pair) for pair in zip(own, other, strict=True)
    )
