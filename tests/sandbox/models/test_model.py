"""Our closed-form shapes and parameter counts are Keras's; our schema refuses the rest."""

import keras
import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from keras import layers

from autograder.models.model import HistoryData, ModelData
from autograder.models.wire import from_wire
from autograder.sandbox.guest.keras_reader import describe, weights
from autograder.sandbox.protocol.errors import ValueRefused


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
    st.builds(lambda k, s, p: layers.DepthwiseConv2D(k, (s, s), p), pair, side, padding),
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
    assert [shape for step in data.steps() for shape in step.layer.weight_shapes(step.shape)] == [
        array.shape for array in weights(model)
    ]


def test_a_functional_chain_is_the_same_model_as_the_sequential_one() -> None:
    image = keras.Input((8, 8, 1))
    functional = keras.Model(image, layers.Dense(2)(layers.Flatten()(image)))
    sequential = keras.Sequential([keras.Input((8, 8, 1)), layers.Flatten(), layers.Dense(2)])
    assert cross(functional) == cross(sequential)


def block(x, *, by_operator=False):
    """A residual block, its sum written as a layer or as +."""
    branch = layers.Conv2D(3, 3, padding="same", activation="relu")(x)
    return x + branch if by_operator else layers.Add()([x, branch])


def residual(*, by_operator=False) -> keras.Model:
    image = keras.Input((8, 8, 3))
    x = block(block(image, by_operator=by_operator), by_operator=by_operator)
    joined = layers.Concatenate()([layers.GlobalMaxPooling2D()(x), layers.Flatten()(x)])
    return keras.Model(image, layers.Dense(2)(joined))


def test_a_branching_graph_has_the_shapes_and_parameters_of_keras() -> None:
    model = residual()
    data = cross(model)
    assert not data.chain
    assert data.parameters == model.count_params()
    # Flattened, 8 x 8 x 3 = 192 values, and 3 from the pooling.
    assert [row.output_shape for row in data.table()][-4:] == [(3,), (192,), (195,), (2,)]
    assert cross(residual(by_operator=True)) == data


def test_models_within_models_are_unfolded() -> None:
    inner = keras.Sequential([layers.Conv2D(3, 3, padding="same"), layers.ReLU()])
    image = keras.Input((8, 8, 3))
    nested = keras.Sequential([image, inner, keras.Model(image, block(image)), layers.Flatten()])
    flat = keras.Model(image, layers.Flatten()(block(inner.layers[1](inner.layers[0](image)))))
    assert cross(nested) == cross(flat)


class Subclassed(keras.Model):
    def __init__(self):
        super().__init__()
        self.conv = layers.Conv2D(3, 3, padding="same", activation="relu")
        self.flat, self.dense = layers.Flatten(), layers.Dense(2)

    def call(self, images):
        return self.dense(self.flat(images + self.conv(images)))


def test_a_subclassed_model_is_read_from_its_call() -> None:
    model = Subclassed()
    model(np.zeros((1, 8, 8, 3), np.float32))
    image = keras.Input((8, 8, 3))
    written_out = keras.Model(image, layers.Dense(2)(layers.Flatten()(block(image))))
    assert cross(model) == cross(written_out)
    assert cross(model).parameters == model.count_params()


def test_a_model_that_does_not_say_what_it_reads_is_built_for_the_courses_images() -> None:
    data = cross(keras.Sequential([layers.Conv2D(3, 3), layers.Flatten(), layers.Dense(2)]))
    assert (data.input_shape, data.assumed_input) == ((28, 28, 1), True)
    assert data.parameters == 3 * 10 + 26 * 26 * 3 * 2 + 2
    subclassed = cross(Subclassed())
    assert (subclassed.input_shape, subclassed.assumed_input) == ((28, 28, 1), True)


def test_a_sequential_of_another_models_layers_reads_what_they_have_read() -> None:
    first = keras.Sequential([keras.Input((20, 20, 1)), layers.Conv2D(3, 3)])
    data = cross(keras.Sequential([*first.layers, layers.Flatten(), layers.Dense(2)]))
    assert (data.input_shape, data.assumed_input) == ((20, 20, 1), False)
    assert data.parameters == 3 * 10 + 18 * 18 * 3 * 2 + 2


class Window(layers.Conv2D):
    """A convolution with settings of its own, and nothing else."""

    side: int = 3

    def __init__(self, filters, **arguments):
        super().__init__(filters, self.side, activation="relu", **arguments)

    def get_config(self):
        return {"filters": self.filters}


class Doubled(layers.Conv2D):
    def call(self, inputs):
        return super().call(2 * inputs)


def test_an_own_class_of_layer_that_changes_the_construction_alone_is_kerass() -> None:
    def model_of(layer: layers.Layer) -> ModelData:
        return cross(keras.Sequential([keras.Input((8, 8, 1)), layer]))

    assert model_of(Window(4)) == model_of(layers.Conv2D(4, 3, activation="relu"))
    regularized = model_of(Window(4, kernel_regularizer=lambda weights: 0.0))
    assert regularized.unsupported_arguments == ("an own kernel_regularizer of Conv2D",)
    assert model_of(Doubled(4, 3)).parameters is None  # the kit knows no such layer


