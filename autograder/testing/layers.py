"""Compare a student's model with an expected one, layer by layer, and say what differs first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from autograder.keras_objects.convolution import Conv2D
from autograder.models.model import ModelData, fold_activations
from autograder.results.outcome import Mismatch
from autograder.testing.expectation import Student

MODEL_HELP = {
    "not-returned": "The function returns nothing. End it with `return` and the model.",
    "no-model": "The function must return a Keras model.",
    "no-input": (
        "The model does not know the shape of its input yet. Begin the list with "
        "keras.Input(shape=(28, 28, 1))."
    ),
    "input": (
        "The input is a grey digit of shape (28, 28, 1): height, width, and one channel at the end."
    ),
    "not-a-chain": "The layers must follow one another: each reads what the one before puts out.",
    "flatten-missing": (
        "The dense layer reads feature maps instead of one row: put a Flatten layer before it."
    ),
    "flatten-pooled": (
        "This layer keeps one average of each feature map. Flatten keeps every value."
    ),
    "order": "These are the right layers in another order. Data flows from the first to the last.",
    "layer-missing": "A layer is missing. The arrow shows where.",
    "layer-extra": "There is a layer more than the question asks for. The arrow shows where.",
    "average": "This is average pooling; the question asks for the largest value of each window.",
    "padding-same": (
        'The feature map is as large as its input: you have padding "same". '
        "The question asks for none."
    ),
    "padding-valid": (
        'The window stays inside the image: you have padding "valid". The question asks for "same".'
    ),
    "kernel-size": "The kernel has another size than the text says.",
    "filters": "The number of filters is not the one of the text.",
    "conv-stride": "The window of the convolution moves in larger steps. Here its stride is 1.",
    "bias": "The layer has no biases. Leave use_bias as it is.",
    "relu": 'The activation of each layer but the last is "relu".',
    "pool-stride": (
        "The pooling window does not move by its own size. Leave strides out, and it does."
    ),
    "pool-size": "The pooling window has another size than the text says.",
    "units": "The last layer has one unit for each of the ten digits.",
    "hidden-units": "The dense layer before the last has another number of units than the text says.",
    "dropout-rate": "Dropout leaves out another share of the values than the text says.",
    "softmax": 'The last layer needs the activation "softmax" to put out probabilities.',
}


class Wanted(NamedTuple):
    """One expected layer: Keras class, kernel or pool size, activation, output shape and so on.

    The output shape is without the batch axis, and empty where it cannot be known.
    """

    kind: str
    window: tuple[int, ...]
    activation: str
    shape: tuple[int, ...]
    parameters: int
    padding: str = "valid"  # of a convolution
    rate: float = 0.0  # of a dropout


def expect_layers(student: Student, name: str, wanted: Sequence[Wanted]) -> None:
    """Call the student's `name` and raise Mismatch unless it returns the wanted layers."""
    model = student.call(name)
    if not isinstance(model, ModelData):
        text = "nothing (None)" if model is None else f"{model!r:.200}"
        key = "not-returned" if model is None else "no-model"
        raise Mismatch(f"called {name}()\nreturned {text}\nexpected a model", MODEL_HELP[key])
    compare_layers(f"called {name}()", model, wanted)


def compare_layers(called: str, model: ModelData, wanted: Sequence[Wanted]) -> None:
    """Raise Mismatch unless the model has the wanted layers.

    An activation may be an argument or a layer of its own; the names of layers play no part.
    """
    folded = fold_activations(model)
    found = found_layers(folded)
    key = _model_mistake(folded) or _kinds_mistake(found, wanted)
    if not key and found == list(wanted):
        return
    key = key or _first_layer_mistake(found, wanted, folded.layers)
    raise Mismatch(f"{called}\n{side_by_side(found, wanted)}", MODEL_HELP.get(key))


def found_layers(model: ModelData) -> list[Wanted]:
    """A model's layers in the form of expected ones."""
    return [
        Wanted(
            row.kind,
            getattr(layer, "kernel_size", getattr(layer, "pool_size", ())),
            getattr(layer, "activation", "linear"),
            row.output_shape or (),
            row.parameters or 0,
            layer.padding if isinstance(layer, Conv2D) else "valid",
            getattr(layer, "rate", 0.0),
        )
        for row, layer in zip(model.table(), model.layers, strict=True)
    ]


