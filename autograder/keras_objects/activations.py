"""Activations: as the name of a function, and as layers with arguments."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from autograder.keras_objects.arguments import (
    Constraint,
    Initializer,
    Regularizer,
    Trained,
    Zeros,
)
from autograder.keras_objects.base import LayerData, Name, Shape

# Those that recipes may have: all of keras.activations that keep the shape.
ACTIVATIONS = frozenset(
    [
        "celu", "elu", "exponential", "gelu", "hard_shrink", "hard_sigmoid", "hard_silu",
        "hard_swish", "hard_tanh", "leaky_relu", "linear", "log_sigmoid", "log_softmax", "mish",
        "relu", "relu6", "selu", "sigmoid", "silu", "soft_shrink", "softmax", "softplus",
        "softsign", "sparse_plus", "sparse_sigmoid", "sparsemax", "squareplus", "swish", "tanh",
        "tanh_shrink",
    ]
)  # fmt: skip
_Slope = Annotated[float, Meta(ge=-1_000, le=1_000)]


class Activation(LayerData, frozen=True, tag="Activation"):
    """keras.layers.Activation."""

    activation: Name


class ReLU(LayerData, frozen=True, tag="ReLU"):
    """keras.layers.ReLU: from `threshold` to `max_value`, and below it a line of `negative_slope`."""

    max_value: Annotated[float, Meta(ge=0, le=1_000)] | None = None
    negative_slope: _Slope = 0.0
    threshold: _Slope = 0.0


class LeakyReLU(LayerData, frozen=True, tag="LeakyReLU"):
    """keras.layers.LeakyReLU."""

    negative_slope: _Slope = 0.3


class ELU(LayerData, frozen=True, tag="ELU"):
    """keras.layers.ELU."""

    alpha: _Slope = 1.0


class PReLU(Trained, frozen=True, tag="PReLU"):
    """keras.layers.PReLU: a trained slope for each value below zero."""

    alpha_initializer: Initializer = Zeros()
    alpha_regularizer: Regularizer | None = None
    alpha_constraint: Constraint | None = None
    shared_axes: (
        Annotated[tuple[Annotated[int, Meta(ge=1, le=3)], ...], Meta(max_length=3)] | None
    ) = None

    def weight_shapes(self, shape: Shape) -> list[Shape]:
        """The shape of one input, with 1 for an axis along which the slope is shared."""
        shared = self.shared_axes or ()
        return [tuple(1 if axis in shared else size for axis, size in enumerate(shape, 1))]


class Softmax(LayerData, frozen=True, tag="Softmax"):
    """keras.layers.Softmax along the last axis."""
