"""Layers of a model compared with expected ones, for any shape of the input."""

from __future__ import annotations

import pytest

from autograder.keras_objects.activations import LeakyReLU, ReLU
from autograder.keras_objects.convolution import Conv2D
from autograder.keras_objects.core import Dense, Dropout, Flatten
from autograder.keras_objects.pooling import MaxPooling2D
from autograder.keras_objects.shaping import ZeroPadding2D
from autograder.models.model import ModelData
from autograder.results.outcome import Mismatch
from autograder.testing import Wanted, compare_layers
from autograder.testing.layer_mistakes import MODEL_HELP
from autograder.testing.layer_table import layers_compared

COLOUR = (32, 32, 3)
ROW = [Wanted("Flatten", (), "linear", (3_072,), 0)]


def flattened(input_shape: tuple[int, ...] | None) -> ModelData:
    """A model of one Flatten layer."""
    return ModelData(input_shape=input_shape, layers=(Flatten(),))


def test_a_model_may_read_another_shape_than_the_courses() -> None:
    compare_layers("called build()", flattened(COLOUR), ROW, input_shape=COLOUR)


@pytest.mark.parametrize(
    ("reads", "should", "key"),
    [
        ((28, 28, 1), COLOUR, "another shape than the text says"),
        (None, COLOUR, "write the shape that the text says"),
        (COLOUR, (28, 28, 1), MODEL_HELP["input"]),
        (None, (28, 28, 1), MODEL_HELP["no-input"]),
    ],
)
def test_another_input_is_a_mistake_of_its_own(
    reads: tuple[int, ...] | None, should: tuple[int, ...], key: str
) -> None:
    with pytest.raises(Mismatch) as mismatch:
        compare_layers("called build()", flattened(reads), ROW, input_shape=should)
    assert key in (mismatch.value.help or "")


def test_another_activation_of_a_convolution_is_not_told_about_relu() -> None:
    wanted = [Wanted("Conv2D", (5, 5), "tanh", (24, 24, 2), 52)]
    model = ModelData((28, 28, 1), (Conv2D(2, (5, 5), activation="relu"),))
    with pytest.raises(Mismatch) as mismatch:
        compare_layers("called build()", model, wanted)
    assert not mismatch.value.help


@pytest.mark.parametrize("found_first", [Flatten, Dropout])
@pytest.mark.parametrize("wanted_first", ["Flatten", "Dropout"])
def test_dropout_is_right_on_either_side_of_flatten_wherever_the_grader_has_it(
    found_first: type, wanted_first: str
) -> None:
    layers = sorted(
        (Flatten(), Dropout(rate=0.5)), key=lambda layer: type(layer) is not found_first
    )
    shape = (3_072,) if wanted_first == "Flatten" else COLOUR
    wanted = [*ROW, Wanted("Dropout", (), "linear", shape, 0, rate=0.5)]
    wanted.sort(key=lambda layer: layer.kind != wanted_first)
    model = ModelData(input_shape=COLOUR, layers=tuple(layers))
    compare_layers("called build()", model, wanted, input_shape=COLOUR)
    with pytest.raises(Mismatch):
        compare_layers("called build()", flattened(COLOUR), wanted, input_shape=COLOUR)


@pytest.mark.parametrize(
    ("own", "name"), [(ReLU(max_value=6.0), "ReLU(max_value=6)"), (LeakyReLU(), "LeakyReLU")]
)
def test_another_activation_as_a_layer_of_its_own_is_no_layer_more(own: object, name: str) -> None:
    wanted = [Wanted("Dense", (), "relu", (4,), 12), Wanted("Dense", (), "softmax", (2,), 10)]
    last = Dense(2, activation="softmax")
    compare_layers("", ModelData((2,), (Dense(4), ReLU(), last)), wanted, input_shape=(2,))
    model = ModelData((2,), (Dense(4), own, last))  # type: ignore[arg-type]
    with pytest.raises(Mismatch) as mismatch:
        compare_layers("", model, wanted, input_shape=(2,))
    assert (name in mismatch.value.message, mismatch.value.help) == (True, MODEL_HELP["relu"])
    twice = ModelData((2,), (Dense(4, activation="relu"), own, last))  # type: ignore[arg-type]
    with pytest.raises(Mismatch) as mismatch:
        compare_layers("", twice, wanted, input_shape=(2,))
    assert mismatch.value.help == MODEL_HELP["layer-extra"]


@pytest.mark.parametrize(("padding", "key"), [("same", "zeros"), ("valid", "layer-extra")])
def test_too_few_zeros_are_no_layer_more_where_padding_is_asked_for(padding: str, key: str) -> None:
    side = 28 if padding == "same" else 24
    wanted = [Wanted("Conv2D", (5, 5), "linear", (side, side, 2), 52, padding)]
    layers = (ZeroPadding2D(((1, 1), (1, 1))), Conv2D(2, (5, 5)))
    with pytest.raises(Mismatch) as mismatch:
        compare_layers("called build()", ModelData((28, 28, 1), layers), wanted)
    assert mismatch.value.help == MODEL_HELP[key]


