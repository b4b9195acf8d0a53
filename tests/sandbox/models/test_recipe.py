"""Which training runs are accepted, which are the same run, and what the others are told."""

from collections.abc import Callable
from functools import partial
from typing import Any

import keras
import msgspec
import numpy as np
import pytest
from keras import layers

from autograder.keras_objects.bounds import MAX_PARAMETERS
from autograder.keras_objects.optimizers import OPTIMIZERS
from autograder.models.model import ModelData, fold_activations, multiply_adds
from autograder.models.recipe import canonical, check_model, read_recipe
from autograder.models.recipe_key import recipe_key
from autograder.models.recipe_rules import RecipeRefused
from autograder.models.wire import from_wire
from autograder.sandbox.guest.keras_builder import build, build_callback
from autograder.sandbox.guest.keras_reader import describe

LOSS = "sparse_categorical_crossentropy"


def crossed(model: keras.Model) -> ModelData:
    """The model as it comes out of a sandbox."""
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


def answer(model: Any = None, **more: Any) -> dict[str, Any]:
    data = model if isinstance(model, ModelData) else crossed(model or network())
    return {"model": data, "epochs": 5, **more}


class OwnSchedule(keras.optimizers.schedules.LearningRateSchedule):
    """A schedule whose code a student wrote."""

    def __call__(self, step: Any) -> Any:
        return 0.1


class Patient(keras.callbacks.EarlyStopping):
    """A callback whose code a student wrote."""


class Stopping(keras.callbacks.Callback):
    """A callback that ends the training at an accuracy."""

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        if logs["accuracy"] > 0.9:
            self.model.stop_training = True


class Braking(keras.callbacks.Callback):
    """A callback that sets the learning rate."""

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self.model.optimizer.learning_rate.assign(0.1 / (epoch + 1))


def brake(model: Any) -> None:
    model.optimizer.learning_rate = 0.1


class Calling(keras.callbacks.Callback):
    """A callback that calls a function of the notebook, which may do anything."""

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        brake(self.model)


class Helped(keras.callbacks.Callback):
    """A callback that calls a static method of its own."""

    @staticmethod
    def brake(model: Any) -> None:
        model.optimizer.learning_rate = 0.1

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self.brake(self.model)


class Asking(keras.callbacks.Callback):
    """A callback that reads a property of its own, which acts."""

    @property
    def rate(self) -> float:
        self.model.optimizer.learning_rate = 0.1
        return 0.1

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        print(self.rate)


class Brake:
    """An object of the notebook."""

    def step(self, *_logs: Any) -> None:
        raise NotImplementedError


BRAKE = Brake()


class Stepping(keras.callbacks.Callback):
    """A callback that calls a method of an object of the notebook."""

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        BRAKE.step(self.model)


class Halving(keras.callbacks.Callback):
    """A callback that halves the learning rate."""

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        self.model.optimizer.learning_rate *= 0.5


