"""Accurate or not, a recipe gets a rung's points for accuracy only with what that rung teaches."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import pytest
from keras import layers

from autograder.authoring.graded_answers import UntrainedTrainer
from autograder.course.course import find_course
from autograder.course.reference import reference
from autograder.graders.hidden import ladder_accuracy
from autograder.graders.ladder_steps import STEPS, lacking
from autograder.grading.grade import grader_files
from autograder.models.recipe import read_recipe
from autograder.models.recipe_rules import RecipeRefused
from autograder.results.outcome import Status, TestOutcome
from autograder.results.thresholds import Threshold, read_thresholds
from autograder.testing.notebook_student import NotebookStudent
from autograder.testing.pytest_plugin import GraderPlugin
from autograder.testing.run_tests import run_tests
from autograder.training.run import Run

COURSE = find_course(Path(__file__).parent)
SOLUTION = reference(COURSE, "fashion_ladder")
LOSS = "sparse_categorical_crossentropy"
MakeRecipe = Callable[[], dict[str, Any]]


def recipe(*inner: Any, optimizer: Any = "adam", epochs: int = 5, **more: Any) -> dict[str, Any]:
    model = keras.Sequential([keras.Input((28, 28, 1)), *inner])
    model.compile(optimizer, LOSS)
    return {"model": model, "epochs": epochs, **more}


def softmax() -> Any:
    return layers.Dense(10, activation="softmax")


def conv(filters: int, size: int = 3, **more: Any) -> Any:
    return layers.Conv2D(filters, size, **{"activation": "relu", "padding": "same", **more})


def again(entries: dict[str, Any], optimizer: Any = "adam", **more: Any) -> dict[str, Any]:
    """A reference's network, compiled anew."""
    entries["model"].compile(optimizer, LOSS)
    return {**entries, **more}


def linear(optimizer: str, epochs: int = 30) -> MakeRecipe:
    return lambda: recipe(layers.Flatten(), softmax(), optimizer=optimizer, epochs=epochs)


def linear_convolutions() -> dict[str, Any]:
    """Many filters, and yet one linear map: no activation between them."""
    return recipe(
        conv(64, 5, activation=None),
        layers.AveragePooling2D(2),
        conv(128, activation="linear"),
        layers.BatchNormalization(),
        layers.Flatten(),
        softmax(),
    )


def dense_by_another_name() -> dict[str, Any]:
    return recipe(conv(512, 28, padding="valid"), layers.Flatten(), softmax())


def one_pixel_kernels() -> dict[str, Any]:
    return recipe(conv(256, 1), conv(256, 1), layers.GlobalAveragePooling2D(), softmax())


def normalized_in_name() -> dict[str, Any]:
    """Rung c with layers that do nothing to what is learned."""
    rung_layers = SOLUTION.rung_c()["model"].layers
    nothing = layers.BatchNormalization(epsilon=1e6), layers.Dropout(0.001)
    return recipe(
        layers.BatchNormalization(),
        layers.Dropout(0.5),
        *rung_layers[:-1],
        *nothing,
        rung_layers[-1],
    )


def past_the_convolutions(*blocked: Any, optimizer: str = "adam") -> MakeRecipe:
    """A linear model with a branch of convolutions beside it, through which nothing has to pass."""

    def make() -> dict[str, Any]:
        image = keras.Input((28, 28, 1))
        branch = image
        for layer in (
            conv(64, 5),
            layers.MaxPooling2D(),
            conv(128),
            layers.GlobalAveragePooling2D(),
        ):
            branch = layer(branch)
        for layer in blocked:
            branch = type(layer).from_config(layer.get_config())(branch)
        value = layers.Concatenate()([layers.Flatten()(image), branch])
        return compiled(keras.Model(image, softmax()(value)), optimizer)

    return make


def small_past_a_dead_branch() -> dict[str, Any]:
    """8 filters that do the work, beside many whose softmax of one number is always 1."""
    image = keras.Input((28, 28, 1))
    small = conv(8)(image)
    branch = small
    for layer in (conv(64, 5), layers.MaxPooling2D(), conv(128), layers.GlobalAveragePooling2D()):
        branch = layer(branch)
    value = layers.Concatenate()([layers.Flatten()(small), layers.Dense(1, "softmax")(branch)])
    return compiled(keras.Model(image, softmax()(value)), "adam")


