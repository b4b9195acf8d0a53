"""Which training runs are accepted, which are the same run, and what the others are told."""

from collections.abc import Callable
from typing import Any

import keras
import msgspec
import pytest
from keras import layers

from autograder.jail.keras_data import describe
from autograder.model import ModelData, from_wire
from autograder.recipe import (
    MOST_PARAMETERS,
    RecipeRefused,
    canonical,
    digest,
    multiply_adds,
    read_recipe,
)

LOSS = "sparse_categorical_crossentropy"


def crossed(model: keras.Model) -> ModelData:
    """The model as it comes out of a jail."""
    data = from_wire("$model", msgspec.json.decode(msgspec.json.encode(describe(model)["$model"])))
    assert isinstance(data, ModelData)
    return data


def network(
    *inner: layers.Layer, optimizer: Any = "sgd", loss: Any = LOSS, shape: Any = (28, 28, 1)
) -> keras.Model:
    """A compiled network; without layers given, a small one that is allowed."""
    inner = inner or (
        layers.Conv2D(4, 3, activation="relu"),
        layers.Flatten(),
        layers.Dense(10, activation="softmax"),
    )
    model = keras.Sequential([keras.Input(shape), *inner])
    model.compile(optimizer, loss, metrics=["accuracy"])
    return model


def answer(model: keras.Model | None = None, **more: Any) -> dict[str, Any]:
    return {"model": crossed(model or network()), "epochs": 5, **more}


def test_a_recipe_is_read() -> None:
    recipe = read_recipe(answer(batch_size=64))
    assert (recipe.epochs, recipe.batch_size) == (5, 64)
    # 26 x 26 positions of 9 weights and 4 filters, then 2,704 values into 10 units.
    assert multiply_adds(recipe.model) == 26 * 26 * 9 * 4 + 2_704 * 10


OUT = (layers.Flatten, lambda: layers.Dense(10, activation="softmax"))
REFUSED: dict[str, tuple[Callable[[], Any], str]] = {
    "no dict": (lambda: 5, "a recipe is a dict"),
    "no model": (lambda: {"model": "mine", "epochs": 5}, "is not a Keras model"),
    "no epochs": (lambda: {"model": crossed(network())}, "epochs"),
    "too long": (lambda: answer(epochs=1_000), "epochs"),
    "epochs as text": (lambda: answer(epochs="5"), "epochs"),
    "a key too many": (lambda: answer(seed=3), "a recipe has no seed"),
    "not compiled": (
        lambda: answer(keras.Sequential([keras.Input((28, 28, 1)), *network().layers])),
        "has not been compiled",
    ),
    "wrong loss": (lambda: answer(network(loss="mse")), "the loss is mse"),
    "one-hot loss": (
        lambda: answer(network(loss="categorical_crossentropy")),
        "the labels are plain numbers",
    ),
    "softmax and logits": (
        lambda: answer(network(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))),
        "one of them too many",
    ),
    "neither": (
        lambda: answer(network(layers.Flatten(), layers.Dense(10))),
        "does not end in softmax",
    ),
    "nine classes": (
        lambda: answer(network(layers.Flatten(), layers.Dense(9, activation="softmax"))),
        "there are ten classes",
    ),
    "colour images": (lambda: answer(network(shape=(28, 28, 3))), "the images are (28, 28, 1)"),
    "a lambda": (
        lambda: answer(network(layers.Lambda(lambda x: x), *(make() for make in OUT))),
        "not among the layers that are trained here: Lambda",
    ),
    "huge": (
        lambda: answer(network(layers.Flatten(), layers.Dense(30_000), *(make() for make in OUT))),
        f"at most {MOST_PARAMETERS:,}",
    ),
    "slow": (
        lambda: answer(
            network(
                *(layers.Conv2D(256, 3, padding="same", activation="relu") for _ in range(2)),
                *(make() for make in OUT),
            )
        ),
        "multiply-adds",
    ),
    "a schedule": (
        lambda: answer(
            network(optimizer=keras.optimizers.Adam(keras.optimizers.schedules.ExponentialDecay(1e-3, 9, 0.9)))
        ),
        "given as learning_rates",
    ),
    "another optimizer": (lambda: answer(network(optimizer="ftrl")), "the optimizer ftrl"),
    "an average of weights": (
        lambda: answer(network(optimizer=keras.optimizers.SGD(use_ema=True))),
        "use_ema=True is not supported",
    ),
    "rates too few": (lambda: answer(learning_rates=[0.1]), "1 entries for 5 epochs"),
    "rates that are none": (lambda: answer(learning_rates=[0.1] * 4 + [-1.0]), "learning_rates"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_the_reason(case: str) -> None:
    make, reason = REFUSED[case]
    with pytest.raises(RecipeRefused) as caught:
        read_recipe(make())
    assert reason in str(caught.value)


def small(*, name: str, folded: bool, optimizer: Any = "sgd") -> keras.Model:
    """One network, written in two ways."""
    image = keras.Input((28, 28, 1), name=f"{name}-in")
    first = layers.Conv2D(4, 3, activation="relu" if folded else None, name=f"{name}-1")(image)
    first = first if folded else layers.ReLU()(first)
    out = layers.Dense(10, activation="softmax", name=f"{name}-out")(layers.Flatten()(first))
    model = keras.Model(image, out)
    model.compile(optimizer, LOSS)
    return model


def test_the_same_run_written_in_other_words_is_the_same() -> None:
    sgd = keras.optimizers.SGD(0.01)
    ways = [
        answer(network()),
        answer(small(name="x", folded=True)),
        answer(small(name="y", folded=False, optimizer=sgd)),
        answer(network(), learning_rates=[0.01] * 5),
        answer(network(), batch_size=32),
    ]
    assert len({digest(read_recipe(way)) for way in ways}) == 1


def test_what_makes_a_difference_makes_another_run() -> None:
    ways = [
        answer(network()),
        answer(network(), epochs=6),
        answer(network(), batch_size=33),
        answer(network(optimizer="adam")),
        answer(network(optimizer=keras.optimizers.SGD(0.02))),
        answer(network(optimizer=keras.optimizers.SGD(0.01, momentum=0.9))),
        answer(network(), learning_rates=[0.01] * 4 + [0.005]),
        answer(network(layers.Flatten(), layers.Dense(10, activation="softmax"))),
    ]
    assert len({digest(read_recipe(way)) for way in ways}) == len(ways)


def test_canonical_is_its_own_canonical_form() -> None:
    once = canonical(read_recipe(answer(small(name="z", folded=False))))
    assert canonical(once) == once
