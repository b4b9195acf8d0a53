"""Keras's learning-rate schedules and callbacks as checked data: what steers a training.

Each class is named after its Keras class, and its fields are the arguments of that one's
constructor. Whatever else a student uses stays a name that nobody builds.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from autograder.models.layers.base import KerasObject, Name

_Rate = Annotated[float, Meta(ge=0, le=100)]  # of learning, or by which that decays
_Steps = Annotated[int, Meta(ge=1, le=1_000_000_000)]
_Epochs = Annotated[int, Meta(ge=0, le=1_000)]
MONITORED = ("loss", "accuracy", "val_loss", "val_accuracy")


class ExponentialDecay(KerasObject, frozen=True, tag="ExponentialDecay"):
    """initial_learning_rate * decay_rate ** (step / decay_steps), steps being batches."""

    initial_learning_rate: _Rate
    decay_steps: _Steps
    decay_rate: _Rate
    staircase: bool = False

    @property
    def highest(self) -> float:
        """The learning rate that the schedule begins with."""
        return self.initial_learning_rate


class InverseTimeDecay(ExponentialDecay, frozen=True, tag="InverseTimeDecay"):
    """initial_learning_rate / (1 + decay_rate * step / decay_steps)."""


class PolynomialDecay(KerasObject, frozen=True, tag="PolynomialDecay"):
    """From initial_learning_rate to end_learning_rate in decay_steps, by a power of the rest."""

    initial_learning_rate: _Rate
    decay_steps: _Steps
    end_learning_rate: _Rate = 0.0001
    power: Annotated[float, Meta(gt=0, le=100)] = 1.0
    cycle: bool = False

    @property
    def highest(self) -> float:
        """The higher one of both ends."""
        return max(self.initial_learning_rate, self.end_learning_rate)


class PiecewiseConstantDecay(KerasObject, frozen=True, tag="PiecewiseConstantDecay"):
    """values[k] after as many steps as the boundaries before it say."""

    boundaries: Annotated[tuple[Annotated[int, Meta(ge=0, le=10**9)], ...], Meta(max_length=100)]
    values: Annotated[tuple[_Rate, ...], Meta(min_length=1, max_length=101)]

    def __post_init__(self) -> None:
        if len(self.values) != len(self.boundaries) + 1:
            raise ValueError("one value more than boundaries")

    @property
    def highest(self) -> float:
        """The highest value."""
        return max(self.values)


class CosineDecay(KerasObject, frozen=True, tag="CosineDecay"):
    """Up to warmup_target in warmup_steps, then down half a cosine to alpha of it."""

    initial_learning_rate: _Rate
    decay_steps: _Steps
    alpha: Annotated[float, Meta(ge=0, le=1)] = 0.0
    warmup_target: _Rate | None = None
    warmup_steps: Annotated[int, Meta(ge=0, le=1_000_000_000)] = 0

    @property
    def highest(self) -> float:
        """The learning rate at the end of the warm-up, or at the start where there is none."""
        return max(self.initial_learning_rate, self.warmup_target or 0.0)


class CosineDecayRestarts(KerasObject, frozen=True, tag="CosineDecayRestarts"):
    """Half a cosine again and again, each t_mul times as long and m_mul times as high."""

    initial_learning_rate: _Rate
    first_decay_steps: _Steps
    t_mul: Annotated[float, Meta(ge=1, le=100)] = 2.0
    m_mul: Annotated[float, Meta(ge=0, le=1)] = 1.0
    alpha: Annotated[float, Meta(ge=0, le=1)] = 0.0

    @property
    def highest(self) -> float:
        """The learning rate of the first start."""
        return self.initial_learning_rate


class OtherSchedule(KerasObject, frozen=True, tag="OtherSchedule"):
    """A schedule outside the list: only the name of its class."""

    class_name: Name

    @property
    def highest(self) -> float:
        """Not known; nobody trains with it."""
        return 0.0


class EarlyStopping(KerasObject, frozen=True, tag="EarlyStopping"):
    """Ends the training after `patience` epochs in which what it watches did not get better."""

    monitor: Name = "val_loss"
    min_delta: Annotated[float, Meta(ge=0)] = 0.0
    patience: _Epochs = 0
    mode: Literal["auto", "min", "max"] = "auto"
    baseline: float | None = None
    restore_best_weights: bool = False
    start_from_epoch: _Epochs = 0


class ReduceLROnPlateau(KerasObject, frozen=True, tag="ReduceLROnPlateau"):
    """Multiplies the learning rate by `factor` where what it watches did not get better."""

    monitor: Name = "val_loss"
    factor: Annotated[float, Meta(ge=0, lt=1)] = 0.1
    patience: _Epochs = 10
    mode: Literal["auto", "min", "max"] = "auto"
    min_delta: Annotated[float, Meta(ge=0)] = 1e-4
    cooldown: _Epochs = 0
    min_lr: _Rate = 0.0


class OtherCallback(KerasObject, frozen=True, tag="OtherCallback"):
    """A callback outside the list: only the name of its class."""

    class_name: Name


Schedule = (
    ExponentialDecay
    | InverseTimeDecay
    | PolynomialDecay
    | PiecewiseConstantDecay
    | CosineDecay
    | CosineDecayRestarts
    | OtherSchedule
)
Callback = EarlyStopping | ReduceLROnPlateau | OtherCallback