def compiled(model: Any, optimizer: Any, epochs: int = 5, **more: Any) -> dict[str, Any]:
    model.compile(optimizer, LOSS)
    return {"model": model, "epochs": epochs, **more}


def dense_on_a_padded_image() -> dict[str, Any]:
    """The kernel covers the image in one place, and half of the zeros around it."""
    padded = layers.ZeroPadding2D(((0, 14), (0, 14)))
    whole = layers.Conv2D(256, 28, strides=28, activation="relu")
    return recipe(padded, whole, layers.Flatten(), softmax())


def regularized_beside() -> dict[str, Any]:
    """Rung c, with batch normalization and dropout in a branch of one number."""
    image = keras.Input((28, 28, 1))
    value = image
    for layer in SOLUTION.rung_c()["model"].layers[:-1]:
        value = layer(value)
    branch = value
    for layer in (
        layers.Dense(1), layers.BatchNormalization(), layers.Dropout(0.5), layers.Dense(1),
        layers.BatchNormalization(),
    ):  # fmt: skip
        branch = layer(branch)
    return compiled(keras.Model(image, softmax()(layers.Concatenate()([value, branch]))), "adam")


def beside(*small: Any, main: tuple[Any, ...] = ()) -> MakeRecipe:
    """Rung c, then `main`, with a branch of such layers beside it that ends in one number."""

    def make() -> dict[str, Any]:
        image = keras.Input((28, 28, 1))
        value = image
        for layer in (*SOLUTION.rung_c()["model"].layers[:-1], *main):
            value = layer(value)
        branch = value
        for layer in small:
            branch = type(layer).from_config(layer.get_config())(branch)
        return compiled(
            keras.Model(image, softmax()(layers.Concatenate()([value, branch]))), "adam"
        )

    return make


def residual(*, project: bool = False) -> dict[str, Any]:
    """A wide residual network with batch normalization and dropout inside of its blocks alone."""
    image = keras.Input((28, 28, 1))
    value = image if project else conv(64)(image)
    for filters in (64, 128):
        inner = value
        for dropped in (0.0, 0.3):
            inner = layers.BatchNormalization()(conv(filters)(inner))
            inner = layers.Dropout(dropped)(inner)
        projected = conv(filters, 1, activation=None)(value)
        value = layers.MaxPooling2D()(layers.Add()([inner, projected]))
    value = layers.GlobalAveragePooling2D()(value)
    return compiled(keras.Model(image, softmax()(value)), "adam")


def squeeze_and_excite() -> dict[str, Any]:
    image = keras.Input((28, 28, 1))
    value = layers.MaxPooling2D()(conv(64)(image))
    gate = layers.Dense(64, "sigmoid")(
        layers.Dense(16, "relu")(layers.GlobalAveragePooling2D(keepdims=True)(value))
    )
    value = conv(128)(layers.Multiply()([gate, value]))
    return compiled(keras.Model(image, softmax()(layers.GlobalAveragePooling2D()(value))), "adam")


def separable(filters: int, strides: int = 1) -> tuple[Any, ...]:
    """A convolution whose kernels each read one channel, and another that mixes the channels."""
    return (
        layers.DepthwiseConv2D(3, strides, padding="same"),
        layers.BatchNormalization(),
        layers.ReLU(),
        conv(filters, 1, activation=None),
        layers.BatchNormalization(),
        layers.ReLU(),
    )


def held_back(
    optimizer: Any = "adamw", epochs: int = 5, dropout: Any = layers.Dropout, **more: Any
) -> dict[str, Any]:
    """The step of rung d in a network of its own: normalization before the activations."""
    return recipe(
        conv(64, activation=None),
        layers.BatchNormalization(),
        layers.ReLU(),
        layers.MaxPooling2D(),
        conv(128, strides=2, activation=None),
        layers.BatchNormalization(),
        layers.Activation("gelu"),
        dropout(0.2),
        layers.GlobalAveragePooling2D(),
        softmax(),
        optimizer=optimizer,
        epochs=epochs,
        **more,
    )


def scheduled(make: Callable[..., Any], *arguments: Any) -> MakeRecipe:
    """Rung d's step for 20 epochs, with a schedule of Keras's."""
    schedule = make(*arguments)
    return lambda: held_back(keras.optimizers.Adam(schedule), epochs=20)


