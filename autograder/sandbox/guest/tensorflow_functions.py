"""Let an own layer call TensorFlow's functions on symbolic tensors, as far as keras.ops has them too.

Keras refuses such calls outside a layer; inside one they are common, and mean a known layer.
Runs in the process of student code, so nothing in its output is trusted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from typing import Any
from unittest import mock


@contextmanager
def symbolic() -> Iterator[None]:
    """Within this context, TensorFlow's functions take Keras's symbolic tensors."""
    import tensorflow as tf

    with ExitStack() as patches:
        for name, same in _functions().items():
            for module in (tf, tf.nn, tf.math):
                if (function := getattr(module, name, None)) is not None:
                    patches.enter_context(mock.patch.object(module, name, _either(function, same)))
        yield


def _either(function: Callable[..., Any], same: Callable[..., Any]) -> Callable[..., Any]:
    """`same` for a call with a symbolic tensor, `function` for any other."""

    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        given = [*args, *kwargs.values()]
        inner = [item for value in given if isinstance(value, list | tuple) for item in value]
        is_symbolic = any(hasattr(value, "_keras_history") for value in [*given, *inner])
        if not is_symbolic:
            return function(*args, **kwargs)
        kwargs.pop("name", None)
        return same(*args, **kwargs)

    return call


def _functions() -> dict[str, Callable[..., Any]]:
    """TensorFlow's name of a function -> the one of keras.ops, with TensorFlow's arguments."""
    import keras

    ops = keras.ops
    one_argument = (
        "elu",
        "relu",
        "relu6",
        "selu",
        "sigmoid",
        "silu",
        "softplus",
        "softsign",
        "tanh",
    )
    same: dict[str, Callable[..., Any]] = {
        name: (lambda function: lambda x=None, features=None: function(_first_given(x, features)))(
            getattr(ops, name)
        )
        for name in one_argument
    }
    for name in ("add", "divide", "maximum", "minimum", "multiply", "subtract"):
        same[name] = getattr(ops, name)
    return {
        **same,
        "swish": same["silu"],
        "identity": lambda input: input,
        "cast": lambda x, dtype: ops.cast(x, getattr(dtype, "name", dtype)),
        "concat": lambda values, axis: ops.concatenate(values, axis),
        "expand_dims": lambda input, axis: ops.expand_dims(input, axis),
        "gelu": lambda features, approximate=False: ops.gelu(features, approximate),
        "leaky_relu": lambda features, alpha=0.2: ops.leaky_relu(features, alpha),
        "pad": lambda tensor, paddings: ops.pad(tensor, [list(pair) for pair in paddings]),
        "reduce_max": lambda input_tensor, axis=None, keepdims=False: ops.max(
            input_tensor, axis, keepdims
        ),
        "reduce_mean": lambda input_tensor, axis=None, keepdims=False: ops.mean(
            input_tensor, axis, keepdims
        ),
        "reshape": lambda tensor, shape: ops.reshape(tensor, [int(size) for size in shape]),
        "softmax": lambda logits, axis=-1: ops.softmax(logits, axis),
        "squeeze": lambda input, axis=None: ops.squeeze(input, axis),
        "transpose": lambda a, perm=None: ops.transpose(a, perm),
    }


def _first_given(first: Any, second: Any) -> Any:
    return second if first is None else first