@pytest.mark.parametrize("zeros", [False, True])
def test_a_dilation_is_compared_also_where_no_shape_shows_it(zeros: bool) -> None:
    plain = Wanted("Conv2D", (3, 3), "linear", (28, 28, 2), 20, "same")
    dilated = plain._replace(dilation=(2, 2))
    pads = (ZeroPadding2D(((2, 2), (2, 2))),) * zeros
    padding = "valid" if zeros else "same"
    layer = Conv2D(2, (3, 3), padding=padding, dilation_rate=(2, 2))  # type: ignore[arg-type]
    model = ModelData((28, 28, 1), (*pads, layer))
    compare_layers("called build()", model, [dilated])
    with pytest.raises(Mismatch, match="-> Conv2D 3x3 same dilation 2x2") as mismatch:
        compare_layers("called build()", model, [plain])
    assert not mismatch.value.help


def test_a_graders_own_help_goes_before_the_kits() -> None:
    wanted = [Wanted("Conv2D", (3, 3), "linear", (28, 28, 2), 20, "same", dilation=(2, 2))]
    mistakes = {"own help": [wanted[0]._replace(dilation=(1, 1))]}
    for input_shape, expected in (((28, 28, 1), "own help"), ((28, 28, 3), MODEL_HELP["input"])):
        model = ModelData(input_shape, (Conv2D(2, (3, 3), padding="same"),))
        with pytest.raises(Mismatch) as mismatch:
            compare_layers("called build()", model, wanted, mistakes)
        assert mismatch.value.help == expected


def test_zeros_for_the_kernel_without_its_gaps_are_too_few() -> None:
    wanted = Wanted("Conv2D", (3, 3), "linear", (28, 28, 2), 20, "same", dilation=(2, 2))
    layers = (ZeroPadding2D(((1, 1), (1, 1))), Conv2D(2, (3, 3), dilation_rate=(2, 2)))
    with pytest.raises(Mismatch):
        compare_layers("called build()", ModelData((28, 28, 1), layers), [wanted])


def test_a_dilation_of_a_single_weight_is_none() -> None:
    wanted = Wanted("Conv2D", (1, 1), "linear", (28, 28, 2), 4)
    model = ModelData((28, 28, 1), (Conv2D(2, (1, 1), dilation_rate=(2, 2)),))
    compare_layers("called build()", model, [wanted])


@pytest.mark.parametrize(
    ("layer", "wanted", "key"),
    [
        # What the question asks for is not named as the mistake.
        (Conv2D(8, (3, 3), strides=(2, 2)), ("Conv2D", "relu", (13, 13, 8), 80), "relu"),
        (Conv2D(8, (3, 3), strides=(3, 3)), ("Conv2D", "linear", (13, 13, 8), 80), ""),
        (Conv2D(8, (3, 3), strides=(2, 2)), ("Conv2D", "linear", (26, 26, 8), 80), "conv-stride"),
        (Conv2D(8, (3, 3), use_bias=False), ("Conv2D", "relu", (26, 26, 8), 72), "relu"),
        (Conv2D(8, (3, 3), use_bias=False), ("Conv2D", "relu", (26, 26, 8), 80), "bias"),
        (MaxPooling2D((3, 3), strides=(1, 1)), ("MaxPooling2D", "linear", (13, 13, 1), 0), ""),
        (
            MaxPooling2D((3, 3), strides=(1, 1)),
            ("MaxPooling2D", "linear", (9, 9, 1), 0),
            "pool-stride",
        ),
    ],
)
def test_help_on_strides_and_biases_is_given_where_the_usual_ones_are_asked_for(
    layer: Conv2D | MaxPooling2D, wanted: tuple[str, str, tuple[int, ...], int], key: str
) -> None:
    kind, activation, shape, parameters = wanted
    with pytest.raises(Mismatch) as mismatch:
        compare_layers(
            "called build()",
            ModelData((28, 28, 1), (layer,)),
            [Wanted(kind, (3, 3), activation, shape, parameters)],
        )
    assert mismatch.value.help == MODEL_HELP.get(key)


def test_layers_stand_beside_the_expected_ones_where_the_page_is_wide_enough() -> None:
    pool = Wanted("MaxPooling2D", (2, 2), "linear", (12, 12, 32), 0)
    own = Wanted("Conv2D", (5, 5), "tanh", (24, 24, 32), 832)
    expected = Wanted("Conv2D", (5, 5), "relu", (24, 24, 32), 832)
    assert layers_compared([own, pool], [expected, pool]).splitlines() == [
        "   your layers       output    parameters | expected          output    parameters",
        "-> Conv2D 5x5 tanh   24x24x32         832 | Conv2D 5x5 relu   24x24x32         832",
        "   MaxPooling2D 2x2  12x12x32           0 | MaxPooling2D 2x2  12x12x32           0",
    ]


def test_layers_of_long_descriptions_stand_above_the_expected_ones() -> None:
    own = Wanted("Conv2D", (3, 3), "sigmoid", (28, 28, 32), 320, "same")
    expected = Wanted("Conv2D", (3, 3), "relu", (28, 28, 32), 320, "same")
    assert layers_compared([own], [expected]).splitlines() == [
        "   your layers              output    parameters",
        "-> Conv2D 3x3 same sigmoid  28x28x32         320",
        "   expected              output    parameters",
        "-> Conv2D 3x3 same relu  28x28x32         320",
    ]