def plateau() -> Any:
    return keras.callbacks.ReduceLROnPlateau("val_loss", 0.5, 2)


NONE: frozenset[str] = frozenset()
DECOYS: dict[str, MakeRecipe] = {
    "a linear model": linear("adam"),
    "a linear model by plain descent": linear("sgd"),
    "a linear model of convolutions": linear_convolutions,
    "dense layers alone": lambda: recipe(layers.Flatten(), layers.Dense(512, "relu"), softmax()),
    "a dense layer called a convolution": dense_by_another_name,
    "a dense layer on a padded image": dense_on_a_padded_image,
    "a dense layer in one place": lambda: recipe(
        conv(144, (22, 23), padding="valid", strides=28), layers.Flatten(), softmax()
    ),
    "kernels of one pixel": one_pixel_kernels,
    "a linear model past convolutions": past_the_convolutions(),
    "a linear model past convolutions by plain descent": past_the_convolutions(optimizer="sgd"),
    "a linear model past a constant": past_the_convolutions(layers.Dense(1, "softmax")),
    "a linear model past zeros": past_the_convolutions(layers.Rescaling(-1), layers.ReLU()),
    "a linear model past dropout": past_the_convolutions(layers.Dropout(1.0)),
    "8 filters past a constant": small_past_a_dead_branch,
    "linear convolutions with pooling of one pixel": lambda: recipe(
        conv(64, 5, activation=None),
        layers.MaxPooling2D(1),
        conv(128, activation=None),
        layers.MaxPooling2D(1),
        layers.AveragePooling2D(2),
        layers.Flatten(),
        softmax(),
    ),
    "rung a's network with Adam": lambda: again(SOLUTION.rung_a()),
    "rung a's network with Adam for long": lambda: again(
        SOLUTION.rung_a(), epochs=30, learning_rates=[0.001 * 0.9**epoch for epoch in range(30)]
    ),
    "8 filters with Adam": lambda: recipe(
        conv(8), layers.MaxPooling2D(), layers.Flatten(), layers.Dense(256, "relu"), softmax()
    ),
    "8 filters by plain descent": lambda: recipe(
        conv(8, 5), layers.MaxPooling2D(), layers.Flatten(), softmax(), optimizer="sgd"
    ),
}
# The rungs on which a recipe counts, if it is accurate enough.
DESERVED: dict[str, tuple[MakeRecipe, set[str]]] = {
    # The references, on every rung: a later one may do for an earlier, never the other way.
    "rung a": (lambda: SOLUTION.rung_a(), {"a"}),
    "rung b": (lambda: SOLUTION.rung_b(), {"a", "b"}),
    "rung c": (lambda: SOLUTION.rung_c(), {"c"}),
    "rung d": (lambda: SOLUTION.rung_d(), {"c", "d"}),
    "rung e": (lambda: SOLUTION.rung_e(), {"c", "d", "e"}),
    # Popular public recipes for this data set.
    "TensorFlow's first tutorial": (
        lambda: recipe(layers.Flatten(), layers.Dense(128, "relu"), softmax(), epochs=10), set(),
    ),
    "Keras's MNIST convnet": (
        lambda: recipe(
            conv(32, padding="valid"), layers.MaxPooling2D(), conv(64, padding="valid"),
            layers.MaxPooling2D(), layers.Flatten(), layers.Dropout(0.5), softmax(),
            epochs=15, batch_size=128,
        ), set(),
    ),
    "Keras's MNIST convnet by plain descent": (
        lambda: recipe(
            conv(32, padding="valid"), layers.MaxPooling2D(), conv(64, padding="valid"),
            layers.MaxPooling2D(), layers.Flatten(), softmax(), optimizer="sgd",
        ), {"a"},
    ),
    "TensorFlow's CNN tutorial": (
        lambda: recipe(
            conv(32, padding="valid"), layers.MaxPooling2D(), conv(64, padding="valid"),
            layers.MaxPooling2D(), conv(64, padding="valid"), layers.Flatten(),
            layers.Dense(64, "relu"), softmax(), epochs=10,
        ), {"c"},
    ),
    "LeNet-5": (
        lambda: recipe(
            conv(6, 5, activation="tanh"), layers.AveragePooling2D(2),
            conv(16, 5, activation="tanh", padding="valid"), layers.AveragePooling2D(2),
            layers.Flatten(), layers.Dense(120, "tanh"), layers.Dense(84, "tanh"), softmax(),
            optimizer="sgd",
        ), set(),
    ),
    "blocks of VGG": (
        lambda: recipe(
            *(
                layer
                for filters in (32, 64, 128)
                for layer in (
                    conv(filters), layers.BatchNormalization(), conv(filters),
                    layers.BatchNormalization(), layers.MaxPooling2D(), layers.Dropout(0.3),
                )
            ),
            layers.Flatten(), layers.Dense(128, "relu"), softmax(),
            epochs=25, callbacks=[plateau()],
        ), {"c", "d", "e"},
    ),
    # The same steps in other ways.
    "rung b with strides for pooling": (
        lambda: recipe(
            conv(64, 7, strides=2), conv(128, strides=2), layers.GlobalAveragePooling2D(),
            softmax(), optimizer=keras.optimizers.SGD(0.01, momentum=0.9),
        ), {"a", "b"},
    ),
    "rung c with RMSprop": (lambda: again(SOLUTION.rung_b(), "rmsprop"), {"c"}),
    "rung c with Nadam": (lambda: again(SOLUTION.rung_b(), "nadam"), {"c"}),
    "rung c with AdamW": (lambda: again(SOLUTION.rung_b(), "adamw"), {"c"}),
    "Adam that does not adapt": (
        lambda: again(SOLUTION.rung_b(), keras.optimizers.Adam(epsilon=1.0)), set(),
    ),
    "rung c with Adamax": (lambda: again(SOLUTION.rung_b(), "adamax"), {"c"}),
    "rung c with Adagrad": (lambda: again(SOLUTION.rung_b(), "adagrad"), {"c"}),
    "rung c with Adadelta": (lambda: again(SOLUTION.rung_b(), "adadelta"), {"c"}),
    "separable convolutions": (
        lambda: recipe(
            conv(32), *separable(128, 2), *separable(256, 2), *separable(256), layers.Dropout(0.3),
            layers.GlobalAveragePooling2D(), softmax(),
        ), {"c", "d"},
    ),
    "rung d in a branch": (regularized_beside, {"c"}),
    "rung d with no dropout but in a branch": (
        beside(
            layers.Dense(1), layers.Dropout(0.5),
            main=(layers.BatchNormalization(), layers.Dropout(0.0), layers.Dense(64, "relu"),
                  layers.BatchNormalization()),
        ), {"c"},
    ),
    "a residual network": (residual, {"c", "d"}),
    "a residual network that begins with the image": (lambda: residual(project=True), {"c", "d"}),
    "squeeze and excite": (squeeze_and_excite, {"c"}),
    "small last maps": (
        lambda: recipe(
            *(
                layer
                for filters in (16, 32, 64, 128)
                for layer in (conv(filters), layers.MaxPooling2D())
            ),
            layers.Flatten(), layers.Dense(64, "relu"), softmax(),
        ), {"c"},
    ),
    "rung e with rates that halve": (
        lambda: held_back(epochs=10, learning_rates=[1e-3 * 0.5**n for n in range(10)]),
        {"c", "d", "e"},
    ),
    "rung e with rates that fall slowly": (
        lambda: held_back(epochs=15, learning_rates=[1e-3 * 0.95**n for n in range(15)]),
        {"c", "d", "e"},
    ),
    "rung d with normalization first": (held_back, {"c", "d"}),
    "rung d with whole maps dropped": (
        lambda: held_back("rmsprop", dropout=layers.SpatialDropout2D), {"c", "d"},
    ),
    "layers that do nothing": (normalized_in_name, {"c"}),
    "rung e with a cosine": (
        scheduled(keras.optimizers.schedules.CosineDecay, 1e-3, 169 * 20), {"c", "d", "e"},
    ),
    "rung e on a plateau": (
        lambda: held_back("nadam", epochs=12, callbacks=[plateau()]), {"c", "d", "e"},
    ),
    "rung e with three rates": (
        lambda: held_back(epochs=10, learning_rates=[1e-3] * 6 + [1e-4] * 4), {"c", "d", "e"},
    ),
    "long without falling rates": (lambda: held_back(epochs=30), {"c", "d"}),
    "rates that hardly fall": (
        lambda: held_back(epochs=10, learning_rates=[1e-3] * 9 + [9e-4]), {"c", "d"},
    ),
    "rung d, then idle epochs": (
        lambda: again(SOLUTION.rung_d(), epochs=10, learning_rates=[1e-3] * 5 + [1e-12] * 5),
        {"c", "d"},
    ),
    "one higher rate": (
        lambda: held_back(epochs=10, learning_rates=[2e-3] + [1e-3] * 9), {"c", "d"},
    ),
    "rung d with falling rates": (
        lambda: again(SOLUTION.rung_d(), learning_rates=[1e-3, 5e-4, 2e-4, 1e-4, 1e-5]), {"c", "d"},
    ),
}  # fmt: skip
CASES = {**{name: (make, set()) for name, make in DECOYS.items()}, **DESERVED}


