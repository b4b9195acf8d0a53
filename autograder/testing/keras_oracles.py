"""What Keras says of a layer: the second oracle beside the reference, imported when it is asked."""

from __future__ import annotations

from typing import Any


def keras_layer(kind: str, *arguments: Any, **more: Any) -> Any:
    """A layer of Keras, of the class that is named."""
    from keras import layers

    return getattr(layers, kind)(*arguments, **more)


def keras_shape(layer: Any, input_shape: tuple[int, ...]) -> tuple[int, ...]:
    """The output shape that Keras computes for inputs of this shape, both without batch axis."""
    shape: tuple[int, ...] = layer.compute_output_shape((1, *input_shape))
    return tuple(shape[1:])


def keras_parameters(layer: Any, input_shape: tuple[int, ...]) -> int:
    """The parameters that Keras counts in a layer on inputs of this shape."""
    layer.build((None, *input_shape))
    return int(layer.count_params())
