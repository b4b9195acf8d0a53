"""The weights of a model and of its twin: give both the same, compare them, put them back."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from autograder.sandbox.guest.keras_steering import as_python, is_keras


def give_same_state(pairs: Sequence[tuple[Any, Any]]) -> None:
    """Give the layers of each pair the same weights and the same seed.

    A vector becomes random, since a fresh bias is 0 whatever is done with it, and positive, since it
    may be a variance. So does a kernel of zeros.
    """
    drawn = np.random.default_rng(1)
    for number, pair in enumerate(pairs):
        for own, built in zip(*map(floats, pair), strict=True):
            if len(own.shape) < 2 or not np.any(own):
                own.assign(drawn.uniform(0.5, 1.5, own.shape))
            built.assign(own)
        for layer in pair:
            for place, generator in enumerate(_generators(layer)):
                generator.state.assign([number, place])


@contextmanager
def kept_weights(model: Any) -> Iterator[None]:
    """Put the weights of a model back at the end."""
    values = [(variable, variable.numpy().copy()) for variable in model.variables]
    try:
        yield
    finally:
        for variable, value in values:
            variable.assign(value)


def has_set_weights(layer: Any) -> bool:
    """Whether the weights of a layer that is not trained are not those that its initializers draw."""
    if getattr(layer, "trainable", True):
        return False
    for weight in floats(layer):
        name = f"{weight.name.removesuffix('_kernel')}_initializer"
        initializer: Any = getattr(layer, name, None)
        # One with a whole number as seed, which Keras sets too, draws the same each time.
        if is_keras(initializer) and isinstance(getattr(initializer, "seed", 0), int):
            drawn = initializer(weight.shape, dtype=weight.dtype)
            if not np.allclose(np.asarray(weight), np.asarray(drawn), atol=1e-6):
                return True
    return False


def changed_afterwards(pairs: Sequence[tuple[Any, Any]]) -> str:
    """The regularizer or constraint of a layer that was changed when its weight was there; "" for none.

    The description has the layer's own, and the training follows that of the weight.
    """
    for leaf, layer in pairs:
        for own, built in zip(floats(leaf), floats(layer), strict=True):
            for name in ("regularizer", "constraint"):
                if _arguments(getattr(own, name, None)) != _arguments(getattr(built, name, None)):
                    return f"the {name} of {own.name} of {leaf.name}"
    return ""


def floats(layer: Any) -> list[Any]:
    """The weights of a layer that are numbers to be trained or kept, without states of generators."""
    return [weight for weight in layer.weights if "float" in str(weight.dtype)]


def count_floats(weights: Sequence[Any]) -> int:
    """How many numbers weights of a float dtype hold."""
    return sum(math.prod(weight.shape) for weight in weights if "float" in str(weight.dtype))


def close(first: Any, second: Any) -> bool:
    """Whether two tensors are equal but for rounding, as exactly as the first one's dtype computes."""
    left, right = np.asarray(first), np.asarray(second)
    relative, absolute = (1e-4, 1e-6) if left.dtype == np.float32 else (0.05, 0.05)
    return left.shape == right.shape and np.allclose(
        left, right, rtol=relative, atol=absolute, equal_nan=True
    )


def _generators(layer: Any) -> list[Any]:
    """The seed generators of a layer and of the layers in it."""
    inner = layer._flatten_layers() if hasattr(layer, "_flatten_layers") else []
    return [generator for part in inner for generator in getattr(part, "_seed_generators", [])]


def _arguments(value: Any) -> Any:
    """The class and the arguments of a regularizer or a constraint."""
    if value is None:
        return None
    config = value.get_config() if hasattr(value, "get_config") else {}
    return type(value), {name: as_python(entry) for name, entry in config.items()}
