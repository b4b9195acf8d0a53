"""The supported learning-rate schedules as validated data, with Keras's names and defaults."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from autograder.keras_objects.base import KerasObject, Name, Rate

IMAGES = 54_000  # on which a recipe is trained at most; Fashion-MNIST without those for validation
MAX_BATCHES = 100_000  # of which an own schedule may give the rates
_Steps = Annotated[int, Meta(ge=1, le=1_000_000_000)]


class ExponentialDecay(KerasObject, frozen=True, tag="ExponentialDecay"):
    """initial_learning_rate * decay_rate ** (step / decay_steps); a step is one batch.

    With `staircase`, step / decay_steps is rounded down.
    """

    initial_learning_rate: Rate
    decay_steps: _Steps
    decay_rate: Rate
    staircase: bool = False

    @property
    def highest(self) -> float:
        """The highest learning rate: the first one."""
        return self.initial_learning_rate


class InverseTimeDecay(ExponentialDecay, frozen=True, tag="InverseTimeDecay"):
    """initial_learning_rate / (1 + decay_rate * step / decay_steps); a step is one batch."""


class PolynomialDecay(KerasObject, frozen=True, tag="PolynomialDecay"):
    """From initial_learning_rate to end_learning_rate in decay_steps batches.

    The difference to the end falls as (1 - step / decay_steps) ** power.
    """

    initial_learning_rate: Rate
    decay_steps: _Steps
    end_learning_rate: Rate = 0.0001
    power: Annotated[float, Meta(gt=0, le=100)] = 1.0
    cycle: bool = False

    @property
    def highest(self) -> float:
        """The highest learning rate: the first or the last one."""
        return max(self.initial_learning_rate, self.end_learning_rate)


class PiecewiseConstantDecay(KerasObject, frozen=True, tag="PiecewiseConstantDecay"):
    """values[0] up to batch boundaries[0], then values[1] up to boundaries[1], and so on."""

    boundaries: Annotated[tuple[Annotated[int, Meta(ge=0, le=10**9)], ...], Meta(max_length=100)]
    values: Annotated[tuple[Rate, ...], Meta(min_length=1, max_length=101)]

    def __post_init__(self) -> None:
        if len(self.values) != len(self.boundaries) + 1:
            raise ValueError("one value more than boundaries")

    @property
    def highest(self) -> float:
        """The highest learning rate."""
        return max(self.values)


class CosineDecay(KerasObject, frozen=True, tag="CosineDecay"):
    """A rise to warmup_target in warmup_steps batches, then half a cosine in decay_steps batches.

    Without a warm-up the cosine starts at initial_learning_rate. It ends at `alpha` times its start.
    """

    initial_learning_rate: Rate
    decay_steps: _Steps
    alpha: Annotated[float, Meta(ge=0, le=1)] = 0.0
    warmup_target: Rate | None = None
    warmup_steps: Annotated[int, Meta(ge=0, le=1_000_000_000)] = 0

    @property
    def highest(self) -> float:
        """The highest learning rate: at the end of the warm-up, or at the start without one."""
        return max(self.initial_learning_rate, self.warmup_target or 0.0)


class CosineDecayRestarts(KerasObject, frozen=True, tag="CosineDecayRestarts"):
    """Half a cosine of first_decay_steps batches, repeated.

    Each repetition is `t_mul` times as long and `m_mul` times as high as the one before.
    """

    initial_learning_rate: Rate
    first_decay_steps: _Steps
    t_mul: Annotated[float, Meta(ge=1, le=100)] = 2.0
    m_mul: Annotated[float, Meta(ge=0, le=1)] = 1.0
    alpha: Annotated[float, Meta(ge=0, le=1)] = 0.0

    @property
    def highest(self) -> float:
        """The highest learning rate: the first one."""
        return self.initial_learning_rate


class OwnSchedule(KerasObject, frozen=True, tag="OwnSchedule"):
    """The rate of each batch, which an own schedule gave; the last one holds for all that follow."""

    rates: Annotated[tuple[Rate, ...], Meta(min_length=1, max_length=MAX_BATCHES)]

    @property
    def highest(self) -> float:
        """The highest learning rate."""
        return max(self.rates)


class OtherSchedule(KerasObject, frozen=True, tag="OtherSchedule"):
    """A schedule that the kit does not support, of which only the class's name is known."""

    class_name: Name

    @property
    def highest(self) -> float:
        """0, since the rates are unknown; such a recipe is refused."""
        return 0.0


Schedule = (
    ExponentialDecay
    | InverseTimeDecay
    | PolynomialDecay
    | PiecewiseConstantDecay
    | CosineDecay
    | CosineDecayRestarts
    | OwnSchedule
    | OtherSchedule
)