def hidden(question: str, make: MakeRecipe, trainer: type[UntrainedTrainer]) -> TestOutcome:
    """What the hidden grader says to a student whose function of this rung is `make`."""
    student = NotebookStudent({**vars(SOLUTION), question.replace("-", "_"): make})
    plugin = GraderPlugin(student, SOLUTION, only=question, trainer=trainer)
    return run_tests(grader_files(COURSE, "fashion_ladder"), plugin)[-1]


@pytest.mark.parametrize("name", CASES)
def test_a_recipe_takes_the_steps_that_it_deserves(name: str) -> None:
    make, deserved = CASES[name]
    answer = NotebookStudent({"make": make}).call("make")
    taken: set[str] = set()
    with contextlib.nullcontext() if deserved else contextlib.suppress(RecipeRefused):
        recipe = read_recipe(answer, of_table=True)
        taken = {question for question in STEPS if lacking(question, recipe) is None}
    assert {question.removeprefix("rung-") for question in taken} - {"open"} == deserved


EARLIER: dict[str, MakeRecipe] = {
    **{f"rung {letter}": CASES[f"rung {letter}"][0] for letter in "abcde"},
    "rung a's network with Adam for long": DECOYS["rung a's network with Adam for long"],
    "rung c with AdamW": CASES["rung c with AdamW"][0],
    "layers that do nothing": normalized_in_name,
    "rung e on images that are moved by 0": lambda: again(
        augmented(SOLUTION.rung_e(), layers.RandomTranslation(0.0, 0.0))
    ),
    "rung e with 33 filters": lambda: again(with_more_filters(SOLUTION.rung_e(), 33)),
    "rung e with a linear layer": lambda: again(with_linear_layer(SOLUTION.rung_e())),
    "rung e with an idle epoch": lambda: {
        **SOLUTION.rung_e(),
        "epochs": 31,
        "learning_rates": [*(0.001 * 0.9**n for n in range(30)), 1e-12],
    },
    "rung e with more dropout": lambda: again(with_dropout(0.6)),
}
FURTHER: dict[str, MakeRecipe] = {
    "the solution's": lambda: SOLUTION.rung_open(),
    "blocks of VGG": CASES["blocks of VGG"][0],
    "rung e for longer": lambda: {
        **SOLUTION.rung_e(), "epochs": 36, "learning_rates": [0.001 * 0.93**n for n in range(36)],
    },
    "rung e with flipped images": lambda: again(
        augmented(SOLUTION.rung_e(), layers.RandomFlip("horizontal"))
    ),
    "rung e with a branch": lambda: again(branched(SOLUTION.rung_e())),
    "rung e with more filters": lambda: again(with_more_filters(SOLUTION.rung_e(), 48)),
}  # fmt: skip


