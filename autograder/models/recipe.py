"""A training recipe as validated data: a compiled model and the arguments of its training."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Annotated

import msgspec
import numpy as np
from msgspec import Meta, Struct

from autograder._util.i18n import gettext as _
from autograder._util.i18n import ngettext
from autograder.keras_objects.base import Name
from autograder.keras_objects.callbacks import Callback, ReduceLROnPlateau, WatchingCallback
from autograder.keras_objects.losses import CLASSES
from autograder.keras_objects.optimizers import OPTIMIZERS
from autograder.models import batch_rates
from autograder.models.model import ModelData, fold_activations
from autograder.models.model_rules import model_complaints
from autograder.models.recipe_entries import plain_data
from autograder.models.recipe_rules import (
    MAX_EPOCHS,
    RecipeRefused,
    callback_complaints,
    compile_complaints,
    table_complaints,
    work_complaints,
)
from autograder.models.schema_messages import sentence

_LONGEST_COMPLAINT = 500
_MAX_NAMED = 5  # unknown keys named in a message
# Arguments of `fit` that the kit does not need: it has validation images of its own.
_LEFT_OUT = ("validation_split", "validation_data", "verbose")

_EpochRate = Annotated[float, Meta(gt=0, le=100)]
_ClassWeight = Annotated[float, Meta(ge=0, le=1_000)]


class Recipe(Struct, frozen=True, forbid_unknown_fields=True):
    """A compiled model and the arguments of its training.

    `learning_rates` has one rate for each epoch. If it is empty, the rate or the schedule with
    which the model was compiled applies. `class_weight` has the weight of each class in the loss; if
    it is empty, all weights are 1. `left_out` names arguments and callbacks that the kit does not
    need, since they change nothing in how it trains.
    """

    model: ModelData
    epochs: Annotated[int, Meta(ge=1, le=MAX_EPOCHS)]
    batch_size: Annotated[int, Meta(ge=1, le=4_096)] = 32
    learning_rates: Annotated[tuple[_EpochRate, ...], Meta(max_length=MAX_EPOCHS)] = ()
    callbacks: Annotated[tuple[Callback, ...], Meta(max_length=10)] = ()
    class_weight: Annotated[tuple[_ClassWeight, ...], Meta(max_length=CLASSES)] = ()
    left_out: tuple[Name, ...] = ()

    @property
    def steering(self) -> list[str]:
        """The Keras objects that change the learning rate during training, in words."""
        compiled = self.model.compiled
        scheduled = compiled is not None and compiled.schedule is not None
        plateau = any(isinstance(callback, ReduceLROnPlateau) for callback in self.callbacks)
        return [_("a schedule")] * scheduled + ["ReduceLROnPlateau"] * plateau


def read_recipe(answer: object, *, of_table: bool = False) -> Recipe:
    """Read and check the recipe that a student's function returned.

    Args:
        answer: a dict with the keys "model" and "epochs", and optionally the other fields of Recipe.
        of_table: whether the notebook has a table with everything that the recipe may set.

    Raises:
        RecipeRefused: with the first thing that is wrong or not allowed.

    """
    if not isinstance(answer, dict):
        mistake = "model-only" if isinstance(answer, ModelData) else ""
        raise RecipeRefused(_("a recipe is a dict with the keys model, epochs and so on"), mistake)
    model = answer.get("model")
    if (
        isinstance(model, ModelData)
        and batch_rates.KEY in answer
        and batch_rates.has_own_schedule(model)
    ):
        model = batch_rates.with_rates(model, answer[batch_rates.KEY])
        answer = {key: value for key, value in answer.items() if key != batch_rates.KEY}
    keys = [key for key in Recipe.__struct_fields__ if key != "left_out"]
    left_out = [str(key) for key, value in answer.items() if _changes_nothing(key, value)]
    answer = {key: value for key, value in answer.items() if key not in left_out}
    if unknown := sorted(str(key)[:50] for key in answer if key not in keys):
        named = ", ".join(unknown[:_MAX_NAMED]) + ", ..." * (len(unknown) > _MAX_NAMED)
        raise RecipeRefused(
            _("a recipe has no {names}; it has {keys}").format(names=named, keys=", ".join(keys))
        )
    if "model" not in answer:
        raise RecipeRefused(_('the recipe has no "{name}"').format(name="model"))
    if not isinstance(model, ModelData):
        raise RecipeRefused(_('the "model" of the recipe is not a Keras model'))
    rest = {
        key: plain_data(key, value)
        for key, value in answer.items()
        if key != "model" and (value is not None or key == "epochs")
    }
    if isinstance(rest.get("callbacks"), dict):
        rest["callbacks"] = [rest["callbacks"]]  # a single one, which `fit` accepts too
    try:
        recipe = msgspec.convert({"model": msgspec.to_builtins(model), **rest}, Recipe)
    except msgspec.ValidationError as error:
        text = sentence(str(error), rest)
        raise RecipeRefused(text[:_LONGEST_COMPLAINT]) from None
    watching = [callback for callback in recipe.callbacks if isinstance(callback, WatchingCallback)]
    recipe = msgspec.structs.replace(
        recipe,
        callbacks=tuple(callback for callback in recipe.callbacks if callback not in watching),
        left_out=(*left_out, *(callback.class_name for callback in watching)),
    )
    complaints = _complaints(recipe)
    if of_table:
        complaints = chain(complaints, table_complaints(model))
    for complaint in complaints:
        raise complaint
    return recipe


def _changes_nothing(key: object, value: object) -> bool:
    """Whether an argument of `fit` is as the kit trains anyway, or only says what is printed."""
    return key in _LEFT_OUT or (key == "shuffle" and value is True)


def check_model(model: ModelData) -> None:
    """Raise RecipeRefused if a model may not predict; how it is trained is not checked."""
    for complaint in model_complaints(model, only_predicts=True):
        raise complaint


def canonical(recipe: Recipe) -> Recipe:
    """Write a recipe in canonical form, the same for recipes that train alike.

    It has no metrics, and activation layers are folded into the layers before them. The learning
    rate is that of the first epoch, or the highest of a schedule.
    """
    compiled = recipe.model.compiled
    assert compiled is not None
    allowed = OPTIMIZERS[compiled.optimizer].defaults
    settings = {
        name: compiled.settings[name] for name in sorted(compiled.settings) if name in allowed
    }
    by_epoch = recipe.learning_rates or (compiled.learning_rate,) * recipe.epochs
    rates = tuple(float(np.float32(rate)) for rate in by_epoch)  # as precise as Keras stores them
    schedule = compiled.schedule
    model = msgspec.structs.replace(
        fold_activations(recipe.model),
        compiled=msgspec.structs.replace(
            compiled,
            settings=settings,
            metrics=(),
            learning_rate=schedule.highest if schedule else rates[0],
        ),
    )
    rates = () if recipe.steering else rates
    weights = () if set(recipe.class_weight) == {1.0} else recipe.class_weight
    return msgspec.structs.replace(
        recipe, model=model, learning_rates=rates, class_weight=weights, left_out=()
    )


def _complaints(recipe: Recipe) -> Iterator[RecipeRefused]:
    """What is wrong with a recipe, the most basic thing first."""
    yield from model_complaints(recipe.model)
    yield from work_complaints(recipe.model, recipe.epochs)
    yield from compile_complaints(recipe.model)
    if recipe.learning_rates and len(recipe.learning_rates) != recipe.epochs:
        yield RecipeRefused(
            ngettext(
                "learning_rates needs {epochs} entry, one for each epoch, and has {count}",
                "learning_rates needs {epochs} entries, one for each epoch, and has {count}",
                recipe.epochs,
            ).format(count=len(recipe.learning_rates), epochs=recipe.epochs),
            "rates-count",
        )
    if recipe.class_weight and len(recipe.class_weight) != CLASSES:
        yield RecipeRefused(
            _("class_weight has {count} weights for {classes} classes").format(
                count=len(recipe.class_weight), classes=CLASSES
            )
        )
    by_epoch = [_("learning_rates, or a LearningRateScheduler,")] * bool(recipe.learning_rates)
    rate_sources = by_epoch + recipe.steering
    if len(rate_sources) > 1:
        yield RecipeRefused(
            _("{one} and {other} both set the learning rate; give one of them").format(
                one=rate_sources[0], other=rate_sources[1]
            ),
            "schedule" if recipe.learning_rates else "",
        )
    yield from callback_complaints(recipe.callbacks)
