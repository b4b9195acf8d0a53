"""Our closed-form shapes and parameter counts are Keras's; our schema refuses the rest."""

import keras
import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from keras import layers

from autograder.jail.keras_data import describe
from autograder.jail.values import ValueRefused
from autograder.model import HistoryData, ModelData, from_wire


def cross(model: object) -> ModelData:
    tagged = describe(model)
    ((tag, body),) = tagged.items()
    data = from_wire(tag, body)
    assert isinstance(data, ModelData)
    return data


side = st.integers(1, 4)
pair = st.tuples(side, side)
padding = st.sampled_from(["valid", "same"])
image_layers = st.one_of(
    st.builds(
        lambda f, k, s, p, b: layers.Conv2D(f, k, s, p, use_bias=b, activation="relu"),
        st.integers(1, 5), pair, pair, padding, st.booleans(),
    ),
    st.builds(lambda k, d: layers.Conv2D(2, k, dilation_rate=d), pair, pair),
    st.builds(layers.MaxPooling2D, pair, st.none() | pair, padding),
    st.builds(layers.AveragePooling2D, pair, st.none() | pair, padding),
    st.builds(layers.BatchNormalization, center=st.booleans(), scale=st.booleans()),
    st.builds(layers.Dropout, st.just(0.25)),
    st.just("relu").map(lambda name: layers.Activation(name)),
    st.builds(layers.Dense, st.integers(1, 5)),
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(image_layers, min_size=1, max_size=4), st.sampled_from(["flatten", "global", ""]))
def test_tables_agree_with_keras(stack: list[layers.Layer], head: str) -> None:
    ends = {
        "flatten": [layers.Flatten(), layers.Dense(3)],
        "global": [layers.GlobalAveragePooling2D()],
    }
    try:
        model = keras.Sequential([keras.Input((11, 13, 2)), *stack, *ends.get(head, [])])
    except ValueError:
        assume(False)  # Keras itself refuses: the window no longer fits
    data = cross(model)
    assert data.chain
    assert [row.output_shape for row in data.table()] == [
        tuple(x.output.shape[1:]) for x in model.layers
    ]
    assert [row.parameters for row in data.table()] == [x.count_params() for x in model.layers]
    assert data.parameters == model.count_params()
    assert data.output_shape == model.output_shape[1:]


def test_a_functional_chain_is_the_same_model_as_the_sequential_one() -> None:
    image = keras.Input((8, 8, 1))
    functional = keras.Model(image, layers.Dense(2)(layers.Flatten()(image)))
    sequential = keras.Sequential([keras.Input((8, 8, 1)), layers.Flatten(), layers.Dense(2)])
    assert cross(functional) == cross(sequential)


def test_a_branching_graph_is_no_chain_and_has_no_shapes() -> None:
    image = keras.Input((4,))
    branch = layers.Dense(4)(image)
    joined = layers.Add()([image, branch])
    data = cross(keras.Model(image, joined))
    assert not data.chain
    assert data.parameters is None


@pytest.mark.parametrize(
    ("layer", "left_out"),
    [
        (layers.Conv2D(4, 3, padding="same", activation=keras.activations.relu), ()),
        (layers.Dropout(0.5, seed=3), ()),
        (layers.BatchNormalization(momentum=0.9), ()),
        (layers.MaxPooling2D(3), ()),
        (layers.Conv2D(4, 3, kernel_regularizer="l2"), ("kernel_regularizer of Conv2D",)),
        (layers.Conv2D(4, 3, kernel_initializer="zeros"), ("kernel_initializer of Conv2D",)),
        (layers.ReLU(max_value=6), ("max_value of ReLU",)),
        (layers.Dropout(0.5, noise_shape=(1, 1, 3)), ("noise_shape of Dropout",)),
        (layers.BatchNormalization(trainable=False), ("trainable of BatchNormalization",)),
        (layers.GlobalAveragePooling2D(keepdims=True), ("keepdims of GlobalAveragePooling2D",)),
    ],
)
def test_what_of_a_layer_does_not_cross_is_named(
    layer: layers.Layer, left_out: tuple[str, ...]
) -> None:
    assert cross(keras.Sequential([keras.Input((8, 8, 3)), layer])).left_out == left_out


def test_a_layer_outside_the_list_is_a_name_only() -> None:
    model = keras.Sequential([keras.Input((4,)), layers.Lambda(lambda x: x + 1), layers.Dense(2)])
    data = cross(model)
    assert [row.kind for row in data.table()] == ["Lambda", "Dense"]
    assert data.parameters is None


@pytest.mark.parametrize(
    ("optimizer", "loss", "expected"),
    [
        ("sgd", "categorical_crossentropy", ("sgd", "categorical_crossentropy", False)),
        (
            keras.optimizers.Adam(0.5),
            keras.losses.SparseCategoricalCrossentropy(from_logits=True),
            ("adam", "sparse_categorical_crossentropy", True),
        ),
        (
            keras.optimizers.RMSprop(),
            keras.losses.mean_squared_error,
            ("rmsprop", "mean_squared_error", False),
        ),
    ],
)
def test_compile_settings_cross(
    optimizer: object, loss: object, expected: tuple[object, ...]
) -> None:
    model = keras.Sequential([keras.Input((4,)), layers.Dense(2)])
    model.compile(optimizer=optimizer, loss=loss, metrics=["accuracy"])
    compiled = cross(model).compiled
    assert compiled is not None
    assert (compiled.optimizer, compiled.loss, compiled.from_logits) == expected
    assert compiled.metrics == ("accuracy",)


def test_a_history_crosses() -> None:
    model = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
    model.compile("sgd", "mse")
    history = model.fit(np.zeros((30, 4)), np.zeros(30), batch_size=10, epochs=2, verbose=0)
    ((tag, body),) = describe(history).items()
    data = from_wire(tag, body)
    assert isinstance(data, HistoryData)
    assert (data.epochs, data.steps, len(data.history["loss"])) == (2, 3, 2)


CONV = {"kind": "Conv2D", "filters": 3, "kernel_size": [2, 2]}
GOOD = {"input_shape": [8, 8, 1], "chain": True, "layers": [CONV]}


@pytest.mark.parametrize(
    "change",
    [
        {"layers": [{**CONV, "kind": "Lambda"}]},
        {"layers": [{**CONV, "filters": 10**9}]},
        {"layers": [{**CONV, "filters": -1}]},
        {"layers": [{**CONV, "filters": 3.5}]},
        {"layers": [{**CONV, "filters": True}]},
        {"layers": [{**CONV, "kernel_size": [1, 2, 3]}]},
        {"layers": [{**CONV, "padding": "full"}]},
        {"layers": [{**CONV, "registered_name": "x"}]},
        {"layers": [CONV] * 501},
        {"input_shape": [0, 8, 1]},
        {"input_shape": [1] * 9},
        {"more": 1},
        {"compiled": {"optimizer": "x" * 101, "learning_rate": 1.0, "loss": "mse"}},
    ],
)
def test_what_is_not_in_the_schema_is_refused(change: dict[str, object]) -> None:
    assert isinstance(from_wire("$model", GOOD), ModelData)
    with pytest.raises(ValueRefused):
        from_wire("$model", GOOD | change)


def test_a_layer_that_does_not_fit_ends_the_table_and_not_the_grader() -> None:
    data = from_wire(
        "$model", GOOD | {"layers": [{**CONV, "kernel_size": [9, 9]}, {"kind": "Flatten"}]}
    )
    assert isinstance(data, ModelData)
    assert [row.output_shape for row in data.table()] == [None, None]
    assert data.parameters is None
