"""Each part of Keras that the kit accepts is trained as Keras trains it, to the bit."""

import random
from collections.abc import Iterator
from typing import Any

import keras
import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from keras import layers

from autograder.datasets import load_fashion_mnist_sample
from autograder.models.recipe import Recipe, canonical, read_recipe
from autograder.models.recipe_rules import RecipeRefused
from autograder.sandbox.guest.built_models import batches
from autograder.sandbox.guest.keras_builder import build, build_model
from autograder.sandbox.guest.keras_graph import Graph
from autograder.testing.notebook_student import NotebookStudent
from tests.sandbox.models.recipe_parts import PARTS, compiled, conv, output, recipe

SEED = 3


@pytest.fixture(scope="module", autouse=True)
def deterministic() -> Iterator[None]:
    """Sums in one order, as in the training worker; other tests of the process go on as before."""
    from tensorflow.python.framework import config

    keras.utils.set_random_seed(SEED)  # without one, deterministic operations refuse to draw
    config.enable_op_determinism()
    yield
    config.disable_op_determinism()


def read(entries: dict[str, Any]) -> Recipe:
    """The recipe as check() in a notebook reads it."""
    return read_recipe(NotebookStudent({"rung_open": lambda: entries}).call("rung_open"))


def leaves(model: keras.Model) -> list[Any]:
    graph = Graph(training=True)  # with the layers under `if training:` too
    graph.add_model(model, 0)
    return [layer for layer in graph.layers if not isinstance(layer, layers.Normalization)]


def floats(model: keras.Model) -> list[Any]:
    """The weights of a model in the order of its graph."""
    weights = [weight for leaf in leaves(model) for weight in getattr(leaf, "weights", ())]
    return [weight for weight in weights if "float" in weight.dtype]


def generators(model: keras.Model) -> Iterator[Any]:
    for leaf in leaves(model):
        yield from getattr(leaf, "_seed_generators", ())


def share_start(model: keras.Model, other: keras.Model) -> None:
    """Give both models the same weights and seeds."""
    for own, built in zip(floats(model), floats(other), strict=True):
        built.assign(own)
    for number, pair in enumerate(zip(generators(model), generators(other), strict=True)):
        for generator in pair:
            generator.state.assign([number, SEED])


def train(model: keras.Model, recipe: Recipe, images: Any, labels: Any, **more: Any) -> list[Any]:
    """The weights after the recipe's epochs."""
    compiled_with = recipe.model.compiled
    assert compiled_with is not None
    data = batches(images, labels, recipe.batch_size, seed=SEED, loss=compiled_with.loss)
    weights = dict(enumerate(recipe.class_weight)) or None
    model.fit(data, epochs=recipe.epochs, class_weight=weights, verbose=0, **more)
    return [np.asarray(weight) for weight in floats(model)]


def both_trained(entries: dict[str, Any], count: int) -> tuple[list[Any], list[Any]]:
    """The weights of the student's model, and of the kit's, trained on the same images."""
    recipe = canonical(read(entries))
    (images, labels), _test = load_fashion_mnist_sample()
    images, labels = images[:count], labels[:count]
    model, built = entries["model"], build(msgspec.to_builtins(recipe))
    share_start(model, built)
    steering = [keras.callbacks.LearningRateScheduler(lambda epoch: recipe.learning_rates[epoch])]
    given = entries.get("callbacks", [])
    callbacks = given if isinstance(given, list) else [given]
    own = [c for c in callbacks if isinstance(c, keras.callbacks.LearningRateScheduler)]
    return (
        train(model, recipe, images, labels, callbacks=own),
        train(built, recipe, images, labels, callbacks=steering if recipe.learning_rates else []),
    )


def assert_equal(ours: list[Any], keras_own: list[Any]) -> None:
    """To the bit, but for what TensorFlow fuses by the names of nodes: one unit in the last place."""
    for weights, keras_weights in zip(ours, keras_own, strict=True):
        np.testing.assert_allclose(weights, keras_weights, rtol=0, atol=1e-7)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_accepted(part: str) -> None:
    read(PARTS[part]())


@pytest.mark.parametrize("part", PARTS)
def test_a_part_has_the_shapes_that_keras_computes(part: str) -> None:
    """A wrong shape before a Flatten shows in nothing else that these tests look at."""
    model = canonical(read(PARTS[part]())).model
    _built, built_layers = build_model(msgspec.to_builtins(model))
    ours = [step.output_shape for step in model.steps()]
    kerass = [getattr(layer, "output", None) for layer in built_layers]
    compared = [
        (shape, tuple(output.shape[1:]))
        for shape, output in zip(ours, kerass, strict=True)
        if output is not None  # an operation is no layer, and one used again has several
    ]
    assert [shape for shape, _output in compared] == [output for _shape, output in compared]
    assert compared


@pytest.mark.catalogue
@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_trained_as_keras_trains_it(part: str) -> None:
    ours, keras_own = both_trained(PARTS[part](), 1_000)
    assert_equal(ours, keras_own)


