"""Keras objects that layers take as arguments: initializers, regularizers, constraints."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from autograder.keras_objects.base import KerasObject, LayerData, Name

_Number = Annotated[float, Meta(ge=-1_000, le=1_000)]
_Positive = Annotated[float, Meta(ge=0, le=1_000)]
_Axis = Annotated[int, Meta(ge=-8, le=8)]
_Axes = _Axis | Annotated[tuple[_Axis, ...], Meta(max_length=8)]


class OtherArgument(KerasObject, frozen=True, tag="OtherArgument"):
    """An object that the kit does not support, of which only the class's name is known."""

    class_name: Name


class Zeros(KerasObject, frozen=True, tag="Zeros"):
    """keras.initializers.Zeros."""


class Ones(KerasObject, frozen=True, tag="Ones"):
    """keras.initializers.Ones."""


class Constant(KerasObject, frozen=True, tag="Constant"):
    """keras.initializers.Constant with one number."""

    value: _Number = 0.0


class RandomNormal(KerasObject, frozen=True, tag="RandomNormal"):
    """keras.initializers.RandomNormal."""

    mean: _Number = 0.0
    stddev: _Positive = 0.05


class TruncatedNormal(RandomNormal, frozen=True, tag="TruncatedNormal"):
    """keras.initializers.TruncatedNormal: values beyond two standard deviations are drawn again."""


class RandomUniform(KerasObject, frozen=True, tag="RandomUniform"):
    """keras.initializers.RandomUniform."""

    minval: _Number = -0.05
    maxval: _Number = 0.05


class VarianceScaling(KerasObject, frozen=True, tag="VarianceScaling"):
    """keras.initializers.VarianceScaling."""

    scale: Annotated[float, Meta(gt=0, le=1_000)] = 1.0
    mode: Literal["fan_in", "fan_out", "fan_avg"] = "fan_in"
    distribution: Literal["normal", "truncated_normal", "untruncated_normal", "uniform"] = (
        "truncated_normal"
    )


class GlorotUniform(KerasObject, frozen=True, tag="GlorotUniform"):
    """keras.initializers.GlorotUniform."""


class GlorotNormal(KerasObject, frozen=True, tag="GlorotNormal"):
    """keras.initializers.GlorotNormal."""


class HeUniform(KerasObject, frozen=True, tag="HeUniform"):
    """keras.initializers.HeUniform."""


class HeNormal(KerasObject, frozen=True, tag="HeNormal"):
    """keras.initializers.HeNormal."""


class LecunUniform(KerasObject, frozen=True, tag="LecunUniform"):
    """keras.initializers.LecunUniform."""


class LecunNormal(KerasObject, frozen=True, tag="LecunNormal"):
    """keras.initializers.LecunNormal."""


class Orthogonal(KerasObject, frozen=True, tag="Orthogonal"):
    """keras.initializers.Orthogonal."""

    gain: _Number = 1.0


Initializer = (
    Zeros | Ones | Constant | RandomNormal | TruncatedNormal | RandomUniform | VarianceScaling
    | GlorotUniform | GlorotNormal | HeUniform | HeNormal | LecunUniform | LecunNormal
    | Orthogonal | OtherArgument
)  # fmt: skip


class L1(KerasObject, frozen=True, tag="L1"):
    """keras.regularizers.L1."""

    l1: _Positive = 0.01


class L2(KerasObject, frozen=True, tag="L2"):
    """keras.regularizers.L2."""

    l2: _Positive = 0.01


class L1L2(KerasObject, frozen=True, tag="L1L2"):
    """keras.regularizers.L1L2."""

    l1: _Positive = 0.0
    l2: _Positive = 0.0


class OrthogonalRegularizer(KerasObject, frozen=True, tag="OrthogonalRegularizer"):
    """keras.regularizers.OrthogonalRegularizer."""

    factor: _Positive = 0.01
    mode: Literal["rows", "columns"] = "rows"


Regularizer = L1 | L2 | L1L2 | OrthogonalRegularizer | OtherArgument


class MaxNorm(KerasObject, frozen=True, tag="MaxNorm"):
    """keras.constraints.MaxNorm."""

    max_value: _Positive = 2.0
    axis: _Axes = 0


class MinMaxNorm(KerasObject, frozen=True, tag="MinMaxNorm"):
    """keras.constraints.MinMaxNorm."""

    min_value: _Positive = 0.0
    max_value: _Positive = 1.0
    rate: _Positive = 1.0
    axis: _Axes = 0


class UnitNorm(KerasObject, frozen=True, tag="UnitNorm"):
    """keras.constraints.UnitNorm."""

    axis: _Axes = 0


class NonNeg(KerasObject, frozen=True, tag="NonNeg"):
    """keras.constraints.NonNeg."""


Constraint = MaxNorm | MinMaxNorm | UnitNorm | NonNeg | OtherArgument
# End of an argument's name -> the module of Keras with the classes that it takes, and their union.
MODULES: dict[str, tuple[str, object]] = {
    "_initializer": ("initializers", Initializer),
    "_regularizer": ("regularizers", Regularizer),
    "_constraint": ("constraints", Constraint),
}


class Trained(LayerData, frozen=True, kw_only=True):
    """A layer with weights, which training may be told to leave as they are."""

    trainable: bool = True
    activity_regularizer: Regularizer | None = None


class WithKernel(Trained, frozen=True, kw_only=True):
    """A layer with one kernel and one bias for each unit or filter."""

    kernel_initializer: Initializer = GlorotUniform()
    bias_initializer: Initializer = Zeros()
    kernel_regularizer: Regularizer | None = None
    bias_regularizer: Regularizer | None = None
    kernel_constraint: Constraint | None = None
    bias_constraint: Constraint | None = None


class WithDepthwiseKernel(Trained, frozen=True, kw_only=True):
    """A layer with filters for each channel by itself, and a bias for each output channel."""

    depthwise_initializer: Initializer = GlorotUniform()
    bias_initializer: Initializer = Zeros()
    depthwise_regularizer: Regularizer | None = None
    bias_regularizer: Regularizer | None = None
    depthwise_constraint: Constraint | None = None
    bias_constraint: Constraint | None = None


class WithScale(Trained, frozen=True, kw_only=True):
    """A normalization with a trained scale (gamma) and offset (beta) for each channel."""

    beta_initializer: Initializer = Zeros()
    gamma_initializer: Initializer = Ones()
    beta_regularizer: Regularizer | None = None
    gamma_regularizer: Regularizer | None = None
    beta_constraint: Constraint | None = None
    gamma_constraint: Constraint | None = None
