"""The learning-rate schedules that the kit knows, as checked data: Keras's names, arguments and defaults."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from autograder.keras_objects.base import KerasObject, Name, Rate

_Steps = Annotated[int, Meta(ge=1, le=1_000_000_000)]


class ExponentialDecay(KerasObject, frozen=True, tag="ExponentialDecay"):
    """initial_learning_rate * decay_rate ** (step / decay_steps), steps being batches."""

    initial_learning_rate: Rate
    decay_steps: _Steps
    decay_rate: Rate
    staircase: bool = False

    @property
    def highest(self) -> float:
        """The learning rate that the schedule begins with."""
        return self.initial_learning_rate


class InverseTimeDecay(ExponentialDecay, frozen=True, tag="InverseTimeDecay"):
    """initial_learning_rate / (1 + decay_rate * step / decay_steps)."""


class PolynomialDecay(KerasObject, frozen=True, tag="PolynomialDecay"):
    """From initial_learning_rate to end_learning_rate in decay_steps, by a power of the rest."""

    initial_learning_rate: Rate
    decay_steps: _Steps
    end_learning_rate: Rate = 0.0001
    power: Annotated[float, Meta(gt=0, le=100)] = 1.0
    cycle: bool = False

    @property
    def highest(self) -> float:
        """The higher one of both ends."""
        return max(self.initial_learning_rate, self.end_learning_rate)


class PiecewiseConstantDecay(KerasObject, frozen=True, tag="PiecewiseConstantDecay"):
    """values[k] after as many steps as the boundaries before it say."""

    boundaries: Annotated[tuple[Annotated[int, Meta(ge=0, le=10**9)], ...], Meta(max_length=100)]
    values: Annotated[tuple[Rate, ...], Meta(min_length=1, max_length=101)]

    def __post_init__(self) -> None:
        if len(self.values) != len(self.boundaries) + 1:
            raise ValueError("one value more than boundaries")

    @property
    def highest(self) -> float:
        """The highest value."""
        return max(self.values)


class CosineDecay(KerasObject, frozen=True, tag="CosineDecay"):
    """Up to warmup_target in warmup_steps, then down half a cosine to alpha of it."""

    initial_learning_rate: Rate
    decay_steps: _Steps
    alpha: Annotated[float, Meta(ge=0, le=1)] = 0.0
    warmup_target: Rate | None = None
    warmup_steps: Annotated[int, Meta(ge=0, le=1_000_000_000)] = 0

    @property
    def highest(self) -> float:
        """The learning rate at the end of the warm-up, or at the start where there is none."""
        return max(self.initial_learning_rate, self.warmup_target or 0.0)


class CosineDecayRestarts(KerasObject, frozen=True, tag="CosineDecayRestarts"):
    """Half a cosine again and again, each t_mul times as long and m_mul times as high."""

    initial_learning_rate: Rate
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


Schedule = (
    ExponentialDecay
    | InverseTimeDecay
    | PolynomialDecay
    | PiecewiseConstantDecay
    | CosineDecay
    | CosineDecayRestarts
    | OtherSchedule
)
