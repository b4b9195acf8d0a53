"""Whether Keras, the oracle, is asked about right answers too, as `autograder validate` does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_always_ask = ContextVar("always_ask", default=False)


def oracle_is_asked() -> bool:
    """Whether the oracle is compared with each answer, right or wrong."""
    return _always_ask.get()


@contextmanager
def asking_oracles() -> Iterator[None]:
    """Compare the oracle with right answers too, in the block: it validates graders, not students.

    Grading asks it for wrong answers only, since it costs more than the rest of the test and
    imports Keras first.
    """
    token = _always_ask.set(True)
    try:
        yield
    finally:
        _always_ask.reset(token)
