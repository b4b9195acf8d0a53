"""Functions that the grading process lends to the jail: calls go out, and answers come back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, NamedTuple, Protocol

from autograder.jail import trainer
from autograder.jail.invoke import Lent
from autograder.jail.values import ValueRefused, decode, encode

Ask = Callable[[dict[str, Any], list[bytes]], tuple[Any, list[bytes]]]
_NOTHING = object()


class Loan(NamedTuple):
    """What a question is lent: names of functions; `blank` is its own cell, to be run again.

    `earlier` are the functions of all earlier questions, which an argument may be made with.
    """

    names: frozenset[str]
    blank: str
    earlier: frozenset[str] = frozenset()


class Lender(Protocol):
    """Calls the functions that it lends, outside the jail."""

    loan: Loan

    def answer(self, asked: Mapping[str, Any], blobs: list[bytes]) -> tuple[Any, list[bytes]]:
        """The frame that answers a call; `asked` is attacker-written."""

    def during(
        self, arguments: Sequence[object]
    ) -> AbstractContextManager[Callable[[object], None]]:
        """Watch one call of the student's code, which says what it returned."""


@contextmanager
def lent(namespace: dict[str, Any], names: Iterable[str], ask: Ask) -> Iterator[None]:
    """`names` call out of the jail for as long as this lasts; then the student's are back.

    `ask` sends a frame and returns the one that answers it.
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


def _caller(name: str, ask: Ask) -> Lent:
    def call(*args: object, **kwargs: object) -> Any:
        out: list[bytes] = []
        arguments = encode([list(args), kwargs], out)
        answer, blobs = ask({"ask": name, "arguments": arguments}, out)
        if "refused" in answer:
            raise ValueError(answer["refused"])
        return decode(answer["value"], blobs, _built)

    return Lent(name, call)


def _built(tag: str, body: Any) -> object:
    """The Keras model of layer data, a Sequential one where it is a chain of layers."""
    import keras

    if tag != "$model":
        raise ValueRefused(f"data with the unknown tag {tag!r}")
    if body["sources"]:
        model, _ = trainer.build_model(body)
    else:
        shape = keras.Input(tuple(body["input_shape"]))
        model = keras.Sequential([shape, *map(trainer.build_layer, body["layers"])])
    compiled = body["compiled"]
    if compiled:
        optimizer = trainer.build_optimizer(compiled)
        model.compile(optimizer=optimizer, loss=compiled["loss"], metrics=["accuracy"])
    return model