def side_by_side(found: Sequence[Wanted], wanted: Sequence[Wanted]) -> str:
    """Two tables in one, the student's on the left; an arrow marks the first line that differs."""
    count = max(len(found), len(wanted))
    mine = [_row(found, index) for index in range(count)]
    theirs = [_row(wanted, index) for index in range(count)]
    first = next((index for index in range(count) if mine[index] != theirs[index]), None)
    left, right = _aligned("your layers", mine), _aligned("expected", theirs)
    return "\n".join(
        f"{'->' if line - 1 == first else '  '} {a} | {b}".rstrip()
        for line, (a, b) in enumerate(zip(left, right, strict=True))
    )


def _row(layers: Sequence[Wanted], index: int) -> tuple[str, str, str]:
    """What a layer is, its output shape and its parameters; blank after the last layer."""
    if index >= len(layers):
        return "-", "", ""
    layer = layers[index]
    window, rate = "x".join(map(str, layer.window)), f"{layer.rate:g}" if layer.rate else ""
    parts = [layer.kind, window, layer.padding, rate, layer.activation]
    what = " ".join(part for part in parts if part not in ("", "linear", "valid"))
    return what, " x ".join(map(str, layer.shape)) or "?", f"{layer.parameters:,}"


def _aligned(title: str, rows: Sequence[tuple[str, str, str]]) -> list[str]:
    table = [(title, "output", "parameters"), *rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return [
        f"{what:<{widths[0]}}  {shape:<{widths[1]}}  {parameters:>{widths[2]}}"
        for what, shape, parameters in table
    ]


def _model_mistake(model: ModelData) -> str:
    """What is wrong with the model as a whole, before any layer is looked at."""
    if not model.chain:
        return "not-a-chain"
    if model.input_shape is None:
        return "no-input"
    return "" if model.input_shape == (28, 28, 1) else "input"


def _kinds_mistake(found: Sequence[Wanted], wanted: Sequence[Wanted]) -> str:
    """What is wrong with the sequence of kinds of layer; "?" for nothing that is known."""
    kinds, right = [layer.kind for layer in found], [layer.kind for layer in wanted]
    if kinds == right:
        return ""
    if [kind.replace("Average", "Max") for kind in kinds] == right:
        return "average"
    if [kind.replace("GlobalAveragePooling2D", "Flatten") for kind in kinds] == right:
        return "flatten-pooled"
    if sorted(kinds) == sorted(right):
        return "order"
    if "Flatten" in right and kinds == [kind for kind in right if kind != "Flatten"]:
        return "flatten-missing"
    if _within(kinds, right):
        return "layer-missing"
    return "layer-extra" if _within(right, kinds) else "?"


def _within(some: Sequence[str], all_of: Sequence[str]) -> bool:
    """Whether `some` is `all_of` with entries left out."""
    rest = iter(all_of)
    return all(kind in rest for kind in some)


def _first_layer_mistake(
    found: Sequence[Wanted], wanted: Sequence[Wanted], layers: Sequence[Any]
) -> str:
    """What is wrong with the first layer that differs; the kinds are the same."""
    for mine, theirs, layer in zip(found, wanted, layers, strict=True):
        if mine != theirs:
            return _layer_mistake(theirs, layer)
    return ""


_PADDING = {"valid": "padding-same", "same": "padding-valid"}  # the mistake by what is wanted


def _layer_mistake(theirs: Wanted, layer: Any) -> str:
    checks: dict[str, Sequence[tuple[str, str, object]]] = {
        "Conv2D": (
            (_PADDING[theirs.padding], "padding", theirs.padding),
            ("kernel-size", "kernel_size", theirs.window),
            ("filters", "filters", theirs.shape[-1]),
            ("conv-stride", "strides", (1, 1)),
            ("bias", "use_bias", True),
            ("relu", "activation", theirs.activation),
        ),
        "MaxPooling2D": (
            ("pool-size", "pool_size", theirs.window),
            ("pool-stride", "strides", theirs.window),
        ),
        "Dropout": (("dropout-rate", "rate", theirs.rate),),
        "Dense": (
            (
                "units" if theirs.activation == "softmax" else "hidden-units",
                "units",
                theirs.shape[-1],
            ),
            ("bias", "use_bias", True),
            (theirs.activation, "activation", theirs.activation),
        ),
    }
    for key, attribute, right in checks.get(theirs.kind, ()):
        # A layer that the course does not know has no attributes: then there is no diagnosis.
        if getattr(layer, attribute, right) != right:
            return key
    return ""
