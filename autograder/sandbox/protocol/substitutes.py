"""Functions that the grading process lends to the jail: calls go out, and answers come back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Protocol

Ask = Callable[[dict[str, Any], list[bytes]], tuple[Any, list[bytes]]]


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

    def begin_test(self) -> None:
        """Nothing has been asked for yet."""

    @property
    def used(self) -> tuple[str, ...]:
        """What was asked for in this test."""

    def answer(self, asked: Mapping[str, Any], blobs: list[bytes]) -> tuple[Any, list[bytes]]:
        """The frame that answers a call; `asked` is attacker-written."""

    def during(
        self, arguments: Sequence[object]
    ) -> AbstractContextManager[Callable[[object], None]]:
        """Watch one call of the student's code, which says what it returned."""
