"""Substitution of reference functions for a student's: the sandbox calls, the grading process answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Protocol

Ask = Callable[[dict[str, Any], list[bytes]], tuple[Any, list[bytes]]]


class Substitution(NamedTuple):
    """The functions that are substituted while one question is tested.

    `names` are those functions. `blank` is the id of the question's cell, which runs again with
    them. `earlier` are the functions of all earlier questions: calls of them may build arguments.
    """

    names: frozenset[str]
    blank: str
    earlier: frozenset[str] = frozenset()


class SubstituteProvider(Protocol):
    """Answers calls of substituted functions, outside the sandbox."""

    substitution: Substitution

    def begin_test(self) -> None:
        """Forget the calls of the previous test."""

    @property
    def used(self) -> tuple[str, ...]:
        """The functions that were called in this test."""

    def answer(self, call: Mapping[str, Any], blobs: list[bytes]) -> tuple[Any, list[bytes]]:
        """The frame that answers a call. `call` comes from the sandbox and may be hostile."""

    def during(
        self, arguments: Sequence[object]
    ) -> AbstractContextManager[Callable[[object], None]]:
        """Watch one call of student code. Yields a function that takes the returned value."""
