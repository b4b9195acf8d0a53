"""What a call of a student's function ended in, checked and put into words, in every place."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from autograder._util.i18n import gettext as _
from autograder.models.model import with_weights
from autograder.results.outcome import Mismatch, StudentCrash
from autograder.sandbox.protocol import values
from autograder.sandbox.protocol.calls import NO_ANSWER
from autograder.testing.formatting import call_text


def raised(name: str, kind: str, message: str) -> str:
    """That the student's function raised an exception, in words."""
    return _("{name} raised {error}").format(name=name, error=f"{kind}: {message}")


def too_long(name: str, seconds: float) -> str:
    """That the student's function used up its time, in words."""
    limit = _("{name} took longer than {seconds:g} s and was stopped")
    return limit.format(name=name, seconds=seconds)


@contextlib.contextmanager
def naming_the_call(
    name: str, args: tuple[object, ...], kwargs: Mapping[str, object]
) -> Iterator[None]:
    """Have a crash say which call it was, in a line of its own."""
    try:
        yield
    except StudentCrash as crash:
        call = _("in the call {call}").format(call=call_text(name, args, kwargs))
        raise StudentCrash(f"{crash.message}\n{call}", crash.traceback) from None


def refused(name: str, refusal: values.ValueRefused) -> Mismatch:
    """The Mismatch of a result that is not plain data."""
    called = _("called {call}").format(call=name)
    return Mismatch(f"{called}\n{_('returned {value}').format(value=refusal)}")


def trained_model(name: str, made: object) -> object:
    """The answer of a training: a pair of what was returned and its weights, checked."""
    if not isinstance(made, list) or len(made) != 2:
        raise StudentCrash(f"{name}: {_(NO_ANSWER)}")
    try:
        return with_weights(*made)
    except values.ValueRefused as refusal:
        raise refused(name, refusal) from None


def trained_given(
    name: str, made: object, start: Sequence[np.ndarray]
) -> tuple[object, list[np.ndarray]]:
    """The answer of a training of a given model, checked: what was returned, and its weights."""
    match made:
        case [returned, list() as reached] if all(isinstance(one, np.ndarray) for one in reached):
            pass
        case _:
            raise StudentCrash(f"{name}: {_(NO_ANSWER)}")
    shapes = [(one.shape, one.dtype) for one in start]
    wrong = ""
    if [(one.shape, one.dtype) for one in reached] != shapes:
        wrong = _("the model that it was given has weights of other shapes now")
    elif not all(np.isfinite(one).all() for one in reached):
        wrong = _("the model that it was given has weights now that are not finite numbers")
    if wrong:
        raise Mismatch(f"{_('called {call}').format(call=name)}\n{wrong}")
    return returned, reached
