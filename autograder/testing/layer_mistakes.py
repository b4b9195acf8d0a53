"""Name the mistake in a student's layers: the help texts, and which of them fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from autograder.keras_objects.base import ShapeError
from autograder.models.model import ModelData

GREY_DIGIT = (28, 28, 1)
MODEL_HELP = {
    "not-returned": (
        "The function returns nothing. End it with `return` and the model; `add()` itself returns nothing."
    ),
    "no-model": "The function must return a Keras model.",
    "no-input": (
        "The model does not know the shape of its input yet. Begin the list with "
        "`keras.Input(shape=(28, 28, 1))`."
    ),
    "input": (
        "The input is a grey image of shape (28, 28, 1): height, width, and one channel at the end."
    ),
    "not-a-chain": "The layers must follow one another: each reads what the one before puts out.",
    "flatten-missing": (
        "The dense layer reads feature maps instead of one row: put a `Flatten` layer before it."
    ),
    "flatten-pooled": (
        "This layer keeps one average of each feature map. `Flatten` keeps every value."
    ),
    "order": "These are the right layers in another order. Data flows from the first to the last.",
    "layer-missing": "A layer is missing. The arrow shows where.",
    "layer-extra": "There is a layer more than the question asks for. The arrow shows where.",
    "average": "This is average pooling; the question asks for the largest value of each window.",
    "padding-same": (
        'The feature map is as large as its input: you have padding `"same"`. The question asks '
        "for none."
    ),
    "padding-valid": (
        'The window stays inside the image: you have padding `"valid"`. The question asks for `"same"`.'
    ),
    "zeros": (
        'The question asks for padding `"same"`, and `ZeroPadding2D` adds other zeros than that. '
        'Leave it out, and give the convolution `padding="same"`.'
    ),
    "kernel-size": "The kernel has another size than the text says.",
    "filters": "The number of filters is not the one of the text.",
    "conv-stride": "The window of the convolution moves in larger steps. Here its stride is 1.",
    "bias": "The layer has no biases. Leave `use_bias` as it is.",
    "relu": 'The layer at the arrow needs the activation `"relu"`.',
    "activation-place": (
        "Another layer stands between a layer and its activation. Write the activation as an argument of "
        'the convolution or the dense layer, `activation="relu"`.'
    ),
    "pool-stride": (
        "The pooling window does not move by its own size. Leave `strides` out, and it does."
    ),
    "pool-size": "The pooling window has another size than the text says.",
    "units": "The last layer has one unit for each class.",
    "hidden-units": "The dense layer before the last has another number of units than the text says.",
    "dropout-rate": "`Dropout` leaves out another share of the values than the text says.",
    "frozen": "A layer is not trained: its `trainable` is `False`. Leave it out, and it is `True`.",
    "softmax-axis": (
        "Softmax runs along another axis than the last. The probabilities of one image, one for each "
        "class, must add up to 1."
    ),
    "softmax": 'The last layer needs the activation `"softmax"` to put out probabilities.',
}

_ACTIVATION_LAYERS = ("Activation", "ELU", "LeakyReLU", "PReLU", "ReLU")

# Of a question with another input, in place of those texts.
_OTHER_INPUT_HELP = {
    "no-input": (
        "The model does not know the shape of its input yet. Begin the list with "
        "`keras.Input(shape=...)`, and write the shape that the text says, without the batch."
    ),
    "input": "The input has another shape than the text says. The batch does not belong to it.",
}


def model_help_texts() -> dict[str, set[str]]:
    """The help for each mistake in a model, in the wordings for one input and for another."""
    return {key: {text, _OTHER_INPUT_HELP.get(key, text)} for key, text in MODEL_HELP.items()}


def model_help(key: str, input_shape: tuple[int, ...]) -> str | None:
    """The help for a mistake in a model that should read `input_shape`; None without any."""
    if input_shape != GREY_DIGIT and key in _OTHER_INPUT_HELP:
        return _OTHER_INPUT_HELP[key]
    return MODEL_HELP.get(key)


class Wanted(NamedTuple):
    """One expected layer of a model.

    Attributes:
        kind: the name of the Keras class, such as "Conv2D".
        window: (height, width) of the kernel or the pooling window in pixels; () for other layers.
        activation: the activation's name; "linear" for none.
        shape: the output's shape without the batch axis; () if it is unknown.
        parameters: the number of single weights and biases, trainable or not.
        padding: "valid" or "same", of a Conv2D; "valid" for other layers.
        rate: the share from 0 to 1 that a Dropout layer drops; 0 for other layers.
        dilation: (height, width) in pixels from one weight of a kernel to the next; (1, 1) for other layers.

    Example:
        Wanted("Conv2D", (5, 5), "relu", (24, 24, 32), 832)

    """

    kind: str
    window: tuple[int, ...]
    activation: str
    shape: tuple[int, ...]
    parameters: int
    padding: str = "valid"
    rate: float = 0.0
    dilation: tuple[int, ...] = (1, 1)


def model_mistake(model: ModelData, input_shape: tuple[int, ...]) -> str:
    """The key of a mistake about the model as a whole, which should read `input_shape`; "" for none."""
    if not model.chain:
        return "not-a-chain"
    if model.input_shape is None:
        return "no-input"
    return "" if model.input_shape == input_shape else "input"


def kinds_mistake(layers: Sequence[Wanted], wanted: Sequence[Wanted]) -> str:
    """The key of a mistake in the sequence of layer classes; "" for none, "?" for an unknown one."""
    kinds, right = [layer.kind for layer in layers], [layer.kind for layer in wanted]
    if kinds == right:
        return ""
    if key := _activation_mistake(layers, wanted):
        return key
    if any(kind.startswith("Softmax(") for kind in kinds):
        return "softmax-axis"
    if [kind.replace("Average", "Max") for kind in kinds] == right:
        return "average"
    if [kind.replace("GlobalAveragePooling2D", "Flatten") for kind in kinds] == right:
        return "flatten-pooled"
    if sorted(kinds) == sorted(right):
        return "order"
    if "Flatten" in right and kinds == [kind for kind in right if kind != "Flatten"]:
        return "flatten-missing"
    pads = any(layer.padding == "same" for layer in wanted)
    if pads and [kind for kind in kinds if kind != "ZeroPadding2D"] == right:
        return "zeros"
    if _is_subsequence(kinds, right):
        return "layer-missing"
    return "layer-extra" if _is_subsequence(right, kinds) else "?"


def _activation_mistake(layers: Sequence[Wanted], wanted: Sequence[Wanted]) -> str:
    """The key of a mistake in activations that are layers of their own; "" for none."""
    rest: list[Wanted] = []
    for layer in layers:
        before = rest[-1] if rest and rest[-1].kind in ("Conv2D", "Dense") else None
        if before and before.activation == "linear" and layer.kind.startswith(_ACTIVATION_LAYERS):
            rest[-1] = before._replace(activation=layer.kind)
        else:
            rest.append(layer)
    others = [layer for layer in rest if not layer.kind.startswith(_ACTIVATION_LAYERS)]
    if [layer.kind for layer in others] != [layer.kind for layer in wanted]:
        return ""
    pairs = zip(others, wanted, strict=True)
    missed = [(own, right) for own, right in pairs if own.activation != right.activation]
    if not missed:
        return ""
    own, right = missed[0]
    if own.activation == "linear":
        return "activation-place"
    return right.activation if own.activation.startswith(_ACTIVATION_LAYERS) else ""


def _is_subsequence(kinds: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether `kinds` is `longer` with entries left out."""
    rest = iter(longer)
    return all(kind in rest for kind in kinds)