class Descent(keras.optimizers.SGD):
    """Gradient descent under another name."""


class Ascent(keras.optimizers.SGD):
    def update_step(self, gradient, variable, learning_rate):
        super().update_step(-gradient, variable, learning_rate)


@pytest.mark.parametrize(("own", "name"), [(Descent, "sgd"), (Ascent, "own ascent")])
def test_an_own_class_of_optimizer_is_kerass_unless_it_changes_the_steps(
    own: type[keras.optimizers.SGD], name: str
) -> None:
    model = keras.Sequential([keras.Input((4,)), layers.Dense(2)])
    model.compile(own(0.1), "categorical_crossentropy")
    compiled = cross(model).compiled
    assert compiled is not None
    assert (compiled.optimizer, compiled.learning_rate) == (name, pytest.approx(0.1))


class Opaque(Subclassed):
    def call(self, images):
        return self.dense(self.flat(np.asarray(images)))


def test_a_graph_that_cannot_be_written_down_is_said_to_be_none() -> None:
    opaque = Opaque()
    opaque(np.zeros((1, 8, 8, 3), np.float32))
    image, other = keras.Input((8, 8, 3)), keras.Input((8, 8, 3))
    twice = layers.Conv2D(3, 3, padding="same")
    assert cross(keras.Model(image, twice(twice(image)))).parameters == 3 * (27 + 1)
    two = keras.Model([image, other], layers.Add()([image, other]))
    for model in (opaque, two):
        data = cross(model)
        assert data.sources is None
        assert not data.chain
        assert data.parameters is None


def test_what_augments_images_changes_no_shape() -> None:
    model = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            layers.RandomFlip("horizontal"),
            layers.RandomTranslation(0.1, (-0.2, 0.1), fill_mode="constant"),
            layers.RandomRotation(0.05),
            layers.RandomErasing(factor=0.5, value_range=(0, 1), fill_value=0.0),
            layers.ZeroPadding2D(((1, 0), (2, 3))),
            layers.DepthwiseConv2D(3, depth_multiplier=2),
            layers.SpatialDropout2D(0.1),
        ]
    )
    data = cross(model)
    assert [row.output_shape for row in data.table()] == [
        tuple(layer.output.shape[1:]) for layer in model.layers
    ]
    assert data.parameters == model.count_params()
    assert data.unsupported_arguments == ()


@pytest.mark.parametrize(
    ("layer", "unsupported_arguments"),
    [
        (layers.Conv2D(4, 3, padding="same", activation=keras.activations.relu), ()),
        (layers.Dropout(0.5, seed=3), ()),
        (layers.BatchNormalization(momentum=0.9), ()),
        (layers.MaxPooling2D(3), ()),
        (layers.Conv2D(4, 3, kernel_regularizer="l2"), ()),
        (
            layers.Conv2D(4, 3, kernel_regularizer=lambda weights: 0.0),
            ("an own kernel_regularizer of Conv2D",),
        ),
        (
            layers.Dense(4, bias_initializer=keras.initializers.Constant(np.ones(4))),
            ("an own bias_initializer of Dense",),
        ),
        (layers.Dropout(0.5, noise_shape=(1, 1, 3)), ("noise_shape of Dropout",)),
        (layers.Conv2DTranspose(4, 3, 2, output_padding=1), ("output_padding of Conv2DTranspose",)),
        (layers.Conv2D(4, 3, dtype="mixed_float16"), ("dtype mixed_float16 of Conv2D",)),
    ],
)
def test_what_of_a_layer_does_not_cross_is_named(
    layer: layers.Layer, unsupported_arguments: tuple[str, ...]
) -> None:
    assert (
        cross(keras.Sequential([keras.Input((8, 8, 3)), layer])).unsupported_arguments
        == unsupported_arguments
    )


def test_the_arguments_that_no_question_mentions_are_named() -> None:
    model = keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            layers.Conv2D(4, 3, kernel_initializer="he_normal", bias_regularizer="l2"),
            layers.BatchNormalization(trainable=False),
            layers.Dropout(0.5, noise_shape=(1, 1, 4)),
        ]
    )
    assert cross(model).other_arguments == (
        "bias_regularizer of Conv2D",
        "kernel_initializer of Conv2D",
        "noise_shape of Dropout",
        "trainable of BatchNormalization",
    )


def test_a_layer_outside_the_list_is_a_name_only() -> None:
    model = keras.Sequential(
        [keras.Input((4,)), layers.Lambda(lambda x: x[:, ::2]), layers.Dense(2)]
    )
    data = cross(model)
    assert [row.kind for row in data.table()] == ["keras.ops GetItem", "Dense"]
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
GOOD = {"input_shape": [8, 8, 1], "layers": [CONV]}


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
        {"sources": [[0], [1]]},
        {"sources": [[1]]},
        {"sources": [[-1]]},
        {"sources": [[]]},
        {"sources": [0]},
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
