"""Compare a student's model with an expected one, layer by layer, and say what differs first."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from autograder.expect import Student, expect
from autograder.model import Activation, Conv2D, Dense, ModelData, Other, ReLU, Softmax
from autograder.outcome import Mismatch

MODEL_HELP = {
    "not-returned": "The function returns nothing. End it with `return` and the model.",
    "no-model": "The function must return a Keras model.",
    "no-input": "The model does not know the shape of its input: begin with keras.Input(shape=(28, 28, 1)).",
    "input": "The input is a grey digit of shape (28, 28, 1).",
    "flatten-missing": (
        "The dense layer sees feature maps instead of one row: put a Flatten layer before it."
    ),
    "order": "The right layers, but in another order. Data flows from the first to the last.",
    "layer-missing": "A layer is missing at the end.",
    "layer-extra": "There is a layer more than the question asks for.",
    "padding-same": 'The feature map is as large as its input: you have padding "same", asked is none.',
    "kernel-size": "The kernel has another size than the 5 x 5 of the text.",
    "filters": "The number of filters is not the one of the text.",
    "conv-strides": "The convolution takes larger steps; its stride is 1 here.",
    "bias": "A layer has no biases: leave use_bias as it is.",
    "pool-stride": "The pooling window moves by one. Leave strides out: it then moves by its own size.",
    "pool-size": "The pooling window is 2 x 2.",
    "average": "This is average pooling; asked is the largest value of each window.",
    "units": "The last layer has one unit for each of the ten digits.",
    "relu": 'The activation of each convolutional layer is "relu".',
    "softmax": 'The last layer needs the activation "softmax", to give probabilities.',
    "not-a-chain": "The layers must follow one another: the output of each is the input of the next.",
}


class Wanted(NamedTuple):
    """One expected layer: Keras class, output shape without the batch axis, parameters, activation."""

    kind: str
    shape: tuple[int, ...]
    parameters: int
    activation: str = "linear"


def expect_layers(student: Student, name: str, wanted: list[Wanted]) -> None:
    """Call the student's `name` and raise Mismatch unless it returns the wanted layers.

    An activation may be an argument or a layer of its own; names play no part.
    """
    model = expect(student, name).returned
    if not isinstance(model, ModelData):
        text = "nothing (None)" if model is None else repr(model)
        key = "not-returned" if model is None else "no-model"
        raise Mismatch(f"called {name}()\nreturned {text}\nexpected a model", MODEL_HELP[key])
    folded = fold_activations(model)
    found = found_layers(folded)
    if found == wanted and all(getattr(layer, "use_bias", True) for layer in folded.layers):
        return
    raise Mismatch(f"called {name}()\n{side_by_side(found, wanted)}", _help(folded, found, wanted))


def fold_activations(model: ModelData) -> ModelData:
    """The same model with each activation layer written into the layer before it."""
    layers: list[Any] = []
    for layer in model.layers:
        before = layers[-1] if layers else None
        match layer:
            case Activation(activation=activation):
                pass
            case ReLU() | Softmax():
                activation = layer.kind.lower()
            case _:
                activation = ""
        if activation and isinstance(before, Conv2D | Dense) and before.activation == "linear":
            layers[-1] = msgspec.structs.replace(before, activation=activation)
        else:
            layers.append(layer)
    return msgspec.structs.replace(model, layers=tuple(layers))


def found_layers(model: ModelData) -> list[Wanted]:
    """A model's layers in the form of expected ones; unknown shapes are empty."""
    return [
        Wanted(row.kind, row.output_shape or (), row.parameters or 0, getattr(layer, "activation", "linear"))
        for row, layer in zip(model.table(), model.layers, strict=True)
    ]


def side_by_side(found: list[Wanted], wanted: list[Wanted]) -> str:
    """Two tables in one, the first line that differs marked with an arrow."""
    lines = [f"   {'your layers':<45}expected"]
    marked = False
    for index in range(max(len(found), len(wanted))):
        mine = found[index] if index < len(found) else None
        theirs = wanted[index] if index < len(wanted) else None
        arrow = "->" if mine != theirs and not marked else "  "
        marked = marked or mine != theirs
        lines.append(f"{arrow} {_line(mine):<45}{_line(theirs)}".rstrip())
    return "\n".join(lines)


def _line(layer: Wanted | None) -> str:
    if layer is None:
        return "(none)"
    shape = " x ".join(map(str, layer.shape)) or "?"
    activation = "" if layer.activation == "linear" else f" {layer.activation}"
    return f"{layer.kind}{activation} {shape} {layer.parameters:,}"


def _help(model: ModelData, found: list[Wanted], wanted: list[Wanted]) -> str | None:
    """The help for the first difference that is a known mistake."""
    key = _graph_mistake(model)
    kinds, wanted_kinds = [x.kind for x in found], [x.kind for x in wanted]
    if not key and kinds != wanted_kinds:
        key = _kinds_mistake(kinds, wanted_kinds)
    elif not key:
        pairs = zip(found, wanted, model.layers, strict=True)
        key = next((_layer_mistake(mine, theirs, layer) for mine, theirs, layer in pairs if mine != theirs), "bias")
    return MODEL_HELP.get(key)


def _graph_mistake(model: ModelData) -> str:
    if not model.chain:
        return "not-a-chain"
    if model.input_shape is None:
        return "no-input"
    return "" if model.input_shape == (28, 28, 1) else "input"


def _kinds_mistake(kinds: list[str], wanted: list[str]) -> str:
    if [kind.replace("Average", "Max") for kind in kinds] == wanted:
        return "average"
    if sorted(kinds) == sorted(wanted):
        return "order"
    if "Flatten" in wanted and kinds == [kind for kind in wanted if kind != "Flatten"]:
        return "flatten-missing"
    if kinds == wanted[: len(kinds)]:
        return "layer-missing"
    rest = iter(kinds)
    return "layer-extra" if all(kind in rest for kind in wanted) else ""


def _layer_mistake(mine: Wanted, theirs: Wanted, layer: Any) -> str:
    if isinstance(layer, Other):
        return ""
    checks = {
        "Conv2D": (
            ("padding-same", "padding", "valid"),
            ("kernel-size", "kernel_size", (5, 5)),
            ("filters", "filters", theirs.shape[-1]),
            ("conv-strides", "strides", (1, 1)),
            ("bias", "use_bias", True),
            ("relu", "activation", theirs.activation),
        ),
        "MaxPooling2D": (("pool-size", "pool_size", (2, 2)), ("pool-stride", "strides", (2, 2))),
        "Dense": (
            ("units", "units", theirs.shape[-1]),
            ("bias", "use_bias", True),
            ("softmax", "activation", theirs.activation),
        ),
    }
    for key, attribute, right in checks.get(mine.kind, ()):
        if getattr(layer, attribute) != right:
            return key
    return ""