def with_dropout(rate: float) -> dict[str, Any]:
    """Rung e with another rate of all its dropout."""
    entries = SOLUTION.rung_e()
    for layer in entries["model"].layers:
        if isinstance(layer, layers.Dropout):
            layer.rate = rate
    return entries


def augmented(entries: dict[str, Any], layer: Any) -> dict[str, Any]:
    inner = entries["model"].layers
    return {**entries, "model": keras.Sequential([keras.Input((28, 28, 1)), layer, *inner])}


def with_linear_layer(entries: dict[str, Any]) -> dict[str, Any]:
    inner = entries["model"].layers[:-1]
    model = keras.Sequential([keras.Input((28, 28, 1)), *inner, layers.Dense(128), softmax()])
    return {**entries, "model": model}


def branched(entries: dict[str, Any]) -> dict[str, Any]:
    """The network, with what its first layer puts out added to what the second does."""
    image = keras.Input((28, 28, 1))
    first, second, *others = entries["model"].layers
    maps = first(image)
    value = layers.Add()([maps, second(maps)])
    for layer in others:
        value = layer(value)
    return {**entries, "model": keras.Model(image, value)}


def with_more_filters(entries: dict[str, Any], filters: int) -> dict[str, Any]:
    _first, *others = entries["model"].layers
    again_built = [type(layer).from_config(layer.get_config()) for layer in others]
    model = keras.Sequential([keras.Input((28, 28, 1)), conv(filters), *again_built])
    return {**entries, "model": model}


