"""The rules for recipes: what the tables of the rungs take, which optimizers and callbacks, how long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from autograder._util.i18n import gettext as _
from autograder.keras_objects.activations import ReLU, Softmax
from autograder.keras_objects.base import LayerData
from autograder.keras_objects.callbacks import (
    MONITORED,
    Callback,
    OtherCallback,
    WatchingCallback,
)
from autograder.keras_objects.losses import LOSS, LOSSES
from autograder.keras_objects.optimizers import FIXED, OPTIMIZERS
from autograder.keras_objects.schedules import OtherSchedule
from autograder.models.model import ModelData, fold_activations, multiply_adds

MAX_WORK = 2_000_000_000  # multiply-adds of one image, summed over all epochs
MAX_EPOCHS = 200
_LONGEST_LIST = 300  # characters

# The layers that the rungs with a table may have, also to take its step in another way.
_OF_TABLES = frozenset(
    """
    Activation Add Average AveragePooling2D BatchNormalization Concatenate Conv2D Dense
    DepthwiseConv2D Dropout Flatten GlobalAveragePooling2D GlobalMaxPooling2D Identity MaxPooling2D
    Multiply RandomErasing RandomFlip RandomRotation RandomTranslation ReLU Rescaling Softmax
    SpatialDropout2D ZeroPadding2D
    """.split()  # noqa: SIM905 -- one name a word is easier to read and to change
)


class RecipeRefused(Exception):
    """An answer that is not a recipe, or a recipe that is not allowed; the message says why.

    `mistake` is the key of a known mistake of students, or "".
    """

    def __init__(self, message: str, mistake: str = "") -> None:
        super().__init__(message)
        self.mistake = mistake


def table_complaints(model: ModelData) -> Iterator[RecipeRefused]:
    """What a model has that the tables of the rungs do not mention.

    What shows that a recipe takes the step of its rung knows these layers only: another one could
    hide that a step has no effect.
    """
    others = {layer.kind for layer in model.layers} - _OF_TABLES
    others |= {_("ReLU with arguments") for layer in model.layers if _is_other_relu(layer)}
    if others:
        yield RecipeRefused(
            _(
                "not among the layers of the rungs with a table: {layers}; the open rung takes them"
            ).format(layers=listed(sorted(others)))
        )
    if arguments := model.other_arguments:
        frozen = all(name.startswith("trainable ") for name in arguments)
        yield RecipeRefused(
            _("layers are trained here as Keras makes them; leave this out: {names}").format(
                names=listed(arguments)
            ),
            "frozen" if frozen else "",
        )
    if model.compiled is not None and model.compiled.loss != LOSS:
        loss = model.compiled.loss
        yield RecipeRefused(
            _("the loss is {loss}; the labels are plain numbers, which take {right}").format(
                loss=loss, right=LOSS
            ),
            "one-hot-loss" if loss == "categorical_crossentropy" else "other-loss",
        )


def listed(names: Sequence[str]) -> str:
    """The names in a row, as far as a message has room."""
    return ", ".join(names)[:_LONGEST_LIST]


def _is_other_relu(layer: LayerData) -> bool:
    return isinstance(layer, ReLU) and layer != ReLU()


def work_complaints(model: ModelData, epochs: int) -> Iterator[RecipeRefused]:
    """What is wrong with the length of a training."""
    cost = multiply_adds(model)
    if cost * epochs > MAX_WORK:
        yield RecipeRefused(
            _(
                "{epochs} epochs of {cost:,} multiply-adds an image are too long a training; with this "
                "network, at most {most} epochs"
            ).format(epochs=epochs, cost=cost, most=MAX_WORK // cost)
        )


def compile_complaints(model: ModelData) -> Iterator[RecipeRefused]:
    """What is wrong with how a model was compiled."""
    compiled = model.compiled
    if compiled is None:
        yield RecipeRefused(_("the model has not been compiled"), "not-compiled")
        return
    if compiled.optimizer not in OPTIMIZERS:
        names = ", ".join(OPTIMIZERS)
        yield RecipeRefused(
            _("the optimizer {optimizer} is not trained with here; there are {names}").format(
                optimizer=compiled.optimizer, names=names
            )
        )
        return
    if isinstance(compiled.schedule, OtherSchedule):
        yield RecipeRefused(
            _(
                "the learning rate follows {schedule}, whose rates are not known; give "
                "learning_rates, one for each epoch, or one of keras.optimizers.schedules"
            ).format(schedule=compiled.schedule.class_name)
        )
    for name, value in compiled.settings.items():
        if name not in OPTIMIZERS[compiled.optimizer].defaults and value != FIXED.get(name, value):
            yield RecipeRefused(
                _("the optimizer's {setting} is not supported here; leave it as it is").format(
                    setting=f"{name}={value}"
                )
            )
    if compiled.loss not in LOSSES:
        yield RecipeRefused(
            _("the loss is {loss}; ten classes are trained with {losses}").format(
                loss=compiled.loss, losses=", ".join(LOSSES)
            ),
            "other-loss",
        )
    if compiled.left_out:
        yield RecipeRefused(
            _(
                "the model was compiled with what is not trained with here; leave it out: {names}"
            ).format(names=listed(compiled.left_out))
        )
    last = fold_activations(model).layers[-1] if model.layers else None
    softmax = getattr(last, "activation", "") == "softmax" or isinstance(last, Softmax)
    if compiled.from_logits and softmax:
        yield RecipeRefused(
            _(
                "the loss has from_logits=True, but the network ends in softmax: one of them too many"
            ),
            "softmax-and-logits",
        )
    if not compiled.from_logits and not softmax:
        yield RecipeRefused(
            _(
                "the network does not end in softmax, and the loss was not told so (from_logits=True)"
            ),
            "no-softmax",
        )


def callback_complaints(callbacks: Sequence[Callback]) -> Iterator[RecipeRefused]:
    """What is wrong with the callbacks of a training."""
    for callback in callbacks:
        if isinstance(callback, OtherCallback):
            yield _callback_complaint(callback.class_name)
        elif not isinstance(callback, WatchingCallback) and callback.monitor not in MONITORED:
            yield RecipeRefused(
                _("{callback} watches {value}; there are {names}").format(
                    callback=callback.kind, value=callback.monitor, names=", ".join(MONITORED)
                )
            )


def _callback_complaint(name: str) -> RecipeRefused:
    if name == "LearningRateScheduler":  # one alone has become learning_rates
        return RecipeRefused(
            _("several LearningRateSchedulers, or one beside learning_rates: give one of them"),
            "rates-callback",
        )
    return RecipeRefused(
        _(
            "the callback {name} is not used here; there are EarlyStopping, ReduceLROnPlateau and "
            "LearningRateScheduler, and callbacks of your own that only print, or store in themselves "
            '(to stop at an accuracy: EarlyStopping("val_accuracy", patience=2))'
        ).format(name=name)
    )
