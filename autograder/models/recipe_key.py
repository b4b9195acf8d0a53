"""The key of a recipe, equal for equal trainings, in this version of the kit and in later ones.

The key is the digest of a text that this module alone defines. The text leaves out fields that have
their defaults, names layers as Keras does, and does not contain names of the kit's own classes and
modules. So a new field with a default, a renamed class or a moved module changes no key, and
finished runs stay usable. To change the text itself, raise ENCODING: then all keys change, and an
old and a new text cannot share one.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from autograder._util.digests import digest
from autograder.keras_objects.base import KerasObject
from autograder.keras_objects.losses import LOSSES
from autograder.keras_objects.optimizers import OPTIMIZERS
from autograder.models.recipe import Recipe, canonical

ENCODING = 1
_DEFAULT_BATCH_SIZE = 32  # Keras's default


def recipe_key(recipe: Recipe) -> str:
    """SHA-256 of the recipe's text in hexadecimal, equal for recipes that train alike."""
    return digest(recipe_text(recipe))


def network_key(recipe: Recipe) -> str:
    """A digest of the network alone; recipes with the same network may be trained differently."""
    network = ("input", "layers", "sources")
    parts = {name: part for name, part in _parts(recipe).items() if name in network}
    return digest(_json(parts))[:16]


def optimizer_name(recipe: Recipe) -> str:
    """The optimizer of a recipe, with the settings that Keras does not have by itself.

    Plain gradient descent is "sgd", and another optimizer than "sgd with momentum, nesterov".
    """
    compiled = recipe.model.compiled
    assert compiled is not None
    settings = sorted(OPTIMIZERS[compiled.optimizer].changed(compiled.settings))
    return " with ".join(filter(None, (compiled.optimizer, ", ".join(settings))))


def recipe_text(recipe: Recipe) -> str:
    """A recipe as one line of JSON with sorted keys and without defaults."""
    return _json(_parts(recipe))


def _parts(recipe: Recipe) -> dict[str, object]:
    recipe = canonical(recipe)
    model, compiled = recipe.model, recipe.model.compiled
    assert compiled is not None, "an accepted recipe has a compiled model"
    parts: dict[str, object] = {
        "encoding": ENCODING,
        "input": model.input_shape,
        "layers": [_keras_object(layer) for layer in model.layers],
        "sources": model.sources,
        "optimizer": compiled.optimizer,
        "settings": OPTIMIZERS[compiled.optimizer].changed(compiled.settings),
        "loss": compiled.loss,
        "loss_settings": LOSSES[compiled.loss].changed(compiled.loss_settings),
        "class_weight": recipe.class_weight,
        "from_logits": compiled.from_logits,
        "epochs": recipe.epochs,
        "batch_size": recipe.batch_size if recipe.batch_size != _DEFAULT_BATCH_SIZE else None,
        "rates": recipe.learning_rates,
        "rate": None if recipe.learning_rates or compiled.schedule else compiled.learning_rate,
        "schedule": _keras_object(compiled.schedule) if compiled.schedule else None,
        "callbacks": [_keras_object(callback) for callback in recipe.callbacks],
    }
    return {name: value for name, value in parts.items() if value}


def _json(parts: dict[str, object]) -> str:
    return json.dumps(parts, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _keras_object(keras_object: KerasObject) -> list[object]:
    """[name of the Keras class, arguments that differ from their defaults]."""
    arguments: dict[str, Any] = {}
    for field in msgspec.structs.fields(keras_object):
        value = getattr(keras_object, field.name)
        if field.default is msgspec.NODEFAULT or value != field.default:
            arguments[field.encode_name] = (
                _keras_object(value) if isinstance(value, KerasObject) else value
            )
    return [keras_object.kind, arguments]