def enclosed() -> Any:
    """A callback that calls a function beside it in the same function."""

    def brake(model: Any) -> None:
        model.optimizer.learning_rate = 0.1

    class Enclosed(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
            brake(self.model)

    return Enclosed()


def before_each_epoch(function: Any) -> Any:
    return keras.callbacks.LambdaCallback(on_epoch_begin=function)


CHANGING = {
    "a static method": Helped,
    "a property": Asking,
    "an object of the notebook": Stepping,
    "an augmented assignment": Halving,
    "a function beside it": enclosed,
    "a method": lambda: before_each_epoch(BRAKE.step),
    "a partial function": lambda: before_each_epoch(partial(brake, 1)),
    "an object that is called": lambda: before_each_epoch(type("Own", (), {"__call__": brake})()),
}


@pytest.mark.parametrize("means", CHANGING)
def test_a_callback_that_may_change_the_training_is_not_left_out(means: str) -> None:
    assert describe(CHANGING[means]())["$callback"]["kind"] == "OtherCallback"


class Adam(keras.optimizers.SGD):
    """An optimizer whose code a student wrote, named like one of Keras's."""

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        super().update_step(2 * gradient, variable, learning_rate)


class SparseCategoricalCrossentropy(keras.losses.Loss):
    """A loss whose code a student wrote, named like one of Keras's."""

    def call(self, y_true: Any, y_pred: Any) -> Any:
        return keras.ops.mean(y_pred)


class OwnStep(keras.Sequential):
    """A model that trains in its own way."""

    def train_step(self, data: Any) -> Any:
        raise NotImplementedError


def compiled(*, kind: type[keras.Sequential] = keras.Sequential, **settings: Any) -> keras.Model:
    model = kind([keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(10, "softmax")])
    model.compile(**{"optimizer": "sgd", "loss": LOSS, **settings})
    return model


def network_with(loss_weights: Any) -> keras.Model:
    """Keras's third argument of compile() is not the metrics."""
    model = network()
    model.compile("sgd", LOSS, loss_weights)
    return model


def with_assigned_optimizer(value: object) -> keras.Model:
    """A model whose optimizer was assigned, where compile() would have made one of the name."""
    model = compiled()
    model.optimizer = value
    return model


def without_decay_of_biases() -> Any:
    optimizer = keras.optimizers.AdamW()
    optimizer.exclude_from_weight_decay(var_names=["bias"])
    return optimizer


class WithoutArgument(keras.Model):
    """A model whose call hands no `training` on, so that Keras trains it without its dropout."""

    def __init__(self) -> None:
        super().__init__()
        self.flat, self.drop = layers.Flatten(), layers.Dropout(0.5)
        self.out = layers.Dense(10, "softmax")

    def call(self, images: Any) -> Any:
        return self.out(self.drop(self.flat(images)))


class Doubled(WithoutArgument):
    """A model that computes something else in training, which no layer of Keras does."""

    def call(self, images: Any, training: bool | None = None) -> Any:
        features = self.flat(images)
        return self.out(2 * features if training else features)


class Scale(layers.Layer):
    """A layer with a weight of its own."""

    def build(self, _shape: Any) -> None:
        self.gamma = self.add_weight(name="gamma", shape=(1,))

    def call(self, images: Any) -> Any:
        return images * self.gamma


class Always(WithoutArgument):
    """A model whose dropout is active in prediction too."""

    def call(self, images: Any, training: bool | None = None) -> Any:
        return self.out(self.drop(self.flat(images), training=True))


def of_class(kind: type[keras.Model]) -> keras.Model:
    model = kind()
    model.compile("sgd", LOSS)
    return model


def edges(*, trainable: bool, set_to: Any) -> keras.Model:
    """A convolution with filters made by hand."""
    conv = layers.Conv2D(2, 3)
    model = network(conv, layers.Flatten(), layers.Dense(10, "softmax"))
    conv.set_weights([np.asarray(set_to(weight)) for weight in conv.get_weights()])
    conv.trainable = trainable
    return model


def changed_afterwards(**arguments: Any) -> keras.Model:
    """A model whose layers got other arguments when their weights were there, which Keras ignores."""
    model = compiled()
    for name, value in arguments.items():
        setattr(model.layers[-1], name, value)
    return model


LEFT_OUT: dict[str, tuple[Callable[[], keras.Model], str]] = {
    "loss-weights": (lambda: compiled(loss_weights=[0.01]), "leave it out: loss_weights"),
    "metrics-in-third-place": (
        lambda: network_with(["accuracy"]),
        r"loss_weights \(compile's third argument: write metrics=\[...\] with the name\)",
    ),
    "loss-weights-by-name": (
        lambda: compiled(loss={"dense": LOSS}, loss_weights={"dense": 0.5}),
        "leave it out: loss_weights",
    ),
    "ignored-class": (
        lambda: compiled(loss=keras.losses.SparseCategoricalCrossentropy(ignore_class=3)),
        "leave it out: ignore_class of the loss",
    ),
    "reduction": (
        lambda: compiled(loss=keras.losses.SparseCategoricalCrossentropy(reduction="sum")),
        "leave it out: reduction of the loss",
    ),
    "weight-decay": (
        lambda: compiled(optimizer=without_decay_of_biases()),
        "leave it out: exclude_from_weight_decay",
    ),
    "own-step": (lambda: compiled(kind=OwnStep), "leave it out: a train_step of its own"),
    "assigned-name-of-an-optimizer": (
        lambda: with_assigned_optimizer("adam"),
        "the optimizer own str is not trained with",
    ),
    "no-optimizer": (
        lambda: with_assigned_optimizer(None),
        "the optimizer own nonetype is not trained with",
    ),
    "own-optimizer": (
        lambda: compiled(optimizer=Adam()),
        "the optimizer own adam is not trained with",
    ),
    "own-loss": (
        lambda: compiled(loss=SparseCategoricalCrossentropy()),
        "the loss is own sparse_categorical_crossentropy",
    ),
    "activation-that-is-cut-off": (
        lambda: network(
            layers.Flatten(),
            layers.Dense(5, activation=lambda x: keras.ops.clip(x, 0, 20)),
            layers.Dense(10, "softmax"),
        ),
        "not among the activations that are trained here: own <lambda>",
    ),
    "activation-with-weights": (
        lambda: network(
            layers.Flatten(),
            layers.Dense(5, activation=layers.PReLU()),
            layers.Dense(10, "softmax"),
        ),
        "not among the activations that are trained here: pre_lu",
    ),
    "if-training": (
        lambda: of_class(Doubled),
        r"differs from yours in training \(predictions; see Doubled\): call each layer as it is",
    ),
    "always-training": (lambda: of_class(Always), "differs from yours in predictions:"),
    "weights-that-were-set": (
        lambda: edges(trainable=False, set_to=np.ones_like),
        r"training \(the weights that were set in conv2d\w*, which is not trained\)",
    ),
    "regularizer-too-late": (
        lambda: changed_afterwards(kernel_regularizer=keras.regularizers.L2(0.1)),
        r"training \(the regularizer of kernel of dense\w*\)",
    ),
    "constraint-too-late": (
        lambda: changed_afterwards(bias_constraint=keras.constraints.NonNeg()),
        r"training \(the constraint of bias of dense\w*\)",
    ),
    "regularizer-that-does-not-fit": (
        lambda: network(
            layers.Conv2D(2, 3, kernel_regularizer=keras.regularizers.OrthogonalRegularizer()),
            layers.Flatten(),
            layers.Dense(10, "softmax"),
        ),
        "Inputs to OrthogonalRegularizer must have rank 2",
    ),
    "no-training-argument": (
        lambda: of_class(WithoutArgument),
        "its call takes no argument `training`",
    ),
}


@pytest.mark.parametrize("case", LEFT_OUT)
def test_nothing_is_left_out_in_silence(case: str) -> None:
    make, says = LEFT_OUT[case]
    with pytest.raises(RecipeRefused, match=says):
        read_recipe(answer(make()))


@pytest.mark.parametrize(
    ("trainable", "set_to"), [(False, np.array), (True, np.ones_like)], ids=["as-drawn", "trained"]
)
def test_weights_that_are_drawn_again_do_not_matter(trainable: bool, set_to: Any) -> None:
    read_recipe(answer(edges(trainable=trainable, set_to=set_to)))


def test_what_changes_no_number_may_be_left_out() -> None:
    harmless = compiled(
        loss=keras.losses.SparseCategoricalCrossentropy(name="mine"),
        loss_weights=1.0,
        weighted_metrics=["accuracy"],
        run_eagerly=True,
        steps_per_execution=4,
    )
    plain = read_recipe(answer(compiled()))
    assert recipe_key(read_recipe(answer(harmless))) == recipe_key(plain)


def falling() -> Any:
    return keras.optimizers.schedules.ExponentialDecay(0.1, 9, 0.9)


def steering(callback: keras.callbacks.Callback) -> object:
    """The callback as it comes out of a sandbox."""
    data = msgspec.json.decode(msgspec.json.encode(describe(callback)["$callback"]))
    return from_wire("$callback", data)


def test_a_recipe_is_read() -> None:
    recipe = read_recipe(answer(batch_size=64))
    assert (recipe.epochs, recipe.batch_size) == (5, 64)
    # 26 x 26 positions of 9 weights and 4 filters, then 2,704 values into 10 units.
    assert multiply_adds(recipe.model) == 26 * 26 * 9 * 4 + 2_704 * 10


def forked() -> keras.Model:
    """A model with two outputs."""
    image = keras.Input((28, 28, 1))
    flat = layers.Flatten()(image)
    model = keras.Model(image, [layers.Dense(10, "softmax")(flat) for _ in range(2)])
    model.compile("sgd", LOSS)
    return model


def forged_again() -> Any:
    """What no Keras builds, and a student's process may still send."""
    data = {
        "input_shape": [28, 28, 1],
        "layers": [
            {"kind": "Dense", "units": 5},
            {"kind": "Again", "layer": 0},
            {"kind": "Flatten"},
            {"kind": "Dense", "units": 10, "activation": "softmax"},
        ],
        "compiled": {"optimizer": "sgd", "learning_rate": 0.1, "loss": LOSS},
    }
    return from_wire("$model", data)


def forged_sum() -> Any:
    """What no Keras builds, and a student's process may still send."""

    data = {
        "input_shape": [28, 28, 1],
        "layers": [{"kind": "Flatten"}, {"kind": "Add"}],
        "sources": [[0], [0, 1]],
        "compiled": {"optimizer": "sgd", "learning_rate": 0.1, "loss": LOSS},
    }
    return from_wire("$model", data)


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
    "colour images": (
        lambda: answer(network(shape=(28, 28, 3))),
        "the images are (28, 28, 1); begin with keras.Input((28, 28, 1)) and keras.layers.Concatenate()",
    ),
    "larger images": (
        lambda: answer(network(shape=(32, 32, 1))),
        "begin with keras.Input((28, 28, 1)) and keras.layers.Resizing(32, 32)",
    ),
    "a lambda": (
        lambda: answer(network(layers.Lambda(lambda x: x**2), *(make() for make in OUT))),
        "not among the layers that are trained here: keras.ops Power",
    ),
    "huge": (
        lambda: answer(network(layers.Flatten(), layers.Dense(30_000), *(make() for make in OUT))),
        f"at most {MAX_PARAMETERS:,}",
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
    "a schedule of one's own": (
        lambda: answer(network(optimizer=keras.optimizers.SGD(OwnSchedule()))),
        "follows OwnSchedule, whose rates are not known; give learning_rates",
    ),
    "a function as rate": (
        lambda: answer(network(optimizer=keras.optimizers.SGD(lambda: 0.1))),
        "the learning rate follows function, whose rates are not known",
    ),
    "a function without source as rate": (
        lambda: answer(network(optimizer=keras.optimizers.SGD(eval("lambda: 0.1")))),
        "the learning rate follows function, whose rates are not known",
    ),
    "a crop before a dense layer": (
        lambda: answer(
            network(layers.ZeroPadding2D(2), layers.RandomCrop(28, 28), *(make() for make in OUT))
        ),
        "RandomCrop cuts in training only",
    ),
    "a weight of an own layer": (
        lambda: answer(network(Scale(), *(make() for make in OUT))),
        "keras.ops Multiply with the own weight gamma in Scale; layers of your own may be made of",
    ),
    "a loss that is a partial function": (
        lambda: answer(
            network(loss=partial(keras.losses.sparse_categorical_crossentropy, from_logits=True))
        ),
        "the loss is own partial",
    ),
    "a schedule and rates": (
        lambda: answer(network(optimizer=keras.optimizers.SGD(falling())), learning_rates=[0.1] * 5),
        "both set the learning rate",
    ),
    "a schedule and a plateau": (
        lambda: answer(
            network(optimizer=keras.optimizers.SGD(falling())),
            callbacks=[steering(keras.callbacks.ReduceLROnPlateau())],
        ),
        "both set the learning rate",
    ),
    "rates and a plateau": (
        lambda: answer(
            learning_rates=[0.1] * 5, callbacks=[steering(keras.callbacks.ReduceLROnPlateau())]
        ),
        "learning_rates, or a LearningRateScheduler, and ReduceLROnPlateau both set the learning rate",
    ),
    "rates by a callback": (
        lambda: answer(callbacks=[steering(keras.callbacks.LearningRateScheduler(abs))]),
        "one beside learning_rates: give one of them",
    ),
    "a callback that stops": (
        lambda: answer(callbacks=[steering(Stopping())]),
        "Stopping is not used here; there are EarlyStopping, ReduceLROnPlateau and",
    ),
    "a callback that sets the rate": (
        lambda: answer(callbacks=[steering(Braking())]),
        "the callback Braking is not used here",
    ),
    "a callback that calls a function": (
        lambda: answer(callbacks=[steering(Calling())]),
        "the callback Calling is not used here",
    ),
    "a function as callback": (
        lambda: answer(
            callbacks=[steering(keras.callbacks.LambdaCallback(on_epoch_end=lambda e, _: brake(e)))]
        ),
        "the callback LambdaCallback is not used here",
    ),
    "a model that is frozen": (
        lambda: answer(network(layers.Flatten(), layers.Dense(10, "softmax", trainable=False))),
        "no layer of the model is trained",
    ),
    "rows of pixels": (
        lambda: answer(network(layers.Dense(10, "softmax"), shape=(784,))),
        "begin with keras.Input((28, 28, 1)) and keras.layers.Reshape((784,))",
    ),
    "weights of classes that are none": (
        lambda: answer(class_weight={np.int64(10): 2.0}),
        'recipe["class_weight"] has the key 10; the keys are classes, from 0 to 9',
    ),
    "weights of some classes in a list": (
        lambda: answer(class_weight=[1.0, 2.0]),
        "class_weight has 2 weights for 10 classes",
    ),
    "a callback of one's own": (
        lambda: answer(callbacks=[steering(Patient())]),
        "the callback Patient is not used here",
    ),
    "watching what is not measured": (
        lambda: answer(callbacks=[steering(keras.callbacks.EarlyStopping("val_f1"))]),
        "EarlyStopping watches val_f1",
    ),
    "no callback": (lambda: answer(callbacks=["early"]), "callbacks"),
    "another optimizer": (lambda: answer(network(optimizer="ftrl")), "the optimizer ftrl"),
    "a scaled loss": (
        lambda: answer(network(optimizer=keras.optimizers.SGD(loss_scale_factor=2.0))),
        "loss_scale_factor=2.0 is not supported",
    ),
    "too much work": (
        lambda: answer(
            network(*(layers.Conv2D(128, 3, padding="same") for _ in range(2)), *(make() for make in OUT)),
            epochs=60,
        ),
        "with this network, at most 17 epochs",
    ),
    "a graph that cannot be read": (lambda: answer(forked()), "could not be read"),
    "a layer for other shapes": (lambda: answer(forged_again()), "is used again on values of another"),
    "a sum of unlike values": (lambda: answer(forged_sum()), "Add takes values of one shape"),
    "rates too few": (lambda: answer(learning_rates=[0.1]), "needs 5 entries, one for each epoch, and has 1"),
    "rates that are none": (lambda: answer(learning_rates=[0.1] * 4 + [-1.0]), "learning_rates"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_the_reason(case: str) -> None:
    make, reason = REFUSED[case]
    with pytest.raises(RecipeRefused) as caught:
        read_recipe(make())
    assert reason in str(caught.value)


ONLY_PREDICTS: dict[str, tuple[Callable[[], Any], str]] = {
    "own regularizer": (
        lambda: network(layers.Flatten(), layers.Dense(10, "softmax", kernel_regularizer=sum)),
        "",
    ),
    "own initializer": (
        lambda: network(
            layers.Flatten(),
            layers.Dense(10, "softmax", kernel_initializer=lambda shape, dtype: np.ones(shape)),
        ),
        "",
    ),
    "mixed precision": (
        lambda: network(layers.Flatten(), layers.Dense(10, "softmax", dtype="mixed_float16")),
        "",
    ),
    "frozen": (
        lambda: network(layers.Flatten(), layers.Dense(10, "softmax", trainable=False)),
        "",
    ),
    "otherwise only in training": (lambda: of_class(Doubled), ""),
    "dropped in prediction": (lambda: of_class(Always), "differs from yours in predictions"),
    "an argument that is left out": (
        lambda: network(
            layers.Dropout(0.5),
            layers.Conv2DTranspose(4, 3, 2, output_padding=1),
            *(make() for make in OUT),
        ),
        "differs from yours in",
    ),
}


@pytest.mark.parametrize("case", ONLY_PREDICTS)
def test_what_changes_only_the_training_does_not_matter_for_a_prediction(case: str) -> None:
    make, reason = ONLY_PREDICTS[case]
    model = crossed(make())
    if not reason:
        check_model(model)
        return
    with pytest.raises(RecipeRefused, match=reason):
        check_model(model)


BEYOND_TABLES: dict[str, tuple[Callable[[], Any], str]] = {
    "one-hot loss": (
        lambda: network(loss="categorical_crossentropy"),
        "the labels are plain numbers",
    ),
    "a linear activation": (
        lambda: network(
            layers.Conv2D(4, 3), layers.ReLU(negative_slope=1.0), *(make() for make in OUT)
        ),
        "not among the layers of the rungs with a table: ReLU with arguments; the open rung takes",
    ),
    "another linear activation": (
        lambda: network(layers.Conv2D(4, 3), layers.LeakyReLU(1.0), *(make() for make in OUT)),
        "not among the layers of the rungs with a table: LeakyReLU",
    ),
    "nothing left of the image": (
        lambda: network(layers.Lambda(lambda x: x * 0.0), *(make() for make in OUT)),
        "not among the layers of the rungs with a table: Arithmetic",
    ),
    "a kernel held at 0": (
        lambda: network(
            layers.Conv2D(4, 3, kernel_constraint=keras.constraints.MaxNorm(0.0)),
            *(make() for make in OUT),
        ),
        "leave this out: kernel_constraint of Conv2D",
    ),
}


@pytest.mark.parametrize("case", BEYOND_TABLES)
def test_what_only_the_open_rung_takes(case: str) -> None:
    make, reason = BEYOND_TABLES[case]
    read_recipe(answer(make()))
    with pytest.raises(RecipeRefused, match=reason):
        read_recipe(answer(make()), of_table=True)


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
    assert len({recipe_key(read_recipe(way)) for way in ways}) == 1


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
    assert len({recipe_key(read_recipe(way)) for way in ways}) == len(ways)


def branching(*, name: str, folded: bool) -> keras.Model:
    """One residual network, its branches made in another order, its activation in two ways."""
    image = keras.Input((28, 28, 1), name=f"{name}-in")
    shortcut = layers.Conv2D(4, 1)
    if folded:
        x = layers.Add()(
            [layers.Conv2D(4, 3, padding="same", activation="relu")(image), shortcut(image)]
        )
    else:
        straight = shortcut(image)
        x = layers.ReLU()(layers.Conv2D(4, 3, padding="same")(image)) + straight
    model = keras.Model(image, layers.Dense(10, activation="softmax")(layers.Flatten()(x)))
    model.compile("sgd", LOSS)
    return model


def test_the_same_graph_made_in_another_order_is_the_same_run() -> None:
    model, other = (branching(name=name, folded=name == "x") for name in "xy")
    assert recipe_key(read_recipe(answer(model))) == recipe_key(read_recipe(answer(other)))
    assert recipe_key(read_recipe(answer(model))) != recipe_key(read_recipe(answer()))


def test_an_activation_that_is_not_the_only_reader_stays_where_it_is() -> None:
    image = keras.Input((28, 28, 1))
    x = layers.Conv2D(4, 3)(image)
    model = keras.Model(image, layers.Add()([x, layers.ReLU()(x)]))
    folded = fold_activations(crossed(model))
    assert [layer.kind for layer in folded.layers] == ["Conv2D", "ReLU", "Add"]
    assert folded.sources == ((0,), (1,), (1, 2))


def augmented() -> keras.Model:
    """A network of layers that make, change and join values in ways of their own."""
    image = keras.Input((28, 28, 1))
    x = layers.RandomErasing(value_range=(0, 1))(layers.RandomFlip("horizontal")(image))
    x = layers.RandomRotation(0.1)(layers.RandomTranslation(0.1, 0.1, fill_mode="constant")(x))
    x = layers.ZeroPadding2D(1)(x)
    x = layers.Concatenate()([layers.DepthwiseConv2D(3)(x), layers.Conv2D(2, 3)(x)])
    x = layers.GlobalMaxPooling2D()(layers.SpatialDropout2D(0.1)(layers.BatchNormalization()(x)))
    return network_from(image, x)


def network_from(image: Any, features: Any) -> keras.Model:
    model = keras.Model(image, layers.Dense(10, activation="softmax")(features))
    model.compile("adam", LOSS)
    return model


@pytest.mark.parametrize("make", [network, augmented, lambda: branching(name="z", folded=True)])
def test_what_the_training_worker_builds_is_what_crossed(make: Callable[[], keras.Model]) -> None:
    wanted = canonical(read_recipe(answer(make())))
    built = crossed(build(msgspec.to_builtins(wanted)))
    assert fold_activations(built).layers == wanted.model.layers
    assert built.reads() == wanted.model.reads()
    assert built.compiled is not None
    assert wanted.model.compiled is not None
    assert built.compiled.optimizer == wanted.model.compiled.optimizer


def test_canonical_is_its_own_canonical_form() -> None:
    once = canonical(read_recipe(answer(small(name="z", folded=False))))
    assert canonical(once) == once


SCHEDULES = keras.optimizers.schedules
STEERED: dict[str, tuple[Callable[[], Any], float]] = {
    "exponential": (falling, 0.1),
    "by time": (lambda: SCHEDULES.InverseTimeDecay(0.1, 9, 0.5, staircase=True), 0.1),
    "polynomial": (lambda: SCHEDULES.PolynomialDecay(0.1, 9, 0.2, power=2, cycle=True), 0.2),
    "piecewise": (lambda: SCHEDULES.PiecewiseConstantDecay([3, 6], [0.1, 0.5, 0.01]), 0.5),
    "cosine": (
        lambda: SCHEDULES.CosineDecay(0.0, 9.0, 0.1, warmup_target=0.3, warmup_steps=2),
        0.3,
    ),
    "restarts": (lambda: SCHEDULES.CosineDecayRestarts(0.1, 5, 1.5, 0.9), 0.1),
}


@pytest.mark.parametrize("case", STEERED)
def test_a_schedule_of_keras_is_built_again_from_its_data(case: str) -> None:
    make, highest = STEERED[case]
    recipe = canonical(read_recipe(answer(network(optimizer=keras.optimizers.SGD(make())))))
    assert recipe.model.compiled is not None
    assert (recipe.learning_rates, recipe.model.compiled.learning_rate) == ((), highest)
    data = msgspec.to_builtins(recipe)
    schedule = build(data).optimizer._learning_rate
    assert [float(schedule(step)) for step in range(12)] == [
        float(make()(step)) for step in range(12)
    ]
    assert float(build(data, rate=0.25).optimizer.learning_rate) == 0.25


@pytest.mark.parametrize(
    "callback",
    [
        keras.callbacks.EarlyStopping(
            "val_accuracy", 0.01, 3, mode="max", restore_best_weights=True
        ),
        keras.callbacks.ReduceLROnPlateau("loss", 0.5, 2, min_lr=1e-5, cooldown=1),
    ],
)
def test_a_callback_of_keras_is_built_again_from_its_data(
    callback: keras.callbacks.Callback,
) -> None:
    recipe = canonical(read_recipe(answer(callbacks=[steering(callback)])))
    (data,) = msgspec.to_builtins(recipe)["callbacks"]
    assert vars(build_callback(data)) == vars(callback)
    plateau = isinstance(callback, keras.callbacks.ReduceLROnPlateau)
    assert len(recipe.learning_rates) == (0 if plateau else 5)
    assert recipe_key(recipe) != recipe_key(read_recipe(answer()))
    assert read_recipe(answer(callbacks=steering(callback))) == read_recipe(
        answer(callbacks=[steering(callback)])
    )


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_defaults_of_an_optimizer_are_keras_own(name: str) -> None:
    config = keras.optimizers.get(name).get_config()
    assert {argument: config[argument] for argument in OPTIMIZERS[name].defaults} == OPTIMIZERS[
        name
    ].defaults
