"""The rules for the models of recipes: which layers may be trained, on which images, and how large."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator

import msgspec

from autograder.keras_objects.activations import ACTIVATIONS
from autograder.keras_objects.base import Shape, ShapeError
from autograder.keras_objects.bounds import (
    MAX_LAYERS,
    MAX_MULTIPLY_ADDS,
    MAX_PARAMETERS,
    MAX_VALUES,
)
from autograder.keras_objects.layers import Other
from autograder.keras_objects.normalization import Rescaling
from autograder.keras_objects.shaping import Identity, RandomCrop
from autograder.models.model import ModelData, multiply_adds
from autograder.models.recipe_rules import RecipeRefused

_MIN_SCALE = 0.1  # a smaller Rescaling is meant for pixels from 0 to 255; ours are from 0 to 1


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
    whole = tuple(Identity() if isinstance(layer, RandomCrop) else layer for layer in model.layers)
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
