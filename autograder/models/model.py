"""A student's model as validated data: layers, shapes, parameters, settings of compile().

Security: no model is loaded by Keras's `from_config` or from a file, which could run code. Our own
schema validates the fields, and a layer that the kit does not support is a name that is never built.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple

import msgspec
import numpy as np
from msgspec import Meta, Struct

from autograder.keras_objects.activations import Activation, ReLU, Softmax
from autograder.keras_objects.arguments import MODULES
from autograder.keras_objects.base import Name, Shape, ShapeError, Size
from autograder.keras_objects.bounds import MAX_READ_LAYERS
from autograder.keras_objects.convolution import Conv2D
from autograder.keras_objects.core import Dense
from autograder.keras_objects.layers import Again, Layer, Step, shapes
from autograder.keras_objects.pooling import MaxPooling2D
from autograder.models.compiled import Compiled

_Value = Annotated[int, Meta(ge=0, le=MAX_READ_LAYERS)]


class Row(NamedTuple):
    """A layer's row in a table like Keras's summary; None for unknown shapes and parameters."""

    kind: str
    output_shape: Shape | None
    parameters: int | None


class ModelData(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A model with one input, of `input_shape` (H, W, C), whose last layer is its output.

    `sources` lists which values each layer reads: 0 is the input, k the output of the k-th layer.
    If it is empty, each layer reads the one before; if it is None, the graph could not be read.
    `unsupported_arguments` names arguments of layers that the kit does not support, such as
    "an own kernel_regularizer of Dense". `differences` names in what the student's model differs from
    the one that this description makes, such as "training (predictions)". `assumed_input` if the
    model did not say what it reads, and was built for the course's images.
    """

    input_shape: Annotated[tuple[Size, ...], Meta(max_length=4)] | None
    layers: Annotated[tuple[Layer, ...], Meta(max_length=MAX_READ_LAYERS)]
    compiled: Compiled | None = None
    unsupported_arguments: Annotated[tuple[Name, ...], Meta(max_length=500)] = ()
    differences: Annotated[tuple[Name, ...], Meta(max_length=10)] = ()
    assumed_input: bool = False
    sources: (
        Annotated[
            tuple[Annotated[tuple[_Value, ...], Meta(min_length=1, max_length=50)], ...],
            Meta(max_length=MAX_READ_LAYERS),
        ]
        | None
    ) = ()

    def __post_init__(self) -> None:
        for number, layer in enumerate(self.layers):
            # shapes() and the training worker rely on it.
            if isinstance(layer, Again) and (
                layer.layer >= number or isinstance(self.layers[layer.layer], Again)
            ):
                raise ValueError("a layer is used again that was not used before")
        if not self.sources:
            return
        if len(self.sources) != len(self.layers):
            raise ValueError("one entry of sources a layer")
        # A layer may read earlier values only: steps() relies on it.
        if any(max(read) > number for number, read in enumerate(self.sources)):
            raise ValueError("a layer reads what comes after it")

    @property
    def other_arguments(self) -> tuple[str, ...]:
        """The arguments that the course's questions do not mention, if they are not Keras's defaults.

        Named like `unsupported_arguments`, which they contain.
        """
        crossed = {
            f"{field.name} of {layer.kind}"
            for layer in self.layers
            for field in msgspec.structs.fields(layer)
            if field.name.endswith(("trainable", *MODULES))
            and getattr(layer, field.name) != field.default
        }
        return tuple(sorted({*self.unsupported_arguments, *crossed}))

    @property
    def chain(self) -> bool:
        """Whether each layer reads the output of the one before, and nothing else."""
        return self.sources is not None and self.reads() == chained(len(self.layers))

    def reads(self) -> tuple[tuple[int, ...], ...]:
        """`sources`, also written out for a chain; empty if the graph could not be read."""
        return chained(len(self.layers)) if self.sources == () else self.sources or ()

    def steps(self) -> Iterator[Step]:
        """Each layer with its shapes; raises ShapeError at the first layer that does not fit."""
        if self.input_shape is None or self.sources is None:
            raise ShapeError("the shapes of this model are not known")
        yield from shapes(self.layers, self.reads(), self.input_shape)

    def table(self) -> list[Row]:
        """One row for each layer; from the first unknown or unfitting layer on, without shapes."""
        rows = []
        try:
            for layer, shape, output_shape in self.steps():
                rows.append(Row(layer.kind, output_shape, layer.parameters(shape)))
        except (ShapeError, IndexError):
            pass
        return rows + [Row(layer.kind, None, None) for layer in self.layers[len(rows) :]]

    @property
    def parameters(self) -> int | None:
        """The number of all single weights of the model; None if that of a layer is unknown."""
        counts = [row.parameters for row in self.table()]
        return None if None in counts else sum(count for count in counts if count is not None)

    @property
    def output_shape(self) -> Shape | None:
        """The shape of the model's output, without the batch axis; None if it is unknown."""
        rows = self.table()
        return rows[-1].output_shape if rows else self.input_shape

    def __repr__(self) -> str:
        total = "unknown" if self.parameters is None else f"{self.parameters:,}"
        kinds = ", ".join(row.kind for row in self.table()) or "no layers"
        return f"a model of {kinds} ({total} parameters)"


