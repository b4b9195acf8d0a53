"""The rules for recipes: which layers and optimizers may be trained, how large and for how long."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator, Sequence

import msgspec

from autograder.keras_objects.activations import ACTIVATIONS, ReLU, Softmax
from autograder.keras_objects.base import LayerData, Shape, ShapeError
from autograder.keras_objects.bounds import (
    MAX_LAYERS,
    MAX_MULTIPLY_ADDS,
    MAX_PARAMETERS,
    MAX_VALUES,
)
from autograder.keras_objects.callbacks import (
    MONITORED,
    Callback,
    OtherCallback,
    WatchingCallback,
)
from autograder.keras_objects.layers import Other
from autograder.keras_objects.losses import LOSS, LOSSES
from autograder.keras_objects.normalization import Rescaling
from autograder.keras_objects.optimizers import FIXED, OPTIMIZERS
from autograder.keras_objects.schedules import OtherSchedule
from autograder.keras_objects.shaping import Identity, RandomCrop
from autograder.models.model import ModelData, fold_activations, multiply_adds

MAX_WORK = 2_000_000_000  # multiply-adds of one image, summed over all epochs
MAX_EPOCHS = 200

# The layers that the rungs with a table may have, also to take its step in another way.
_OF_TABLES = frozenset(
    """
    Activation Add Average AveragePooling2D BatchNormalization Concatenate Conv2D Dense
    DepthwiseConv2D Dropout Flatten GlobalAveragePooling2D GlobalMaxPooling2D Identity MaxPooling2D
    Multiply RandomErasing RandomFlip RandomRotation RandomTranslation ReLU Rescaling Softmax
    SpatialDropout2D ZeroPadding2D
    """.split()  # noqa: SIM905 -- one name a word is easier to read and to change
)
_MIN_SCALE = 0.1  # a smaller Rescaling is meant for pixels from 0 to 255; ours are from 0 to 1


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
    others |= {"ReLU with arguments" for layer in model.layers if _is_other_relu(layer)}
    if others:
        yield RecipeRefused(
            f"not among the layers of the rungs with a table: {', '.join(sorted(others)):.300}; "
            "the open rung takes them"
        )
    if arguments := model.other_arguments:
        frozen = all(name.startswith("trainable ") for name in arguments)
        named = ", ".join(arguments)
        yield RecipeRefused(
            f"layers are trained here as Keras makes them; leave this out: {named:.300}",
            "frozen" if frozen else "",
        )
    if model.compiled is not None and model.compiled.loss != LOSS:
        loss = model.compiled.loss
        yield RecipeRefused(
            f"the loss is {loss}; the labels are plain numbers, which take {LOSS}",
            "one-hot-loss" if loss == "categorical_crossentropy" else "other-loss",
        )


def _is_other_relu(layer: LayerData) -> bool:
    return isinstance(layer, ReLU) and layer != ReLU()


def model_complaints(model: ModelData, *, only_predicts: bool = False) -> Iterator[RecipeRefused]:
    """What is wrong with a model, the most basic thing first.

    With `only_predicts` the model is not trained: what changes only its training does not matter.
    """
    if model.sources is None:
        yield RecipeRefused(
            "the graph of the model could not be read: give it one input and one output, and "
            "layers that take and return one value each"
        )
        return
    if model.input_shape is None:
        yield RecipeRefused(
            "the model does not know the shape of its input: begin with keras.Input((28, 28, 1))"
        )
    if model.input_shape != (28, 28, 1):
        yield RecipeRefused(
            f"the model reads {model.input_shape}; the images are (28, 28, 1)"
            f"{_beginning(model.input_shape or ())}"
        )
    if len(model.layers) > MAX_LAYERS:
        count = len(model.layers)
        yield RecipeRefused(f"the model has {count} layers; at most {MAX_LAYERS} are trained")
    if unknown := sorted({layer.kind for layer in model.layers if isinstance(layer, Other)}):
        yield RecipeRefused(
            f"not among the layers that are trained here: {', '.join(unknown)}; layers of your own "
            "may be made of Keras's layers for images and of simple keras.ops, without own weights"
        )
    activations = {getattr(layer, "activation", "linear") for layer in model.layers}
    if unsupported := sorted(activations - ACTIVATIONS):
        yield RecipeRefused(
            f"not among the activations that are trained here: {', '.join(unsupported)}"
        )
    if model.unsupported_arguments and not only_predicts:
        arguments = ", ".join(model.unsupported_arguments)
        yield RecipeRefused(
            f"these arguments of layers are not used here; leave them out: {arguments:.300}"
        )
    yield from _crop_complaints(model)
    differences = [
        difference
        for difference in model.differences
        if not (only_predicts and difference.startswith("training"))
    ]
    if differences:
        yield RecipeRefused(
            "built again from its layers, the model differs from yours in "
            f"{', '.join(differences)}: call each layer as it is, without conditions such as "
            "`if training:`, and change no layer after it was made"
        )
    scales = [layer.scale for layer in model.layers if isinstance(layer, Rescaling)]
    if any(abs(scale) < _MIN_SCALE for scale in scales):
        yield RecipeRefused(
            f"a Rescaling layer multiplies the pixels by {min(scales):.4f}, and they come from 0 to 1",
            "scaled-twice",
        )
    yield from _size_complaints(model)
    if not only_predicts and not any(getattr(layer, "trainable", False) for layer in model.layers):
        yield RecipeRefused("no layer of the model is trained", "frozen")


def _beginning(shape: Shape) -> str:
    """How a model may make values of this shape from the images; "" if that is not known."""
    join = "keras.layers.Concatenate()([image, image, image])"  # grey in three channels
    match shape:
        case (28, 28) | (784,):
            layers = f"keras.layers.Reshape({shape})"
        case (28, 28, 3):
            layers = join
        case (height, width, 1):
            layers = f"keras.layers.Resizing({height}, {width})"
        case (height, width, 3):
            layers = f"keras.layers.Resizing({height}, {width}) and {join}"
        case _:
            return ""
    return f"; begin with keras.Input((28, 28, 1)) and {layers}"


def _crop_complaints(model: ModelData) -> Iterator[RecipeRefused]:
    """Whether layers after a RandomCrop take no image that is not cropped, as in prediction."""
    whole = tuple(Identity() if isinstance(one, RandomCrop) else one for one in model.layers)
    if whole == model.layers:
        return
    try:
        cropped = [step.layer.weight_shapes(step.shape) for step in model.steps()]
    except ShapeError:
        return  # which is refused with its reason
    uncropped: list[list[Shape]] = []
    with contextlib.suppress(ShapeError):
        steps = msgspec.structs.replace(model, layers=whole).steps()
        uncropped.extend(step.layer.weight_shapes(step.shape) for step in steps)
    if cropped != uncropped:
        yield RecipeRefused(
            "RandomCrop cuts in training only: in prediction Keras leaves the image as large as it "
            "was, which does not fit the layers after it; take keras.layers.RandomTranslation, or "
            "GlobalAveragePooling2D in place of Flatten"
        )


def _size_complaints(model: ModelData) -> Iterator[RecipeRefused]:
    shape = model.input_shape
    try:
        for layer, _, shape in model.steps():
            # Before the totals, so that an absurdly large layer cannot slow the arithmetic down.
            if math.prod(shape) > MAX_VALUES:
                yield RecipeRefused(
                    f"{layer.kind} puts out {math.prod(shape):,} values an image, which is too many"
                )
                return
    except ShapeError as error:
        yield RecipeRefused(str(error))
        return
    if shape != (10,):
        yield RecipeRefused(
            f"the model puts out {shape}; there are ten classes, so it must be (10,)"
        )
    parameters = model.parameters or 0
    if parameters > MAX_PARAMETERS:
        yield RecipeRefused(
            f"the model has {parameters:,} parameters; at most {MAX_PARAMETERS:,} are trained",
            "too-large",
        )
    cost = multiply_adds(model)
    if cost > MAX_MULTIPLY_ADDS:
        yield RecipeRefused(
            f"an image takes {cost:,} multiply-adds; at most {MAX_MULTIPLY_ADDS:,} are trained",
            "too-large",
        )


def work_complaints(model: ModelData, epochs: int) -> Iterator[RecipeRefused]:
    """What is wrong with the length of a training."""
    cost = multiply_adds(model)
    if cost * epochs > MAX_WORK:
        yield RecipeRefused(
            f"{epochs} epochs of {cost:,} multiply-adds an image are too long a training; "
            f"with this network, at most {MAX_WORK // cost} epochs"
        )


def compile_complaints(model: ModelData) -> Iterator[RecipeRefused]:
    """What is wrong with how a model was compiled."""
    compiled = model.compiled
    if compiled is None:
        yield RecipeRefused("the model has not been compiled", "not-compiled")
        return
    if compiled.optimizer not in OPTIMIZERS:
        names = ", ".join(OPTIMIZERS)
        yield RecipeRefused(
            f"the optimizer {compiled.optimizer} is not trained with here; there are {names}"
        )
        return
    if isinstance(compiled.schedule, OtherSchedule):
        yield RecipeRefused(
            f"the learning rate follows {compiled.schedule.class_name}, whose rates are not known; "
            "give learning_rates, one for each epoch, or one of keras.optimizers.schedules"
        )
    for name, value in compiled.settings.items():
        if name not in OPTIMIZERS[compiled.optimizer].defaults and value != FIXED.get(name, value):
            yield RecipeRefused(
                f"the optimizer's {name}={value} is not supported here; leave it as it is"
            )
    if compiled.loss not in LOSSES:
        yield RecipeRefused(
            f"the loss is {compiled.loss}; ten classes are trained with {', '.join(LOSSES)}",
            "other-loss",
        )
    if compiled.left_out:
        yield RecipeRefused(
            f"the model was compiled with what is not trained with here; leave it out: "
            f"{', '.join(compiled.left_out):.300}"
        )
    last = fold_activations(model).layers[-1] if model.layers else None
    softmax = getattr(last, "activation", "") == "softmax" or isinstance(last, Softmax)
    if compiled.from_logits and softmax:
        yield RecipeRefused(
            "the loss has from_logits=True, but the network ends in softmax: one of them too many",
            "softmax-and-logits",
        )
    if not compiled.from_logits and not softmax:
        yield RecipeRefused(
            "the network does not end in softmax, and the loss was not told so (from_logits=True)",
            "no-softmax",
        )


def callback_complaints(callbacks: Sequence[Callback]) -> Iterator[RecipeRefused]:
    """What is wrong with the callbacks of a training."""
    for callback in callbacks:
        if isinstance(callback, OtherCallback):
            yield _callback_complaint(callback.class_name)
        elif not isinstance(callback, WatchingCallback) and callback.monitor not in MONITORED:
            yield RecipeRefused(
                f"{callback.kind} watches {callback.monitor}; there are {', '.join(MONITORED)}"
            )


def _callback_complaint(name: str) -> RecipeRefused:
    if name == "LearningRateScheduler":  # one alone has become learning_rates
        return RecipeRefused(
            "several LearningRateSchedulers, or one beside learning_rates: give one of them",
            "rates-callback",
        )
    return RecipeRefused(
        f"the callback {name} is not used here; there are EarlyStopping, ReduceLROnPlateau and "
        "LearningRateScheduler, and callbacks of your own that only print, or store in themselves "
        '(to stop at an accuracy: EarlyStopping("val_accuracy", patience=2))'
    )
