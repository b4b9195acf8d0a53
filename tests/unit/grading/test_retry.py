"""A sandbox that is ended from outside costs a try, never a point."""

from collections.abc import Callable

import pytest

from autograder.grading.retry import Try, until_deaths_repeat
from autograder.sandbox.protocol.errors import SandboxUnavailable


def attempts(*ends: frozenset[str] | Exception) -> tuple[Callable[[], Try], list[int]]:
    """An attempt that ends each time as the next of `ends` says, and the numbers of those made."""
    numbers: list[int] = []

    def attempt() -> Try:
        end = ends[len(numbers)]
        numbers.append(len(numbers))
        if isinstance(end, Exception):
            raise end
        return Try([], {"number": [{"is": numbers[-1]}]}, [], end)

    return attempt, numbers


CELL, TEST, NONE = frozenset({"a cell"}), frozenset({"a test"}), frozenset[str]()
NO_START = SandboxUnavailable("the sandbox did not start")


@pytest.mark.parametrize(
    ("ends", "count"),
    [
        ((NONE,), 1),
        ((CELL, NONE), 2),  # from outside
        ((CELL, CELL), 2),  # the student's own
        ((CELL, TEST, CELL), 3),
        ((CELL, TEST, NONE), 3),
        ((NO_START, NONE), 2),
        ((NO_START, CELL, CELL), 3),
    ],
)
def test_the_first_try_that_can_be_believed_counts(
    ends: tuple[frozenset[str] | Exception, ...], count: int
) -> None:
    attempt, numbers = attempts(*ends)
    assert until_deaths_repeat(attempt).outputs == {"number": [{"is": count - 1}]}
    assert len(numbers) == count


def test_a_sandbox_that_never_starts_is_told() -> None:
    attempt, numbers = attempts(NO_START, NO_START, NO_START)
    with pytest.raises(SandboxUnavailable, match="did not start"):
        until_deaths_repeat(attempt)
    assert len(numbers) == 3
