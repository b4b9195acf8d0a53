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
    are_similar,
    augments,
    convolutions,
    detecting,
    dropouts,
    normalized,
)
from autograder.keras_objects import OwnSchedule, ReduceLROnPlateau
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
FALL = 0.5  # the largest last rate, as a share of the highest but one
LEAST_RATE = 0.01  # an epoch with a lower rate, as a share of the highest, changes nothing


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
        if counts.filters >= least.filters and counts.weights >= least.weights:
            return None
        actual = _("{filters:,} filters with {weights:,} weights in its convolutions")
        wanted = _(
            "at least {filters:,} filters with {weights:,} weights, in convolutions whose kernels "
            "slide, that an activation follows and that no branch leads around"
        )
        return Lack(actual.format(**counts._asdict()), wanted.format(**least._asdict()))

    return check


def _leads_on(recipe: Recipe) -> Lack | None:
    return next((Lack(*texts) for texts in dead_ends(recipe.model)), None)


def _uses_sgd(recipe: Recipe) -> Lack | None:
    optimizer = _compiled(recipe).optimizer
    wanted = _("gradient descent, sgd: the optimizer changes on rung c")
    return None if optimizer == "sgd" else Lack(_named(optimizer), wanted)


def _named(optimizer: str) -> str:
    return _("the optimizer {name}").format(name=optimizer)


def _is_adaptive(recipe: Recipe) -> Lack | None:
    optimizer = _compiled(recipe).optimizer
    if optimizer not in ADAPTIVE:
        wanted = _("an optimizer that fits its steps to each parameter: {names}")
        return Lack(_named(optimizer), wanted.format(names=", ".join(ADAPTIVE)))
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
    if count >= NORMALIZED:
        return None
    actual = _("batch normalization after {count} of the convolutions and dense layers")
    wanted = _("after {count} at least, with no branch around all of it")
    return Lack(actual.format(count=count), wanted.format(count=NORMALIZED))


def _drops(recipe: Recipe) -> Lack | None:
    highest = max(dropouts(recipe.model), default=0.0)
    if highest >= LEAST_DROPPED:
        return None
    actual = _("dropout of at most {share:.0%} of what a layer puts out")
    wanted = _(
        "dropout of {share:.0%} at least after a convolution or a dense layer, with no branch around it"
    )
    return Lack(
        actual.format(share=highest) if highest else _("no dropout"),
        wanted.format(share=LEAST_DROPPED),
    )


def _trains_long(recipe: Recipe) -> Lack | None:
    if (epochs := _epochs(recipe)) >= EPOCHS:
        return None
    plain = ngettext("{epochs} epoch", "{epochs} epochs", epochs).format(epochs=epochs)
    wanted = _("a longer training, at least {epochs}").format(epochs=EPOCHS)
    return Lack(_at_work(epochs) if epochs < recipe.epochs else plain, wanted)


def _epochs(recipe: Recipe) -> int:
    return _learning(recipe.learning_rates) if recipe.learning_rates else recipe.epochs


def _learning(rates: Sequence[float]) -> int:
    """The number of epochs with a rate that changes the network."""
    return sum(rate >= 0.999 * LEAST_RATE * max(rates) for rate in rates)  # 0.999 for rounding


def _at_work(epochs: int) -> str:
    return ngettext(
        "{epochs} epoch with a rate of at least a hundredth of the highest",
        "{epochs} epochs with a rate of at least a hundredth of the highest",
        epochs,
    ).format(epochs=epochs)


def _rates_fall(recipe: Recipe) -> Lack | None:
    if recipe.learning_rates:
        return _lack_in_rates(recipe.learning_rates)
    schedule = _compiled(recipe).schedule
    if isinstance(schedule, OwnSchedule):
        return _lack_in_rates(schedule.rates)
    falls = schedule or any(isinstance(each, ReduceLROnPlateau) for each in recipe.callbacks)
    return None if falls else Lack(_("one learning rate throughout"), _(_FALLING))


_FALLING = N_("learning rates that fall, at least to half of the highest")


def _lack_in_rates(rates: Sequence[float]) -> Lack | None:
    highest = sorted(rates)[-2:][0]  # without a single higher one, which is no schedule
    if rates[-1] <= FALL * highest:
        return None
    actual = _("learning rates up to {highest:.3g} that end with {last:.3g}")
    return Lack(actual.format(highest=highest, last=rates[-1]), _(_FALLING))


def _goes_beyond(recipe: Recipe) -> Lack | None:
    """Whether a recipe has what no rung before has: another network, other images or more epochs."""
    model, longest = recipe.model, max(len(rung.rates) for rung in RUNGS.values())
    own = detecting(model)
    name = next((name for name, sizes in _NETWORKS.items() if are_similar(own, sizes)), None)
    is_augmented = any(map(augments, model.layers))
    if name is None or not model.chain or is_augmented or _epochs(recipe) > longest:
        return None
    actual = ngettext(
        "the convolutions and dense layers of {rung}, trained for {epochs} epoch on images as they are",
        "the convolutions and dense layers of {rung}, trained for {epochs} epochs on images as they are",
        recipe.epochs,
    )
    wanted = _(
        "other layers, layers that augment the images at random, or more than {epochs} epochs"
    )
    return Lack(actual.format(rung=name, epochs=recipe.epochs), wanted.format(epochs=longest))


_NETWORKS = {
    name.replace("_", " "): [
        layer.parameters
        for layer in rung.layers
        if layer.kind in ("Conv2D", "Dense") and layer.activation == "relu"
    ]
    for name, rung in RUNGS.items()
}


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
    if (epochs := _learning(rates)) < EPOCHS:
        return Lack(_at_work(epochs), _("at least {least}").format(least=EPOCHS))
    return _lack_in_rates(rates)