small = st.integers(1, 3)
activation = st.sampled_from([None, "relu", "tanh", layers.LeakyReLU(0.2), layers.ReLU(6.0)])
initializer = st.sampled_from(["glorot_uniform", "he_normal", "zeros"])
regularizer = st.sampled_from([None, "l2", keras.regularizers.L1L2(0.1, 0.2)])
constraint = st.sampled_from([None, "max_norm", "non_neg"])
makers = st.one_of(
    st.builds(
        lambda f, k, s, **more: lambda: layers.Conv2D(f, k, s, padding="same", **more),
        small, small, small, activation=activation, use_bias=st.booleans(),
        kernel_initializer=initializer, kernel_regularizer=regularizer,
        kernel_constraint=constraint, trainable=st.booleans(),
    ),
    st.builds(lambda f, k: lambda: layers.SeparableConv2D(f, k, padding="same"), small, small),
    st.builds(lambda f, k, s: lambda: layers.Conv2DTranspose(f, k, s, padding="same"), small, small, st.integers(1, 2)),
    st.builds(
        lambda c, s, m: lambda: layers.BatchNormalization(center=c, scale=s, momentum=m),
        st.booleans(), st.booleans(), st.sampled_from([0.5, 0.99]),
    ),
    st.builds(lambda k: lambda: layers.MaxPooling2D(k, padding="same"), small),
    st.builds(lambda slope: lambda: layers.LeakyReLU(slope), st.sampled_from([0.0, 0.5])),
    st.just(lambda: layers.PReLU(shared_axes=[1, 2])),
    st.builds(lambda rate: lambda: layers.Dropout(rate), st.sampled_from([0.0, 0.5])),
    st.just(lambda: layers.GaussianNoise(0.5)),
    st.just(lambda: layers.LayerNormalization()),
    st.just(lambda: layers.RandomTranslation(0.2, 0.2)),
)  # fmt: skip
optimizers = st.sampled_from(
    ["sgd", "adamw", keras.optimizers.SGD(0.1, momentum=0.9, nesterov=True, clipnorm=0.1)]
)
wiring = st.sampled_from(["chain", "add", "concatenate", "multiply"])


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(makers, min_size=1, max_size=4), st.lists(makers, max_size=2), wiring, optimizers)
def test_any_network_of_these_parts_is_trained_as_keras_trains_it(
    stack: list[Any], branch: list[Any], way: str, optimizer: Any
) -> None:
    image = keras.Input((28, 28, 1))
    x = layers.Conv2D(2, 3, strides=4)(image)
    y = x
    for make in stack:
        x = make()(x)
    for make in branch:
        y = make()(y)
    if way != "chain":
        kind = {"add": layers.Add, "concatenate": layers.Concatenate, "multiply": layers.Multiply}[
            way
        ]
        try:
            x = kind()([x, y])
        except ValueError:
            assume(False)  # the branches have other shapes
    config = keras.optimizers.get(optimizer).get_config()
    fresh = type(keras.optimizers.get(optimizer)).from_config(config)
    model = keras.Model(image, output()(layers.Flatten()(x)))
    ours, keras_own = both_trained(compiled(model, optimizer=fresh), 64)
    assert_equal(ours, keras_own)


def test_the_rates_of_a_scheduler_are_those_that_keras_sets() -> None:
    scheduler = keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate * np.exp(-0.1))
    entries = recipe(conv(), entries={"callbacks": [scheduler], "epochs": 9})
    rates, optimizer = canonical(read(entries)).learning_rates, entries["model"].optimizer
    set_rates = []
    scheduler.set_model(entries["model"])
    for epoch in range(9):
        scheduler.on_epoch_begin(epoch)
        set_rates.append(float(optimizer.learning_rate))
    assert rates == tuple(set_rates)


def test_a_refusal_names_what_a_rebuilt_model_would_lack() -> None:
    entries = PARTS["He initializers"]()
    first = entries["model"].layers[0]
    first.call = lambda images, as_it_was=first.call: 2 * as_it_was(images)
    with pytest.raises(RecipeRefused, match="differs from yours in predictions"):
        read(entries)


@pytest.mark.parametrize("part", ["own residual layer", "subclassed model that is not built"])
def test_a_model_is_left_as_it_was(part: str) -> None:
    entries = PARTS[part]()
    model = entries["model"]
    model(np.zeros((1, 28, 28, 1), np.float32))
    model.train_on_batch(np.ones((2, 28, 28, 1), np.float32), np.array([1, 2]))
    variables = [*model.variables, *model.optimizer.variables]
    before = [np.asarray(variable).copy() for variable in variables]
    drawn = random.getstate()
    read(entries)
    assert all(np.array_equal(old, now) for old, now in zip(before, variables, strict=True))
    assert random.getstate() == drawn


def test_what_is_left_out_is_named() -> None:
    assert read(PARTS["callbacks that watch"]()).left_out == (
        "Printing",
        "TerminateOnNaN",
        "CSVLogger",
        "ModelCheckpoint",
    )
    fit = read(PARTS["arguments of fit"]())
    assert fit.left_out == ("validation_split", "verbose", "shuffle")
    assert canonical(fit).left_out == ()
