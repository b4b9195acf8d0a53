"""A training run as checked data: a model, how long and how it is trained, what is allowed."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
import numpy as np
from msgspec import Meta, Struct

from autograder.layers import Activation, Conv2D, Dense, Other, ReLU, ShapeError, Softmax
from autograder.model import ModelData, chained

# What one run may cost, so that no submission keeps a class waiting. The largest network of
# the course has 13.1 million parameters and 50 million multiply-adds an image, 30 epochs long.
MOST_PARAMETERS = 20_000_000
MOST_MULTIPLY_ADDS = 200_000_000  # for one image, forwards
MOST_WORK = 2_000_000_000  # multiply-adds for one image, over all epochs
MOST_LAYERS = 100
MOST_EPOCHS = 60

ACTIVATIONS = frozenset(
    [
        "linear",
        "relu",
        "leaky_relu",
        "elu",
        "selu",
        "gelu",
        "silu",
        "swish",
        "tanh",
        "sigmoid",
        "softmax",
        "softplus",
    ]
)
_EVERY = frozenset(
    ["weight_decay", "clipnorm", "global_clipnorm", "clipvalue", "use_ema", "ema_momentum"]
)
# Optimizers with the arguments that may differ from run to run.
OPTIMIZERS = {
    "sgd": _EVERY | {"momentum", "nesterov"},
    "adam": _EVERY | {"beta_1", "beta_2", "epsilon", "amsgrad"},
    "adamw": _EVERY | {"beta_1", "beta_2", "epsilon", "amsgrad"},
    "nadam": _EVERY | {"beta_1", "beta_2", "epsilon"},
    "rmsprop": _EVERY | {"rho", "momentum", "epsilon", "centered"},
}
# What Keras's optimizers are made with unless told otherwise, and these runs never change.
_FIXED = {
    "ema_overwrite_frequency": None,
    "loss_scale_factor": None,
    "gradient_accumulation_steps": None,
}
LOSS = "sparse_categorical_crossentropy"

Rate = Annotated[float, Meta(gt=0, le=100)]


class Recipe(Struct, frozen=True, forbid_unknown_fields=True):
    """A compiled model and the arguments of its training.

    `learning_rates` has one rate for each epoch, or none where the compiled one holds.
    """

    model: ModelData
    epochs: Annotated[int, Meta(ge=1, le=MOST_EPOCHS)]
    batch_size: Annotated[int, Meta(ge=1, le=4_096)] = 32
    learning_rates: Annotated[tuple[Rate, ...], Meta(max_length=MOST_EPOCHS)] = ()


class RecipeRefused(Exception):
    """An answer that is no recipe, or one that is not allowed; the message says why."""


def read_recipe(answer: object) -> Recipe:
    """The recipe in a student's answer, a dict of "model", "epochs" and so on.

    Raises RecipeRefused with the first thing that is wrong or not allowed.
    """
    if not isinstance(answer, dict):
        raise RecipeRefused("a recipe is a dict with the keys model, epochs and so on")
    model = answer.get("model")
    if not isinstance(model, ModelData):
        raise RecipeRefused('the "model" of the recipe is not a Keras model')
    known = set(Recipe.__struct_fields__)
    if unknown := sorted(str(key)[:50] for key in answer if key not in known):
        raise RecipeRefused(f"a recipe has no {', '.join(unknown)}; it has {', '.join(known)}")
    rest = {key: _plain(value) for key, value in answer.items() if key != "model"}
    try:
        recipe = msgspec.convert({"model": msgspec.to_builtins(model), **rest}, Recipe)
    except msgspec.ValidationError as error:
        raise RecipeRefused(str(error)) from None
    for complaint in _complaints(recipe):
        raise RecipeRefused(complaint)
    return recipe


def canonical(recipe: Recipe) -> Recipe:
    """The same run written in one way: no names, activations within their layers, no metrics."""
    compiled = recipe.model.compiled
    assert compiled is not None
    allowed = OPTIMIZERS[compiled.optimizer]
    settings = {
        name: compiled.settings[name] for name in sorted(compiled.settings) if name in allowed
    }
    given = recipe.learning_rates or (compiled.learning_rate,) * recipe.epochs
    rates = tuple(float(np.float32(rate)) for rate in given)  # the precision that Keras keeps
    model = msgspec.structs.replace(
        fold_activations(recipe.model),
        compiled=msgspec.structs.replace(
            compiled, settings=settings, metrics=(), learning_rate=rates[0]
        ),
    )
    return msgspec.structs.replace(recipe, model=model, learning_rates=rates)


def digest(recipe: Recipe) -> str:
    """A name for the run that equal runs share, SHA-256 of the canonical recipe."""
    return hashlib.sha256(msgspec.json.encode(canonical(recipe))).hexdigest()


def fold_activations(model: ModelData) -> ModelData:
    """The same model with each activation layer written into the layer that it alone reads."""
    reads = model.reads()
    if not reads:
        return model
    readers = Counter(value for read in reads for value in read)
    layers: list[Any] = []
    sources: list[tuple[int, ...]] = []
    place = [0]  # where each value of the old model stands in the new one
    for layer, read in zip(model.layers, reads, strict=True):
        match layer:
            case Activation(activation=activation):
                pass
            case ReLU() | Softmax():
                activation = layer.kind.lower()
            case _:
                activation = ""
        at = place[read[0]]
        before = layers[at - 1] if at and readers[read[0]] == 1 else None
        if activation and isinstance(before, Conv2D | Dense) and before.activation == "linear":
            layers[at - 1] = msgspec.structs.replace(before, activation=activation)
            place.append(at)
        else:
            layers.append(layer)
            sources.append(tuple(place[value] for value in read))
            place.append(len(layers))
    folded = tuple(sources) if tuple(sources) != chained(len(layers)) else ()
    return msgspec.structs.replace(model, layers=tuple(layers), sources=folded)


def multiply_adds(model: ModelData) -> int:
    """Multiplications and additions, in pairs, for one image on its way forwards."""
    return sum(layer.multiply_adds(shape) for layer, shape, _ in model.steps())


def _complaints(recipe: Recipe) -> Iterator[str]:
    """What is not allowed about a recipe, the most basic thing first."""
    model = recipe.model
    if model.sources is None:
        yield (
            "the graph of the model could not be read: give it one input, one output, "
            "and use each layer once"
        )
        return
    if model.input_shape != (28, 28, 1):
        yield f"the model reads {model.input_shape}; the images are (28, 28, 1)"
    if len(model.layers) > MOST_LAYERS:
        yield f"the model has {len(model.layers)} layers; at most {MOST_LAYERS} are trained"
    if others := sorted({layer.kind for layer in model.layers if isinstance(layer, Other)}):
        yield f"not among the layers that are trained here: {', '.join(others)}"
    activations = {getattr(layer, "activation", "linear") for layer in model.layers}
    if odd := sorted(activations - ACTIVATIONS):
        yield f"not among the activations that are trained here: {', '.join(odd)}"
    if model.left_out:
        lost = ", ".join(model.left_out)
        yield f"layers are trained here as Keras makes them; leave this out: {lost:.300}"
    yield from _size_complaints(recipe)
    yield from _compile_complaints(recipe)


def _size_complaints(recipe: Recipe) -> Iterator[str]:
    model = recipe.model
    shape = model.input_shape
    try:
        for layer, _, shape in model.steps():
            # Before the totals: one absurd layer must not make the arithmetic itself absurd.
            if math.prod(shape) > MOST_MULTIPLY_ADDS:
                count = math.prod(shape)
                yield f"{layer.kind} puts out {count:,} values an image, which is too many"
                return
    except ShapeError as error:
        yield str(error)
        return
    if shape != (10,):
        yield f"the model puts out {shape}; there are ten classes, so it must be (10,)"
    parameters = model.parameters or 0
    if parameters > MOST_PARAMETERS:
        yield f"the model has {parameters:,} parameters; at most {MOST_PARAMETERS:,} are trained"
    cost = multiply_adds(model)
    if cost > MOST_MULTIPLY_ADDS:
        yield f"an image takes {cost:,} multiply-adds; at most {MOST_MULTIPLY_ADDS:,} are trained"
    elif cost * recipe.epochs > MOST_WORK:
        yield (
            f"{recipe.epochs} epochs of {cost:,} multiply-adds an image are too long a training; "
            f"with this network, at most {MOST_WORK // cost} epochs"
        )


def _compile_complaints(recipe: Recipe) -> Iterator[str]:
    compiled = recipe.model.compiled
    if compiled is None:
        yield "the model has not been compiled"
        return
    if compiled.optimizer not in OPTIMIZERS:
        names = ", ".join(OPTIMIZERS)
        yield f"the optimizer {compiled.optimizer} is not trained with here; there are {names}"
        return
    if compiled.schedule:
        yield "a learning rate that changes is given as learning_rates, one for each epoch"
    for name, value in compiled.settings.items():
        if name not in OPTIMIZERS[compiled.optimizer] and value != _FIXED.get(name, value):
            yield f"the optimizer's {name}={value} is not supported here; leave it as it is"
    if compiled.loss != LOSS:
        yield f"the loss is {compiled.loss}; the labels are plain numbers, which take {LOSS}"
    last = fold_activations(recipe.model).layers[-1] if recipe.model.layers else None
    softmax = getattr(last, "activation", "") == "softmax" or isinstance(last, Softmax)
    if compiled.from_logits and softmax:
        yield "the loss has from_logits=True, but the network ends in softmax: one of them too many"
    if not compiled.from_logits and not softmax:
        yield "the network does not end in softmax, and the loss was not told so (from_logits=True)"
    if recipe.learning_rates and len(recipe.learning_rates) != recipe.epochs:
        yield (
            f"learning_rates has {len(recipe.learning_rates)} entries for {recipe.epochs} epochs"
        )


def _plain(value: Any) -> Any:
    """NumPy numbers and arrays as Python's own, which the schema then checks."""
    return value.tolist() if hasattr(value, "tolist") else value
