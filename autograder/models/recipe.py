"""A training run as checked data: a model, how long and how it is trained, what is allowed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
import numpy as np
from msgspec import Meta, Struct

from autograder.keras_objects.callbacks import Callback, ReduceLROnPlateau
from autograder.keras_objects.optimizers import OPTIMIZERS
from autograder.models.model import ModelData, fold_activations
from autograder.models.recipe_rules import (
    MAX_EPOCHS,
    RecipeRefused,
    callback_complaints,
    compile_complaints,
    model_complaints,
    work_complaints,
)

_MAX_ITEMS, _DEEPEST = 1_000, 3  # of one entry, beside the model: ten callbacks, sixty rates
_LONGEST_COMPLAINT = 500
_MAX_NAMED = 5  # unknown keys

Rate = Annotated[float, Meta(gt=0, le=100)]


class Recipe(Struct, frozen=True, forbid_unknown_fields=True):
    """A compiled model and the arguments of its training.

    `learning_rates` has one rate for each epoch, or none where the compiled one holds, or a
    schedule that the model was compiled with.
    """

    model: ModelData
    epochs: Annotated[int, Meta(ge=1, le=MAX_EPOCHS)]
    batch_size: Annotated[int, Meta(ge=1, le=4_096)] = 32
    learning_rates: Annotated[tuple[Rate, ...], Meta(max_length=MAX_EPOCHS)] = ()
    callbacks: Annotated[tuple[Callback, ...], Meta(max_length=10)] = ()

    @property
    def steering(self) -> list[str]:
        """What of Keras's sets the learning rate while the training goes on, in words."""
        compiled = self.model.compiled
        scheduled = compiled is not None and compiled.schedule is not None
        plateau = any(isinstance(callback, ReduceLROnPlateau) for callback in self.callbacks)
        return ["a schedule"] * scheduled + ["ReduceLROnPlateau"] * plateau


def read_recipe(answer: object) -> Recipe:
    """The recipe in a student's answer, a dict of "model", "epochs" and so on.

    Raises RecipeRefused with the first thing that is wrong or not allowed.
    """
    if not isinstance(answer, dict):
        mistake = "model-only" if isinstance(answer, ModelData) else ""
        raise RecipeRefused("a recipe is a dict with the keys model, epochs and so on", mistake)
    model = answer.get("model")
    if not isinstance(model, ModelData):
        raise RecipeRefused('the "model" of the recipe is not a Keras model')
    known = set(Recipe.__struct_fields__)
    if unknown := sorted(str(key)[:50] for key in answer if key not in known):
        named = ", ".join(unknown[:_MAX_NAMED]) + ", ..." * (len(unknown) > _MAX_NAMED)
        raise RecipeRefused(f"a recipe has no {named}; it has {', '.join(known)}")
    rest = {key: _as_plain_data(key, value) for key, value in answer.items() if key != "model"}
    if isinstance(rest.get("callbacks"), dict):
        rest["callbacks"] = [rest["callbacks"]]  # one alone, as `fit` takes it too
    try:
        recipe = msgspec.convert({"model": msgspec.to_builtins(model), **rest}, Recipe)
    except msgspec.ValidationError as error:
        raise RecipeRefused(str(error)[:_LONGEST_COMPLAINT]) from None
    for complaint in _complaints(recipe):
        raise complaint
    return recipe


def check_model(model: ModelData) -> None:
    """Raise RecipeRefused with what is not allowed about a model, whatever it was compiled with."""
    for complaint in model_complaints(model):
        raise complaint


def canonical(recipe: Recipe) -> Recipe:
    """The same run written in one way: no names, activations within their layers, no metrics.

    The learning rate is the one of the first epoch, or the highest that a schedule reaches.
    """
    compiled = recipe.model.compiled
    assert compiled is not None
    allowed = OPTIMIZERS[compiled.optimizer].defaults
    settings = {
        name: compiled.settings[name] for name in sorted(compiled.settings) if name in allowed
    }
    given = recipe.learning_rates or (compiled.learning_rate,) * recipe.epochs
    rates = tuple(float(np.float32(rate)) for rate in given)  # the precision that Keras keeps
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
    return msgspec.structs.replace(recipe, model=model, learning_rates=rates)


def _complaints(recipe: Recipe) -> Iterator[RecipeRefused]:
    """What is not allowed about a recipe, the most basic thing first."""
    yield from model_complaints(recipe.model)
    yield from work_complaints(recipe.model, recipe.epochs)
    yield from compile_complaints(recipe.model)
    if recipe.learning_rates and len(recipe.learning_rates) != recipe.epochs:
        count = len(recipe.learning_rates)
        yield RecipeRefused(
            f"learning_rates has {count} entries for {recipe.epochs} epochs", "rates-count"
        )
    setting = ["learning_rates"] * bool(recipe.learning_rates) + recipe.steering
    if len(setting) > 1:
        yield RecipeRefused(
            f"{' and '.join(setting[:2])} both set the learning rate; give one of them",
            "schedule" if recipe.learning_rates else "",
        )
    yield from callback_complaints(recipe.callbacks)


def _as_plain_data(key: str, value: object) -> object:
    """NumPy's numbers and arrays, and callbacks, as plain data, which the schema then checks.

    An array crosses in a few bytes a number, and takes ten times as many as a list. So each
    entry is measured first: raises RecipeRefused for one that no recipe needs.
    """
    if not _is_small(value):
        raise RecipeRefused(
            f'the "{key}" of the recipe holds more than {_MAX_ITEMS:,} values, or is nested too deeply'
        )
    return _copied(value)


def _is_small(value: object) -> bool:
    """Whether lists and arrays hold _MAX_ITEMS together at most, nested _DEEPEST deep at most."""
    left, waiting = _MAX_ITEMS, [(value, 0)]
    while waiting:
        item, depth = waiting.pop()
        match item:
            case np.ndarray():
                left, depth = left - item.size, depth + item.ndim
            case list() | tuple() | dict():
                left, depth = left - len(item), depth + 1
        if left < 0 or depth > _DEEPEST:
            return False
        if isinstance(item, list | tuple | dict):
            inner = item.values() if isinstance(item, dict) else item
            waiting += ((each, depth) for each in inner)
    return True


def _copied(value: Any) -> Any:
    if isinstance(value, Struct):
        return msgspec.to_builtins(value)
    if isinstance(value, list | tuple):
        return [_copied(item) for item in value]
    return value.tolist() if isinstance(value, np.ndarray | np.generic) else value
