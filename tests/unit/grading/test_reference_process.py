"""A call of the reference with a student's arguments: a value, a refusal, or a fault of ours."""

from __future__ import annotations

import resource
import signal
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from autograder.grading import reference_process as module
from autograder.grading.reference_process import Reply
from autograder.sandbox.protocol import values
from autograder.sandbox.protocol.substitutes import Substitution

SUBSTITUTED = frozenset({"double", "zeros", "forever", "broken"})
SUBSTITUTION = Substitution(SUBSTITUTED, "blank", SUBSTITUTED | {"four"})


def double(number: int) -> int:
    return 2 * number


def forever() -> None:
    while True:
        pass


def broken() -> None:
    raise ValueError("a mistake of the course's author")


REFERENCE = SimpleNamespace(
    double=double, secret=double, zeros=np.zeros, forever=forever, broken=broken, four=lambda: 4
)


def reply(name: str, *args: object) -> tuple[dict[str, Any], list[bytes]]:
    """The frame for a call with these arguments."""
    blobs: list[bytes] = []
    arguments = values.encode([list(args), {}], blobs)
    return Reply(REFERENCE, SUBSTITUTION).to(name, arguments, blobs)


def test_a_lent_function_answers() -> None:
    answer, blobs = reply("double", 21)
    assert values.decode(answer["value"], blobs) == 42
    assert answer["asked"] == ["double"]


def test_an_argument_is_made_by_functions_of_earlier_questions_only() -> None:
    answer, blobs = reply("double", values.Handle("double", (values.Handle("four"),)))
    assert values.decode(answer["value"], blobs) == 16
    assert answer["asked"] == ["double"]  # "four" is the student's own, and right
    answer, _ = reply("double", values.Handle("secret", (1,)))
    assert (answer["refused"], answer["in_vain"]) == ("no function secret is substituted", True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("double",), "double raised TypeError"),
        (("zeros", 2**40), "MemoryError"),
        (("zeros", -1), "ValueError"),
        (("double", values.Handle("forever")), "TimeoutError"),
    ],
    ids=["no argument", "memory", "value", "time"],
)
def test_what_comes_of_a_students_arguments_goes_back(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[Any, ...], message: str
) -> None:
    monkeypatch.setattr(module, "_SECONDS", 0.3)
    name, *args = arguments
    if not args:
        args = [1, 2]
    answer, blobs = reply(name, *args)
    assert message in answer["refused"]
    assert answer["in_vain"] is False
    assert blobs == []


def test_an_answer_that_is_too_large_is_in_vain() -> None:
    answer, blobs = reply("zeros", 1_000_000)
    assert answer["in_vain"] is True
    assert blobs == []


def test_a_call_without_arguments_that_fails_is_our_fault() -> None:
    answer, _ = reply("broken")
    assert "a mistake of the course's author" in answer["failed"]


def test_limits_are_those_of_before_afterwards() -> None:
    before = (resource.getrlimit(resource.RLIMIT_AS), signal.getsignal(signal.SIGPROF))
    reply("zeros", 2**40)
    assert (resource.getrlimit(resource.RLIMIT_AS), signal.getsignal(signal.SIGPROF)) == before
