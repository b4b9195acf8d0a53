"""The rules for the models of recipes: which layers may be trained, on which images, and how large."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator

import msgspec

from autograder._util.i18n import gettext as _
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
from autograder.models.recipe_rules import RecipeRefused, listed

_MIN_SCALE = 0.1  # a smaller Rescaling is meant for pixels from 0 to 255; ours are from 0 to 1


def model_complaints(model: ModelData, *, only_predicts: bool = False) -> Iterator[RecipeRefused]:
    """What is wrong with a model, the most basic thing first.

    With `only_predicts` the model is not trained: what changes only its training does not matter.
    """
    if model.sources is None:
        yield RecipeRefused(
            _(
                "the graph of the model could not be read: give it one input and one output, and "
                "layers that take and return one value each"
            )
        )
        return
    if model.input_shape is None:
        yield RecipeRefused(
            _("the model does not know the shape of its input: begin with keras.Input((28, 28, 1))")
        )
    if model.input_shape != (28, 28, 1):
        yield RecipeRefused(
            _("the model reads {shape}; the images are (28, 28, 1)").format(shape=model.input_shape)
            + _beginning(model.input_shape or ())
        )
    if len(model.layers) > MAX_LAYERS:
        yield RecipeRefused(
            _("the model has {count} layers; at most {most} are trained").format(
                count=len(model.layers), most=MAX_LAYERS
            )
        )
    if unknown := sorted({layer.kind for layer in model.layers if isinstance(layer, Other)}):
        yield RecipeRefused(
            _(
                "not among the layers that are trained here: {names}; layers of your own may be made "
                "of Keras's layers for images and of simple keras.ops, without own weights"
            ).format(names=", ".join(unknown))
        )
    activations = {getattr(layer, "activation", "linear") for layer in model.layers}
    if unsupported := sorted(activations - ACTIVATIONS):
        yield RecipeRefused(
            _("not among the activations that are trained here: {names}").format(
                names=", ".join(unsupported)
            )
        )
    if model.unsupported_arguments and not only_predicts:
        yield RecipeRefused(
            _("these arguments of layers are not used here; leave them out: {names}").format(
                names=listed(model.unsupported_arguments)
            )
        )
    yield from _crop_complaints(model)
    differences = [
        difference
        for difference in model.differences
        if not (only_predicts and difference.startswith("training"))
    ]
    if differences:
        yield RecipeRefused(
            _(
                "built again from its layers, the model differs from yours in {differences}: call each "
                "layer as it is, without conditions such as `if training:`, and change no layer after "
                "it was made"
            ).format(differences=", ".join(differences))
        )
    scales = [layer.scale for layer in model.layers if isinstance(layer, Rescaling)]
    if any(abs(scale) < _MIN_SCALE for scale in scales):
        yield RecipeRefused(
            _(
                "a Rescaling layer multiplies the pixels by {scale:.4f}, and they come from 0 to 1"
            ).format(scale=min(scales)),
            "scaled-twice",
        )
    yield from _size_complaints(model)
    if not only_predicts and not any(getattr(layer, "trainable", False) for layer in model.layers):
        yield RecipeRefused(_("no layer of the model is trained"), "frozen")


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
            layers = _("{layer} and {next_layer}").format(
                layer=f"keras.layers.Resizing({height}, {width})", next_layer=join
            )
        case _:
            return ""
    return _("; begin with keras.Input((28, 28, 1)) and {layers}").format(layers=layers)


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
            _(
                "RandomCrop cuts in training only: in prediction Keras leaves the image as large as it "
                "was, which does not fit the layers after it; take keras.layers.RandomTranslation, or "
                "GlobalAveragePooling2D in place of Flatten"
            )
        )


def _size_complaints(model: ModelData) -> Iterator[RecipeRefused]:
    shape = model.input_shape
    try:
        for layer, _values, shape in model.steps():
            # Before the totals, so that an absurdly large layer cannot slow the arithmetic down.
            if math.prod(shape) > MAX_VALUES:
                yield RecipeRefused(
                    _("{layer} puts out {count:,} values an image, which is too many").format(
                        layer=layer.kind, count=math.prod(shape)
                    )
                )
                return
    except ShapeError as error:
        yield RecipeRefused(str(error))
        return
    if shape != (10,):
        yield RecipeRefused(
            _("the model puts out {shape}; there are ten classes, so it must be (10,)").format(
                shape=shape
            )
        )
    parameters = model.parameters or 0
    if parameters > MAX_PARAMETERS:
        yield RecipeRefused(
            _("the model has {count:,} parameters; at most {most:,} are trained").format(
                count=parameters, most=MAX_PARAMETERS
            ),
            "too-large",
        )
    cost = multiply_adds(model)
    if cost > MAX_MULTIPLY_ADDS:
        yield RecipeRefused(
            _("an image takes {count:,} multiply-adds; at most {most:,} are trained").format(
                count=cost, most=MAX_MULTIPLY_ADDS
            ),
            "too-large",
        )
