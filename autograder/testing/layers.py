"""Compare a student's model with expected layers, and name the first mistake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from autograder._util.i18n import N_
from autograder._util.i18n import gettext as _
from autograder.keras_objects.activations import Activation, ReLU
from autograder.keras_objects.convolution import Conv2D
from autograder.keras_objects.core import Dropout, Flatten
from autograder.keras_objects.shaping import ZeroPadding2D
from autograder.models.model import ModelData, fold_activations
from autograder.results.outcome import Mismatch
from autograder.testing.layer_mistakes import (
    GREY_DIGIT,
    MODEL_HELP,
    Wanted,
    first_layer_mistake,
    kinds_mistake,
    model_help,
    model_mistake,
)
from autograder.testing.layer_table import layers_compared
from autograder.testing.student import Student
from autograder.testing.student_answers import crash_help

# A part of what Keras says to an input without a channel axis, or with one for the batch.
_INPUT_CRASHES = ("expected min_ndim=4, found ndim=3", "input of shape (None, None,")
# Help text -> the layers of a student who makes that mistake.
LayerMistakes = Mapping[str, Sequence[Wanted]]


def expect_layers(
    student: Student,
    name: str,
    wanted: Sequence[Wanted],
    mistakes: LayerMistakes | None = None,
    *,
    input_shape: tuple[int, ...] = GREY_DIGIT,
) -> None:
    """Call a student's function twice, without arguments, and check the layers of both models.

    Args:
        student: the fixture of that name.
        name: the function's name in the notebook.
        wanted: the expected layers, from the first to the last, without the input.
        mistakes: help text -> the layers of a student who makes that mistake, as in `wanted`.
        input_shape: what the model should read, without the batch axis, such as (32, 32, 3).

    Raises:
        Mismatch: it returns no model, or one with other layers; with help if a mistake is known.
        NotAttempted: the blank is not filled in.
        StudentCrash: the function raised an exception, or used up its time.

    Example:
        expect_layers(student, "build_basic", [Wanted("Conv2D", (5, 5), "relu", (24, 24, 32), 832)])

    """
    crashes = {part: model_help("input", input_shape) or "" for part in _INPUT_CRASHES}
    for called in (N_("called {call}"), N_("called {call} again")):
        with crash_help(crashes):
            model = student.call(name)
        call = _(called).format(call=f"{name}()")
        compare_layers(call, _read_model(call, model), wanted, mistakes, input_shape=input_shape)


def _read_model(called: str, model: object) -> ModelData:
    if not isinstance(model, ModelData):
        text = _("nothing (None)") if model is None else f"{model!r:.200}"
        key = "not-returned" if model is None else "no-model"
        lines = [called, _("returned {value}").format(value=text), _("expected a model")]
        raise Mismatch("\n".join(lines), MODEL_HELP[key])
    if model.assumed_input:  # which the question asks to be written
        return msgspec.structs.replace(model, input_shape=None)
    return model


def compare_layers(
    called: str,
    model: ModelData,
    wanted: Sequence[Wanted],
    mistakes: LayerMistakes | None = None,
    *,
    input_shape: tuple[int, ...] = GREY_DIGIT,
) -> None:
    """Check the layers of a model.

    An activation, and the zeros of padding "same", may be an argument or a layer of its own; dropout and
    activations may stand before or after Flatten. The names of layers are ignored.

    Args:
        called: the message's first line, which says what the student's code was asked for.
        model: the student's model.
        wanted: the expected layers, from the first to the last, without the input.
        mistakes: help text -> the layers of a student who makes that mistake, as in `wanted`.
        input_shape: what the model should read, without the batch axis.

    Raises:
        Mismatch: a layer differs; with help if the mistake is known.

    Example:
        compare_layers("called build()", model, [Wanted("Flatten", (), "linear", (784,), 0)])

    """
    wanted = _wanted_in_usual_form(wanted, input_shape)
    folded = fold_activations(_in_usual_form(model))
    layers = actual_layers(folded)
    key = model_mistake(folded, input_shape)
    own_help = None
    if not key:
        if layers == wanted:
            _refuse_arguments(called, model)
            return
        own_help = _own_help(layers, mistakes or {}, input_shape)
        key = kinds_mistake(layers, wanted) or first_layer_mistake(
            layers, wanted, folded.layers, input_shape
        )
    help_text = own_help or model_help(key, input_shape)
    raise Mismatch(f"{called}\n{layers_compared(layers, wanted)}", help_text)


def _own_help(
    layers: Sequence[Wanted], mistakes: LayerMistakes, input_shape: tuple[int, ...]
) -> str | None:
    """The grader's help for exactly these layers; None without one, or with more than one."""
    texts = [
        text
        for text, mistaken in mistakes.items()
        if layers == _wanted_in_usual_form(mistaken, input_shape)
    ]
    return texts[0] if len(texts) == 1 else None


