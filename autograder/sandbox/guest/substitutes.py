"""Inside a sandbox: put substitutes in the place of a student's functions, for one call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from autograder.sandbox.guest import keras_builder
from autograder.sandbox.protocol.calls import Substitute
from autograder.sandbox.protocol.substitutes import Ask
from autograder.sandbox.protocol.values import ValueRefused, decode, encode

_NOTHING = object()


@contextmanager
def substituted(namespace: dict[str, Any], names: Iterable[str], ask: Ask) -> Iterator[None]:
    """Inside the block, `names` call out of the sandbox; afterwards the student's functions are back.

    `ask` sends a frame and returns the answering frame.
    """
    before = {name: namespace.get(name, _NOTHING) for name in names}
    namespace.update({name: _caller(name, ask) for name in before})
    try:
        yield
    finally:
        for name, own in before.items():
            if own is _NOTHING:
                namespace.pop(name, None)
            else:
                namespace[name] = own


def _caller(name: str, ask: Ask) -> Substitute:
    def call(*args: object, **kwargs: object) -> Any:
        out: list[bytes] = []
        arguments = encode([list(args), kwargs], out)
        answer, blobs = ask({"ask": name, "arguments": arguments}, out)
        if "refused" in answer:
            raise ValueError(answer["refused"])
        return decode(answer["value"], blobs, _built)

    return Substitute(name, call)


def _built(tag: str, body: Any) -> object:
    """The Keras model of layer data, a Sequential one where it is a chain of layers."""
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
