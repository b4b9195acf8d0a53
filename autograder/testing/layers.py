"""Compare a student's model with expected layers, and name the first mistake."""

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
    "frozen": "A layer is not trained: its `trainable` is False. Leave it out, and it is True.",
    "softmax-axis": (
        "Softmax runs along another axis than the last. The probabilities of one image, one for each "
        "class, must add up to 1."
    ),
    "softmax": 'The last layer needs the activation "softmax" to put out probabilities.',
}


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


def expect_layers(student: Student, name: str, wanted: Sequence[Wanted]) -> None:
    """Call a student's function twice, without arguments, and check the layers of both models.

    Args:
        student: the fixture of that name.
        name: the function's name in the notebook.
        wanted: the expected layers, from the first to the last, without the input.

    Raises:
        Mismatch: it returns no model, or one with other layers; with help if a mistake is known.
        NotAttempted: the blank is not filled in.
        StudentCrash: the function raised an exception, or used up its time.

    Example:
        expect_layers(student, "build_basic", [Wanted("Conv2D", (5, 5), "relu", (24, 24, 32), 832)])

    """
    for call in ("called {name}()", "called {name}() again"):
        _expect_layers(call.format(name=name), student.call(name), wanted)


def _expect_layers(called: str, model: object, wanted: Sequence[Wanted]) -> None:
    if not isinstance(model, ModelData):
        text = "nothing (None)" if model is None else f"{model!r:.200}"
        key = "not-returned" if model is None else "no-model"
        raise Mismatch(f"{called}\nreturned {text}\nexpected a model", MODEL_HELP[key])
    compare_layers(called, model, wanted)


def compare_layers(called: str, model: ModelData, wanted: Sequence[Wanted]) -> None:
    """Check the layers of a model.

    An activation may be an argument or a layer of its own; the names of layers are ignored.

    Args:
        called: the message's first line, which says what the student's code was asked for.
        model: the student's model.
        wanted: the expected layers, from the first to the last, without the input.

    Raises:
        Mismatch: a layer differs; with help if the mistake is known.

    Example:
        compare_layers("called build()", model, [Wanted("Flatten", (), "linear", (784,), 0)])

    """
    folded = fold_activations(model)
    layers = found_layers(folded)
    key = _model_mistake(folded) or _kinds_mistake(layers, wanted)
    if not key and layers == list(wanted):
        _refuse_arguments(called, model)
        return
    key = key or _first_layer_mistake(layers, wanted, folded.layers)
    raise Mismatch(f"{called}\n{side_by_side(layers, wanted)}", MODEL_HELP.get(key))


def _refuse_arguments(called: str, model: ModelData) -> None:
    """Raise Mismatch for arguments of which the question says nothing, but for initial weights."""
    with_weights = {row.kind for row in model.table() if row.parameters}
    others = [
        name
        for name in model.unsupported_arguments
        if not name.partition(" ")[0].endswith("_initializer")
        and (name.rpartition(" ")[2] in with_weights or not name.startswith("trainable "))
    ]
    if others:
        key = "frozen" if all(name.startswith("trainable ") for name in others) else ""
        text = f"{called}\nfound another value of: {', '.join(others)}\nexpected Keras's default"
        raise Mismatch(text, MODEL_HELP.get(key))


def found_layers(model: ModelData) -> list[Wanted]:
    """The layers of a model, written like expected ones."""
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


def side_by_side(layers: Sequence[Wanted], wanted: Sequence[Wanted]) -> str:
    """The student's layers in a table beside the expected ones; an arrow marks the first difference."""
    count = max(len(layers), len(wanted))
    student_rows = [_row(layers, index) for index in range(count)]
    wanted_rows = [_row(wanted, index) for index in range(count)]
    first = next(
        (index for index in range(count) if student_rows[index] != wanted_rows[index]), None
    )
    left, right = _aligned("your layers", student_rows), _aligned("expected", wanted_rows)
    return "\n".join(
        f"{'->' if line - 1 == first else '  '} {a} | {b}".rstrip()
        for line, (a, b) in enumerate(zip(left, right, strict=True))
    )


def _row(layers: Sequence[Wanted], index: int) -> tuple[str, str, str]:
    """(description, output shape, parameters) of a layer; blank after the last layer."""
    if index >= len(layers):
        return "-", "", ""
    layer = layers[index]
    window, rate = "x".join(map(str, layer.window)), f"{layer.rate:g}" if layer.rate else ""
    parts = [layer.kind, window, layer.padding, rate, layer.activation]
    description = " ".join(part for part in parts if part not in ("", "linear", "valid"))
    return description, " x ".join(map(str, layer.shape)) or "?", f"{layer.parameters:,}"


def _aligned(title: str, rows: Sequence[tuple[str, str, str]]) -> list[str]:
    table = [(title, "output", "parameters"), *rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return [
        f"{layer:<{widths[0]}}  {shape:<{widths[1]}}  {parameters:>{widths[2]}}"
        for layer, shape, parameters in table
    ]


def _model_mistake(model: ModelData) -> str:
    """The key of a mistake about the model as a whole; "" for none."""
    if not model.chain:
        return "not-a-chain"
    if model.input_shape is None:
        return "no-input"
    return "" if model.input_shape == (28, 28, 1) else "input"


def _kinds_mistake(layers: Sequence[Wanted], wanted: Sequence[Wanted]) -> str:
    """The key of a mistake in the sequence of layer classes; "" for none, "?" for an unknown one."""
    kinds, right = [layer.kind for layer in layers], [layer.kind for layer in wanted]
    if kinds == right:
        return ""
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
    if _is_subsequence(kinds, right):
        return "layer-missing"
    return "layer-extra" if _is_subsequence(right, kinds) else "?"


def _is_subsequence(kinds: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether `kinds` is `longer` with entries left out."""
    rest = iter(longer)
    return all(kind in rest for kind in kinds)


def _first_layer_mistake(
    rows: Sequence[Wanted], wanted: Sequence[Wanted], layers: Sequence[Any]
) -> str:
    """The key of the mistake in the first layer that differs, if all are of the expected classes."""
    for row, expected, layer in zip(rows, wanted, layers, strict=True):
        if row != expected:
            return _layer_mistake(expected, layer)
    return ""


_PADDING = {"valid": "padding-same", "same": "padding-valid"}  # expected padding -> mistake


def _layer_mistake(expected: Wanted, layer: Any) -> str:
    checks: dict[str, Sequence[tuple[str, str, object]]] = {
        "Conv2D": (
            (_PADDING[expected.padding], "padding", expected.padding),
            ("kernel-size", "kernel_size", expected.window),
            ("filters", "filters", expected.shape[-1]),
            ("conv-stride", "strides", (1, 1)),
            ("bias", "use_bias", True),
            ("relu", "activation", expected.activation),
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
        if getattr(layer, attribute, right) != right:
            return key
    return ""