def _in_usual_form(model: ModelData) -> ModelData:
    """A chain with the same layers as the course writes them.

    A ZeroPadding2D with the zeros of padding "same" is `padding` of the convolution after it, and a
    Flatten stands after the layers that treat each value by itself.
    """
    layers: list[Any] = []
    for layer in model.layers if model.chain else ():
        before = layers[-1] if layers else None
        if _is_same_padding(before, layer):
            layers[-1] = msgspec.structs.replace(layer, padding="same")
        else:
            layers.insert(len(layers) - (isinstance(before, Flatten) and _by_value(layer)), layer)
    return msgspec.structs.replace(model, layers=tuple(layers)) if layers else model


def _wanted_in_usual_form(wanted: Sequence[Wanted], input_shape: tuple[int, ...]) -> list[Wanted]:
    """The expected layers with Flatten after the dropout that a grader wrote after it."""
    layers: list[Wanted] = []
    for layer in wanted:
        if layer.kind == "Dropout" and layers and layers[-1].kind == "Flatten":
            shape = layers[-2].shape if len(layers) > 1 else input_shape
            layers.insert(len(layers) - 1, layer._replace(shape=shape))
        else:
            layers.append(layer)
    return layers


def _is_same_padding(zeros: object, layer: object) -> bool:
    """Whether `zeros` puts around a feature map what padding "same" of the next `layer` would."""
    return (
        isinstance(zeros, ZeroPadding2D)
        and isinstance(layer, Conv2D)
        and (layer.padding, layer.strides) == ("valid", (1, 1))
        and zeros.padding == tuple(((side - 1) // 2, side // 2) for side in layer.window)
    )


def _by_value(layer: object) -> bool:
    """Whether a layer treats each value by itself, which softmax does not."""
    is_softmax = getattr(layer, "activation", "") == "softmax"
    return isinstance(layer, Dropout | Activation | ReLU) and not is_softmax


def _refuse_arguments(called: str, model: ModelData) -> None:
    """Raise Mismatch for arguments of which the question says nothing, but for initial weights."""
    others = [
        name
        for name in model.other_arguments
        if not name.partition(" ")[0].endswith("_initializer")
    ]
    if others:
        key = "frozen" if all(name.startswith("trainable ") for name in others) else ""
        actual = _("found another value of: {names}").format(names=", ".join(others))
        expected = _("expected Keras's default")
        raise Mismatch(f"{called}\n{actual}\n{expected}", MODEL_HELP.get(key))


def actual_layers(model: ModelData) -> list[Wanted]:
    """The layers of a model, written like expected ones."""
    return [
        Wanted(
            _kind(row.kind, layer),
            getattr(layer, "kernel_size", getattr(layer, "pool_size", ())),
            getattr(layer, "activation", "linear"),
            row.output_shape or (),
            row.parameters or 0,
            layer.padding if isinstance(layer, Conv2D) else "valid",
            getattr(layer, "rate", 0.0),
            _dilation(layer),
        )
        for row, layer in zip(model.table(), model.layers, strict=True)
    ]


def _dilation(layer: Any) -> tuple[int, ...]:
    """The dilation of a layer, (1, 1) of one without; a single weight has no neighbour to lie apart from."""
    rates = getattr(layer, "dilation_rate", (1, 1))
    sides = getattr(layer, "kernel_size", (1, 1))
    return tuple(rate if side > 1 else 1 for rate, side in zip(rates, sides, strict=True))


def _kind(kind: str, layer: object) -> str:
    """The class of a layer; with its arguments where ReLU has some, for then it is another function."""
    if not isinstance(layer, ReLU) or layer == ReLU():
        return kind
    plain = msgspec.structs.asdict(ReLU())
    given = {k: v for k, v in msgspec.structs.asdict(layer).items() if v != plain[k]}
    return f"{kind}({', '.join(f'{name}={value:g}' for name, value in given.items())})"
