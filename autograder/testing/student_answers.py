"""Check and word the result of a call of a student's function, for notebooks and for grading."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from autograder._util.i18n import gettext as _
from autograder.models.wire import with_weights
from autograder.results.outcome import CellStopped, Mismatch, StudentCrash
from autograder.sandbox.protocol import values
from autograder.sandbox.protocol.calls import NO_ANSWER
from autograder.sandbox.protocol.errors import ValueRefused
from autograder.testing.formatting import call_text
from autograder.testing.frequent_crashes import frequent_crash_help


def raised(name: str, kind: str, message: str) -> str:
    """The message that a student's function raised an exception."""
    return _("{name} raised {error}").format(name=name, error=f"{kind}: {message}")


def too_long(name: str, seconds: float) -> str:
    """The message that a student's function exceeded its timeout."""
    limit = _("{name} took longer than {seconds:g} s and was stopped")
    return limit.format(name=name, seconds=seconds)


@contextlib.contextmanager
def naming_the_call(
    name: str, args: tuple[object, ...], kwargs: Mapping[str, object]
) -> Iterator[None]:
    """Add a line with the call to the message of a StudentCrash raised in the block, if there was a call.

    An exception that frequent mistakes end in gets its help.
    """
    try:
        yield
    except StudentCrash as crash:
        call = _("in the call {call}").format(call=call_text(name, args, kwargs))
        help_text = frequent_crash_help(crash.message)
        message = crash.message if isinstance(crash, CellStopped) else f"{crash.message}\n{call}"
        raise StudentCrash(message, crash.traceback, help_text) from None


@contextlib.contextmanager
def crash_help(texts: Mapping[str, str]) -> Iterator[None]:
    """Give help for a crash in the block whose message has a known part.

    Args:
        texts: a part of the exception's message -> the help text. The first that fits is given.

    Raises:
        StudentCrash: what the block raises, with the help.

    Example:
        with crash_help({"could not broadcast": HELP["pad-minus-zero"]}):
            expect(student, "zero_pad", image, 1, 0, 0, 2).returns(expected)

    """
    try:
        yield
    except StudentCrash as crash:
        known = (text for part, text in texts.items() if part in crash.message)
        raise StudentCrash(crash.message, crash.traceback, next(known, crash.help)) from None


def refused(name: str, refusal: ValueRefused) -> Mismatch:
    """The Mismatch for a result that is not plain data."""
    called = _("called {call}").format(call=name)
    return Mismatch(f"{called}\n{_('returned {value}').format(value=refusal)}")


def functions_of_handles(arguments: object) -> Iterator[str]:
    """The names of the student's functions that the handles in arguments call."""
    match arguments:
        case values.Handle():
            yield arguments.name
            yield from functions_of_handles(arguments.args)
        case list() | tuple():
            for argument in arguments:
                yield from functions_of_handles(argument)
        case dict():
            yield from functions_of_handles(list(arguments.values()))


def trained_model(name: str, answer: object) -> object:
    """Check the answer of Student.train, a list [returned value, weights], and join the two.

    Raises StudentCrash for any other answer, and Mismatch if the weights do not fit the model.
    """
    if not isinstance(answer, list) or len(answer) != 2:
        raise StudentCrash(f"{name}: {_(NO_ANSWER)}")
    try:
        return with_weights(*answer)
    except ValueRefused as refusal:
        raise refused(name, refusal) from None


class Stepped(NamedTuple):
    """What a student's function returned, and the weights of a model after it.

    `reported` are the loss and the metrics of the step that followed, by name; empty without one.
    """

    returned: object
    weights: list[np.ndarray]
    reported: dict[str, float]


def trained_given(name: str, answer: object, start: Sequence[np.ndarray]) -> Stepped:
    """Check the answer of Student.train_from or step_from, whose training began at `start`.

    Raises StudentCrash for any other answer, and if the model cannot be trained for a step; Mismatch
    for weights that training cannot reach.
    """
    returned, reached, *rest = answer if isinstance(answer, list) and len(answer) > 1 else (0, 0)
    step = rest[0] if rest else {}
    match step:
        case [str() as error, str() as stack]:
            untrainable = _("{name} returned a model that cannot be trained: {error}")
            raise StudentCrash(untrainable.format(name=name, error=error[:2000]), stack[:20_000])
    try:  # a number that is no float, or no text for a name, would end in the grader
        reported = msgspec.convert(step, dict[str, float])
    except msgspec.ValidationError:
        raise StudentCrash(f"{name}: {_(NO_ANSWER)}") from None
    if not isinstance(reached, list) or not all(isinstance(a, np.ndarray) for a in reached):
        raise StudentCrash(f"{name}: {_(NO_ANSWER)}")
    shapes = [(array.shape, array.dtype) for array in start]
    wrong = ""
    if [(array.shape, array.dtype) for array in reached] != shapes:
        wrong = _("the model that it was given has weights of other shapes now")
    elif not all(np.isfinite(array).all() for array in reached):
        wrong = _("the model that it was given has weights now that are not finite numbers")
    if wrong:
        raise Mismatch(f"{_('called {call}').format(call=name)}\n{wrong}")
    return Stepped(returned, reached, reported)
