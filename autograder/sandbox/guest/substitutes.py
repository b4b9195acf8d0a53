"""Replace a student's functions in the sandbox by substitutes, for one call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from autograder.sandbox.guest import keras_builder
from autograder.sandbox.protocol.calls import Substitute
from autograder.sandbox.protocol.errors import ValueRefused
from autograder.sandbox.protocol.substitutes import Ask
from autograder.sandbox.protocol.values import decode, encode

_MISSING = object()


@contextmanager
def substituted(namespace: dict[str, Any], names: Iterable[str], ask: Ask) -> Iterator[None]:
    """Inside the block, `names` call out of the sandbox; afterwards they are the student's again.

    `ask` sends a frame and returns the answering frame.
    """
    before = {name: namespace.get(name, _MISSING) for name in names}
    namespace.update({name: _caller(name, ask) for name in before})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is _MISSING:
                namespace.pop(name, None)
            else:
                namespace[name] = value


def _caller(name: str, ask: Ask) -> Substitute:
    def call(*args: object, **kwargs: object) -> Any:
        out: list[bytes] = []
        arguments = encode([list(args), kwargs], out)
        answer, blobs = ask({"ask": name, "arguments": arguments}, out)
        if "refused" in answer:
            raise ValueError(answer["refused"])
        return decode(answer["value"], blobs, _build_model)

    return Substitute(name, call)


def _build_model(tag: str, body: Any) -> object:
    """The Keras model built from layer data: a Sequential model if it is a chain of layers."""
    import keras

    if tag != "$model":
        raise ValueRefused(f"data with the unknown tag {tag!r}")
    if body["sources"]:
        model, _ = keras_builder.build_model(body)
    else:
        shape = keras.Input(tuple(body["input_shape"]))
        model = keras.Sequential([shape, *map(keras_builder.build_layer, body["layers"])])
    compiled = body["compiled"]
    if compiled:
        optimizer = keras_builder.build_optimizer(compiled)
        model.compile(optimizer=optimizer, loss=compiled["loss"], metrics=["accuracy"])
    return model
