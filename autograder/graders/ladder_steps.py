"""What each rung of the ladder teaches, and what of it a recipe lacks: read off its data.

The accuracy of a recipe counts only where it takes the step of its rung. Any way to take it is
good: what is counted are kernels that slide, layers that do something, rates that really fall,
not names or the form of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from autograder.graders.ladder_networks import Convolutions, convolutions, dropouts, normalized
from autograder.keras_objects import ReduceLROnPlateau
from autograder.models import Recipe
from autograder.testing import N_

# Of rung a's network; what a rung demands is said in parts of it.
FIRST = Convolutions(filters=96, weights=52_000)
SMALLEST = Convolutions(FIRST.filters // 2, FIRST.weights // 4)
LARGER = Convolutions(FIRST.filters * 3 // 2, FIRST.weights)
ADAPTIVE = ("adam", "adamw", "nadam", "rmsprop")
LARGEST_EPSILON = (
    0.01  # beyond it, an adaptive optimizer's steps are all but those of plain descent
)
NORMALIZED = 2  # layers at least
LEAST_DROPPED = 0.1  # of the values
EPOCHS = 10  # twice those of the rungs before
FALL = 0.5  # the last rate, as a share of the highest


class Lack(NamedTuple):
    """What a recipe has in place of what its rung demands, in words."""

    seen: str
    wanted: str


Check = Callable[[Recipe], Lack | None]


class Step(NamedTuple):
    """What the points for a rung's accuracy demand besides: in words, and to check."""

    demand: str
    checks: tuple[Check, ...]


def _enough(least: Convolutions) -> Check:
    def check(recipe: Recipe) -> Lack | None:
        seen = convolutions(recipe.model)
        if seen.filters >= least.filters and seen.weights >= least.weights:
            return None
        return Lack(
            f"{seen.filters:,} filters with {seen.weights:,} weights in its convolutions",
            f"at least {least.filters:,} filters with {least.weights:,} weights, "
            "in convolutions whose kernels slide and an activation follows",
        )

    return check


def _plain_descent(recipe: Recipe) -> Lack | None:
    optimizer = _optimizer(recipe)
    wanted = "gradient descent, sgd: the optimizer changes on rung c"
    return None if optimizer == "sgd" else Lack(f"the optimizer {optimizer}", wanted)


def _adaptive(recipe: Recipe) -> Lack | None:
    optimizer = _optimizer(recipe)
    wanted = f"an optimizer that fits its steps to each parameter: {', '.join(ADAPTIVE)}"
    if optimizer not in ADAPTIVE:
        return Lack(f"the optimizer {optimizer}", wanted)
    assert recipe.model.compiled is not None
    epsilon = recipe.model.compiled.settings.get("epsilon") or 0.0
    if epsilon > LARGEST_EPSILON:
        return Lack(f"{optimizer} with epsilon {epsilon:g}", f"at most {LARGEST_EPSILON}")
    return None


def _normalizes(recipe: Recipe) -> Lack | None:
    count = normalized(recipe.model)
    if count >= NORMALIZED:
        return None
    return Lack(
        f"batch normalization of what {count} convolutions or dense layers put out",
        f"of {NORMALIZED} at least",
    )


def _drops(recipe: Recipe) -> Lack | None:
    highest = max(dropouts(recipe.model), default=0.0)
    if highest >= LEAST_DROPPED:
        return None
    return Lack(
        f"dropout of at most {highest:.0%} of what a layer puts out" if highest else "no dropout",
        f"dropout of {LEAST_DROPPED:.0%} at least after a convolution or a dense layer",
    )


def _lasts(recipe: Recipe) -> Lack | None:
    if recipe.epochs >= EPOCHS:
        return None
    return Lack(f"{recipe.epochs} epochs", f"a longer training, at least {EPOCHS}")


def _falls(recipe: Recipe) -> Lack | None:
    if recipe.learning_rates:
        return _lacks_falling_rate(recipe.learning_rates)
    assert recipe.model.compiled is not None
    lowers = recipe.model.compiled.schedule or any(
        isinstance(callback, ReduceLROnPlateau) for callback in recipe.callbacks
    )
    return None if lowers else Lack("one learning rate throughout", _FALLING)


_FALLING = "learning rates that fall, at least to half of the highest"


def _lacks_falling_rate(rates: Sequence[float]) -> Lack | None:
    if rates[-1] <= FALL * max(rates):
        return None
    return Lack(f"learning rates up to {max(rates):.3g} that end with {rates[-1]:.3g}", _FALLING)


def _optimizer(recipe: Recipe) -> str:
    assert recipe.model.compiled is not None, "an accepted recipe has a compiled model"
    return recipe.model.compiled.optimizer


_LARGE_AND_ADAPTIVE = (_enough(LARGER), _adaptive)
_HELD_BACK = (_normalizes, _drops)
STEPS = {
    "rung-a": Step(
        N_("convolutions, and plain gradient descent"), (_enough(SMALLEST), _plain_descent)
    ),
    "rung-b": Step(
        N_("a larger network, and plain gradient descent"), (_enough(LARGER), _plain_descent)
    ),
    "rung-c": Step(N_("an adaptive optimizer, for the larger network"), _LARGE_AND_ADAPTIVE),
    "rung-d": Step(N_("batch normalization and dropout"), (*_LARGE_AND_ADAPTIVE, *_HELD_BACK)),
    "rung-e": Step(
        N_("a longer training with falling rates"),
        (*_LARGE_AND_ADAPTIVE, *_HELD_BACK, _lasts, _falls),
    ),
}


def lacking(question: str, recipe: Recipe) -> Lack | None:
    """The first thing that a recipe lacks of its rung's step; None where it takes it.

    A rung without a step, the open one, demands nothing besides its accuracy.
    """
    if question not in STEPS:
        return None
    lacks = (check(recipe) for check in STEPS[question].checks)
    return next((lack for lack in lacks if lack), None)


def lacking_in_run(question: str, rates: Sequence[float]) -> Lack | None:
    """What only a run shows: how long it was, and whether the `rates` of its epochs fell."""
    if question not in STEPS or _falls not in STEPS[question].checks:
        return None
    if len(rates) < EPOCHS:
        return Lack(f"a training that ended after {len(rates)} epochs", f"at least {EPOCHS}")
    return _lacks_falling_rate(rates)