def fold_activations(model: ModelData) -> ModelData:
    """The same model with activation layers written as `activation` of the layer before.

    An activation layer stays if another layer reads the same value too. ReLU after max pooling is
    folded into the layer before the pooling, because the largest values are the same either way.
    """
    reads = model.reads()
    if not reads or any(isinstance(layer, Again) for layer in model.layers):
        return model
    readers = Counter(value for read in reads for value in read)
    layers: list[Any] = []
    sources: list[tuple[int, ...]] = []
    new_value = [0]  # number of a value in the old model -> its number in the new one
    for layer, read in zip(model.layers, reads, strict=True):
        match layer:
            case Activation(activation=activation):
                pass
            case Softmax():
                activation = "softmax"
            case ReLU() if layer == ReLU():
                activation = "relu"
            case _:
                activation = ""
        value = new_value[read[0]]
        source = read[0]
        if source and activation == "relu" and isinstance(model.layers[source - 1], MaxPooling2D):
            source = reads[source - 1][0] if readers[source] == 1 else source
        place = new_value[source]
        before = layers[place - 1] if place and readers[source] == 1 else None
        takes_it = (
            isinstance(before, Conv2D | Dense)
            and before.activation == "linear"
            and before.activity_regularizer is None  # it counts what comes before the activation
        )
        if activation and takes_it:
            layers[place - 1] = msgspec.structs.replace(layers[place - 1], activation=activation)
            new_value.append(value)
        else:
            layers.append(layer)
            sources.append(tuple(new_value[number] for number in read))
            new_value.append(len(layers))
    folded = tuple(sources) if tuple(sources) != chained(len(layers)) else ()
    return msgspec.structs.replace(model, layers=tuple(layers), sources=folded)


def multiply_adds(model: ModelData) -> int:
    """Pairs of a multiplication and an addition in the forward pass of one image."""
    return sum(layer.multiply_adds(shape) for layer, shape, _ in model.steps())


def chained(count: int) -> tuple[tuple[int, ...], ...]:
    """The `sources` of a chain of `count` layers."""
    return tuple((value,) for value in range(count))


class HistoryData(Struct, frozen=True, forbid_unknown_fields=True):
    """The History that `fit` returned: requested epochs, steps an epoch, and each metric by epoch."""

    epochs: Annotated[int, Meta(ge=0, le=100_000)]
    steps: Annotated[int, Meta(ge=0, le=10_000_000)]
    history: Annotated[
        dict[Name, Annotated[tuple[float, ...], Meta(max_length=100_000)]], Meta(max_length=50)
    ]

    def __repr__(self) -> str:
        names = ", ".join(sorted(self.history)) or "nothing"
        return f"a history of {self.epochs} epochs with {self.steps} steps each ({names})"


class Trained(NamedTuple):
    """A model with its weights: finite float32 arrays in the order of its layers."""

    model: ModelData
    weights: tuple[np.ndarray, ...]

    def __repr__(self) -> str:
        return repr(self.model)