@pytest.mark.parametrize("name", EARLIER)
def test_an_earlier_recipe_does_not_take_the_step_of_the_open_rung(name: str) -> None:
    recipe = read_recipe(NotebookStudent({"make": EARLIER[name]}).call("make"))
    lack = lacking("rung-open", recipe)
    assert lack is not None
    assert lack.wanted.endswith("or more than 30 epochs")


@pytest.mark.parametrize("name", FURTHER)
def test_a_recipe_of_ones_own_takes_the_step_of_the_open_rung(name: str) -> None:
    recipe = read_recipe(NotebookStudent({"make": FURTHER[name]}).call("make"))
    assert lacking("rung-open", recipe) is None


@pytest.mark.parametrize("tier", ["sample", "full"])
def test_the_open_rung_demands_its_step_where_accuracy_does_not_tell(
    tier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rung e's own recipe reaches the threshold nearly always, or hardly ever."""
    thresholds = {"rung-open": Threshold({}, minimum=0.5, extra=True)}
    if tier == "full":
        thresholds = read_thresholds(COURSE.thresholds("fashion_ladder"))["full"]
        assert not thresholds["rung-open"].tells_apart
    monkeypatch.setattr(ladder_accuracy, "thresholds_of", lambda *_: thresholds)
    outcome = hidden("rung-open", SOLUTION.rung_e, UntrainedTrainer)
    if tier == "sample":
        assert outcome.status == Status.PASSED
        return
    assert (outcome.status, outcome.points) == (Status.FAILED, 0)
    assert "found the convolutions and dense layers of rung d, trained for 30" in outcome.message
    assert hidden("rung-open", SOLUTION.rung_open, UntrainedTrainer).status == Status.PASSED


@pytest.mark.parametrize("question", sorted(STEPS.keys() - {"rung-open"}))
def test_the_points_for_accuracy_need_the_step(question: str) -> None:
    """The trainer is content with every recipe, so that nothing but the step can refuse it."""
    refused = hidden(question, DECOYS["rung a's network with Adam"], UntrainedTrainer)
    assert (refused.status, refused.points) == (Status.FAILED, 0)
    assert refused.message.endswith(
        f"The points for accuracy need what this rung is about: {STEPS[question].demand}."
    )
    right = hidden(question, getattr(SOLUTION, question.replace("-", "_")), UntrainedTrainer)
    assert (right.status, right.points) == (Status.PASSED, 3)


class Constant(UntrainedTrainer):
    """A trainer in whose runs the learning rate never falls, or that ends after two epochs."""

    rates: tuple[float, ...] = (0.001,) * 20

    def run(self, recipe: Any, seed: int) -> Run:
        run = super().run(recipe, seed)
        return Run(run.predicted, {**run.history, "learning_rate": self.rates}, run.seconds)


class Short(Constant):
    rates = (0.001, 0.0001)


@pytest.mark.parametrize(
    ("trainer", "message"),
    [(Constant, "up to 0.001 that end with 0.001"), (Short, "ended after 2 epochs")],
)
def test_rates_and_length_are_those_of_the_run(
    trainer: type[UntrainedTrainer], message: str
) -> None:
    make = scheduled(keras.optimizers.schedules.ExponentialDecay, 1e-3, 10**9, 0.5)
    outcome = hidden("rung-e", make, trainer)
    assert outcome.status is Status.FAILED
    assert message in outcome.message
    assert hidden("rung-d", make, trainer).status is Status.PASSED
