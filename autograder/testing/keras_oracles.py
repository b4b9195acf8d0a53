"""Ask Keras, the second oracle beside the reference solution, about a layer; imported on first use."""

from __future__ import annotations

from typing import Any


def keras_layer(kind: str, *args: Any, **kwargs: Any) -> Any:
    """Make a layer of Keras.

    Args:
        kind: the class's name in keras.layers, such as "Conv2D".
        *args: positional arguments of the class.
        **kwargs: keyword arguments of the class.

    Example:
        keras_layer("Conv2D", 32, (5, 5), padding="same")

    """
    from keras import layers

    return getattr(layers, kind)(*args, **kwargs)


def keras_shape(layer: Any, input_shape: tuple[int, ...]) -> tuple[int, ...]:
    """The output shape that Keras computes for a layer.

    Args:
        layer: a layer from `keras_layer`.
        input_shape: the input's shape without the batch axis, such as (height, width, channels).

    Returns:
        The output's shape, also without the batch axis.

    Raises:
        ValueError: Keras refuses the input shape.

    Example:
        keras_shape(keras_layer("Conv2D", 32, (5, 5)), (28, 28, 1))  # (24, 24, 32)

    """
    shape: tuple[int, ...] = layer.compute_output_shape((1, *input_shape))
    return tuple(shape[1:])


def keras_parameters(layer: Any, input_shape: tuple[int, ...]) -> int:
    """The number of parameters that Keras counts in a layer.

    Args:
        layer: a layer from `keras_layer`, not yet built.
        input_shape: the input's shape without the batch axis, such as (height, width, channels).

    Returns:
        The number of single weights and biases, trainable or not.

    Raises:
        ValueError: Keras refuses the input shape.

    Example:
        keras_parameters(keras_layer("Dense", 10), (1024,))  # 10250

    """
    layer.build((None, *input_shape))
    return int(layer.count_params())
