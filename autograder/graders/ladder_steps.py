"""The step that each rung of the ladder teaches, and which part of it a recipe lacks.

A recipe's accuracy gives points only if the recipe takes the step of its rung. Any way to take it
counts: the checks look for kernels that slide, layers with an effect and rates that really fall,
not for names or the form of the code.

The open rung has a step only in a tier where accuracy alone cannot tell it from rung e: see
`Threshold.step`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from autograder.graders.ladder_dead_ends import dead_ends
from autograder.graders.ladder_layers import RUNGS
from autograder.graders.ladder_networks import (
    Convolutions,
    convolutions,
    dropouts,
    leads_past_convolutions,
    leads_past_dropout,
    leads_past_normalization,
    normalized,
)
from autograder.graders.ladder_open import augments, earlier_network
from autograder.graders.ladder_rates import (
    FALL,
    counted_epochs,
    highest,
    idle_epochs,
    learning_epochs,
    may_fall,
    own_rates,
    planned_rates,
)
from autograder.models import Compiled, Recipe
from autograder.testing import N_, ngettext
from autograder.testing import gettext as _

# The network of rung a. What other rungs demand is a multiple of it.
FIRST = Convolutions(filters=96, weights=52_000)
SMALLEST = Convolutions(FIRST.filters // 2, FIRST.weights // 4)
LARGER = Convolutions(FIRST.filters * 3 // 2, FIRST.weights)
ADAPTIVE = ("adadelta", "adagrad", "adam", "adamax", "adamw", "nadam", "rmsprop")
# With a larger epsilon, the steps of an adaptive optimizer are almost those of plain descent.
LARGEST_EPSILON = 0.01
NORMALIZED = 2  # the fewest layers with batch normalization
LEAST_DROPPED = 0.1  # the smallest share of the values that dropout must drop
EPOCHS = 10  # the fewest epochs, twice those of the earlier rungs


class Lack(NamedTuple):
    """What a recipe has, and what its rung demands instead, in words."""

    actual: str
    wanted: str


Check = Callable[[Recipe], Lack | None]


class Step(NamedTuple):
    """What a rung demands besides an accuracy: in words, and as checks."""

    demand: str
    checks: tuple[Check, ...]


def _has_convolutions(least: Convolutions) -> Check:
    def check(recipe: Recipe) -> Lack | None:
        counts = convolutions(recipe.model)
        actual = _("{filters:,} filters with {weights:,} weights in its convolutions")
        if counts.filters >= least.filters and counts.weights >= least.weights:
            if not leads_past_convolutions(recipe.model):
                return None
            actual = _(_BRANCH).format(actual=actual)
        wanted = _(
            "at least {filters:,} filters with {weights:,} weights, in convolutions whose kernels "
            "slide, that an activation follows and that no branch leads around"
        )
        return Lack(actual.format(**counts._asdict()), wanted.format(**least._asdict()))

    return check


_OPTIMIZER = N_("the optimizer {name}")
_BRANCH = N_("{actual}, and a branch that leads around")


def _leads_on(recipe: Recipe) -> Lack | None:
    return next((Lack(*texts) for texts in dead_ends(recipe.model)), None)


def _uses_sgd(recipe: Recipe) -> Lack | None:
    optimizer = _compiled(recipe).optimizer
    wanted = _("gradient descent, sgd: the optimizer changes on rung c")
    return None if optimizer == "sgd" else Lack(_(_OPTIMIZER).format(name=optimizer), wanted)


def _is_adaptive(recipe: Recipe) -> Lack | None:
    optimizer = _compiled(recipe).optimizer
    if optimizer not in ADAPTIVE:
        wanted = _("an optimizer that fits its steps to each parameter: {names}")
        return Lack(_(_OPTIMIZER).format(name=optimizer), wanted.format(names=", ".join(ADAPTIVE)))
    epsilon = _compiled(recipe).settings.get("epsilon") or 0.0
    if epsilon > LARGEST_EPSILON:
        actual = _("{optimizer} with epsilon {epsilon:g}")
        return Lack(
            actual.format(optimizer=optimizer, epsilon=epsilon),
            _("at most {most}").format(most=LARGEST_EPSILON),
        )
    return None


def _normalizes(recipe: Recipe) -> Lack | None:
    count = normalized(recipe.model)
    actual = _("batch normalization after {count} of the convolutions and dense layers")
    if count >= NORMALIZED:
        if not leads_past_normalization(recipe.model):
            return None
        actual = _(_BRANCH).format(actual=actual)
    wanted = _("after {count} at least, with no branch around all of it")
    return Lack(actual.format(count=count), wanted.format(count=NORMALIZED))


def _drops(recipe: Recipe) -> Lack | None:
    largest = max(dropouts(recipe.model), default=0.0)
    actual = (
        _("dropout of at most {share:.0%} of what a layer puts out") if largest else _("no dropout")
    )
    if largest >= LEAST_DROPPED:
        if not leads_past_dropout(recipe.model, LEAST_DROPPED):
            return None
        actual = _(_BRANCH).format(actual=actual)
    wanted = _(
        "dropout of {share:.0%} at least after a convolution or a dense layer, with no branch around it"
    )
    return Lack(actual.format(share=largest), wanted.format(share=LEAST_DROPPED))


def _trains_long(recipe: Recipe) -> Lack | None:
    rates = planned_rates(recipe)
    if counted_epochs(rates) >= EPOCHS:
        return None
    plain = ngettext("{epochs} epoch", "{epochs} epochs", len(rates)).format(epochs=len(rates))
    wanted = _("a longer training, at least {epochs}").format(epochs=EPOCHS)
    return Lack(plain if len(rates) < EPOCHS else idle_epochs(rates), wanted)


def _rates_fall(recipe: Recipe) -> Lack | None:
    if rates := own_rates(recipe):
        return _lack_in_rates(rates, rates[-1])
    if may_fall(recipe):
        return None
    return Lack(_("one learning rate throughout"), _(_FALLING))


_FALLING = N_("learning rates that fall, at least to half of the highest")


def _lack_in_rates(rates: Sequence[float], last: float) -> Lack | None:
    if last <= FALL * highest(rates):
        return None
    actual = _("learning rates up to {highest:.3g} that end with {last:.3g}")
    return Lack(actual.format(highest=highest(rates), last=last), _(_FALLING))


def _goes_beyond(recipe: Recipe) -> Lack | None:
    """Whether a recipe has what no rung before has: another network, other images or more epochs."""
    model, longest = recipe.model, max(len(rung.rates) for rung in RUNGS.values())
    name = earlier_network(model)
    is_augmented = any(map(augments, model.layers))
    epochs = learning_epochs(planned_rates(recipe))
    if name is None or not model.chain or is_augmented or epochs > longest:
        return None
    actual = ngettext(
        "the convolutions and dense layers of {rung}, trained for {epochs} epoch on images as they are",
        "the convolutions and dense layers of {rung}, trained for {epochs} epochs on images as they are",
        epochs,
    )
    wanted = _(
        "other layers, layers that augment the images at random, or more than {epochs} epochs"
    )
    return Lack(actual.format(rung=name, epochs=epochs), wanted.format(epochs=longest))


def _compiled(recipe: Recipe) -> Compiled:
    assert recipe.model.compiled is not None, "an accepted recipe has a compiled model"
    return recipe.model.compiled


_LARGE = (_leads_on, _has_convolutions(LARGER))
_LARGE_AND_ADAPTIVE = (*_LARGE, _is_adaptive)
_REGULARIZED = (_normalizes, _drops)
STEPS = {
    "rung-a": Step(
        N_("convolutions, and plain gradient descent"),
        (_leads_on, _has_convolutions(SMALLEST), _uses_sgd),
    ),
    "rung-b": Step(N_("a larger network, and plain gradient descent"), (*_LARGE, _uses_sgd)),
    "rung-c": Step(N_("an adaptive optimizer, for the larger network"), _LARGE_AND_ADAPTIVE),
    "rung-d": Step(N_("batch normalization and dropout"), (*_LARGE_AND_ADAPTIVE, *_REGULARIZED)),
    "rung-e": Step(
        N_("a longer training with falling rates"),
        (*_LARGE_AND_ADAPTIVE, *_REGULARIZED, _trains_long, _rates_fall),
    ),
    "rung-open": Step(
        N_("another network than those before, augmented images, or a longer training"),
        (_goes_beyond,),
    ),
}


def lacking(question: str, recipe: Recipe) -> Lack | None:
    """The first thing that a recipe lacks of its rung's step; None if it takes the step."""
    return next(filter(None, (check(recipe) for check in STEPS[question].checks)), None)


def lacking_in_run(question: str, rates: Sequence[float]) -> Lack | None:
    """What a run lacks of its rung's step: enough epochs, or rates (one for each epoch) that fell."""
    if _rates_fall not in STEPS[question].checks:
        return None
    if len(rates) < EPOCHS:
        actual = ngettext(
            "a training that ended after {epochs} epoch",
            "a training that ended after {epochs} epochs",
            len(rates),
        )
        return Lack(actual.format(epochs=len(rates)), _("at least {least}").format(least=EPOCHS))
    if counted_epochs(rates) < EPOCHS:
        return Lack(idle_epochs(rates), _("at least {least}").format(least=EPOCHS))
    return _lack_in_rates(rates, min(rates[-2:]))  # a schedule may have begun anew after the last
