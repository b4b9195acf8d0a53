"""Which epochs of a training change the network, and which learning rates fall."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.keras_objects import OwnSchedule, ReduceLROnPlateau
from autograder.models import Recipe
from autograder.testing import ngettext

FALL = 0.5  # the largest last rate, as a share of the highest
_ALONE = 0.75  # the highest rate stands alone above a next one of a smaller share
_LEAST_RATE = 0.001  # an epoch with a lower rate, as a share of the highest, changes nothing


def learning_epochs(rates: Sequence[float]) -> int:
    """The number of epochs with a rate that changes the network."""
    return sum(rate >= _LEAST_RATE * max(rates) for rate in rates)


def counted_epochs(rates: Sequence[float]) -> int:
    """The number of epochs that count: one may have a rate of 0, with which a schedule begins or ends."""
    return min(len(rates), learning_epochs(rates) + 1)


def idle_epochs(rates: Sequence[float]) -> str:
    """What a training lacks whose rates are too low in some epochs, in words."""
    return ngettext(
        "{epochs} epoch, and others with less than a thousandth of the highest rate, which change nothing",
        "{epochs} epochs, and others with less than a thousandth of the highest rate, which change nothing",
        learning_epochs(rates),
    ).format(epochs=learning_epochs(rates))


def planned_rates(recipe: Recipe) -> Sequence[float]:
    """A rate for each epoch of a recipe: its own, or all alike where a schedule or nothing sets them."""
    return recipe.learning_rates or (1.0,) * recipe.epochs


def highest(rates: Sequence[float]) -> float:
    """The highest rate, or the next one if it stands alone: one epoch with a high rate is no schedule."""
    second, first = sorted(rates)[-2:][0], max(rates)
    return first if second >= _ALONE * first else second


def may_fall(recipe: Recipe) -> bool:
    """Whether a recipe has a schedule of Keras's or a callback, whose rates only its run shows."""
    compiled = recipe.model.compiled
    schedule = compiled.schedule if compiled else None
    of_keras = schedule is not None and not isinstance(schedule, OwnSchedule)
    return of_keras or any(isinstance(each, ReduceLROnPlateau) for each in recipe.callbacks)


def own_rates(recipe: Recipe) -> Sequence[float]:
    """The rates that a recipe itself lists, by epoch or by batch; none of a schedule of Keras's."""
    compiled = recipe.model.compiled
    schedule = compiled.schedule if compiled else None
    return schedule.rates if isinstance(schedule, OwnSchedule) else recipe.learning_rates