def first_layer_mistake(
    rows: Sequence[Wanted], wanted: Sequence[Wanted], layers: Sequence[Any], shape: tuple[int, ...]
) -> str:
    """The key of the mistake in the first layer that differs, if all are of the expected classes.

    `shape` is what the first layer reads.
    """
    for row, expected, layer in zip(rows, wanted, layers, strict=True):
        if row != expected:
            return _layer_mistake(expected, layer, shape)
        shape = expected.shape
    return ""


_PADDING = {"valid": "padding-same", "same": "padding-valid"}  # expected padding -> mistake


def _layer_mistake(expected: Wanted, layer: Any, shape: tuple[int, ...]) -> str:
    checks: dict[str, Sequence[tuple[str, str, object]]] = {
        "Conv2D": (
            (_PADDING[expected.padding], "padding", expected.padding),
            ("kernel-size", "kernel_size", expected.window),
            ("filters", "filters", expected.shape[-1]),
            ("conv-stride", "strides", (1, 1)),
            ("bias", "use_bias", True),
            (expected.activation, "activation", expected.activation),
        ),
        "MaxPooling2D": (
            ("pool-size", "pool_size", expected.window),
            ("pool-stride", "strides", expected.window),
        ),
        "Dropout": (("dropout-rate", "rate", expected.rate),),
        "Dense": (
            (
                "units" if expected.activation == "softmax" else "hidden-units",
                "units",
                expected.shape[-1],
            ),
            ("bias", "use_bias", True),
            (expected.activation, "activation", expected.activation),
        ),
    }
    for key, attribute, right in checks.get(expected.kind, ()):
        # A layer unknown to the kit lacks these attributes, and gets no diagnosis.
        if getattr(layer, attribute, right) != right and _is_asked_for(
            expected, msgspec.structs.replace(layer, **{attribute: right}), attribute, shape
        ):
            return key
    return ""


def _is_asked_for(expected: Wanted, layer: Any, attribute: str, shape: tuple[int, ...]) -> bool:
    """Whether a layer that has the usual strides or biases is the expected one in that.

    A question may ask for other strides, or for none of the biases: `Wanted` says so by the output's
    shape and the number of parameters alone.
    """
    try:
        if attribute == "strides":
            return bool(layer.output_shape(shape) == expected.shape)
        return attribute != "use_bias" or bool(layer.parameters(shape) == expected.parameters)
    except ShapeError:
        return False
