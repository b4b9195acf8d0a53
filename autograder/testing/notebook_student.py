"""The student's work as grader tests see it in a running notebook."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from autograder._util.i18n import gettext as _
from autograder.models.descent import Descended, Descent, measured
from autograder.models.model import Trained, from_wire
from autograder.results.outcome import NotAttempted, StudentCrash
from autograder.sandbox.guest.given_weights import train_from
from autograder.sandbox.guest.keras_reader import describe, weights
from autograder.sandbox.protocol import values
from autograder.sandbox.protocol.calls import blank, invoke, invoke_watched, look_up
from autograder.sandbox.protocol.crashes import exception_text, student_traceback
from autograder.sandbox.protocol.effects import NO_EFFECTS
from autograder.testing.diagnosis import Seen
from autograder.testing.student_answers import (
    naming_the_call,
    raised,
    refused,
    too_long,
    trained_given,
    trained_model,
)
from autograder.testing.watchdog import Watchdog

# What one call may take in a notebook: several times the limits of grading, since a student's
# machine may be slower, and nobody waits for ever.
_CALL_SECONDS, _TRAINING_SECONDS = 60.0, 300.0


class NotebookStudent:
    """Calls functions of a running notebook, in its own process.

    Arguments and results pass through the same format as in grading, so a test sees the
    same data in both places and a student's function cannot change a test's arrays.
    """

    def __init__(
        self,
        namespace: Mapping[str, Any],
        *,
        refuse_stale: Callable[[str], None] = lambda name: None,
        call_seconds: float = _CALL_SECONDS,
    ) -> None:
        """Look names up in `namespace`; one call may take `call_seconds`, in the main thread.

        `refuse_stale` raises NotAttempted or StudentCrash for a name that is not what the
        notebook's cells define now.
        """
        self._namespace = namespace
        self._refuse_stale = refuse_stale
        self._call_seconds = call_seconds
        self._ended: dict[str, StudentCrash] = {}
        self._stopped: StudentCrash | None = None
        self.seen = Seen()
        self.effects = NO_EFFECTS

    def call(self, name: str, /, *args: object, **kwargs: object) -> object:
        """Call the student's function `name`; arguments and result are plain data."""
        positional, keyword = _as_sent([list(args), kwargs])

        def action(*call: Any) -> object:
            result, self.effects = invoke_watched(*call)
            return result

        self.effects = NO_EFFECTS
        with naming_the_call(name, args, kwargs):
            return self._guarded(action, name, positional, keyword)

    def train(self, name: str, /, *args: object) -> object:
        """What the student's `name` returns: a model with its weights, or other plain data."""
        positional = _as_sent(list(args))

        def action(*call: Any) -> object:
            made = invoke(*call)
            return [made, weights(made)]

        with naming_the_call(name, args, {}):
            made = self._guarded(action, name, positional, {}, seconds=_TRAINING_SECONDS)
        return trained_model(name, made)

    def train_from(
        self, name: str, model: object, start: Sequence[np.ndarray], /, *args: object
    ) -> tuple[object, list[np.ndarray]]:
        """Call the student's `name` with a model that starts from given weights, and `args`.

        `model` is a handle. Returns what was returned, and the weights that the model has then.
        """
        given, *rest = _as_sent([model, *args])

        def action(namespace: Mapping[str, Any], name: str, *call: Any) -> object:
            return train_from(namespace, name, *call)

        with naming_the_call(name, (model, *args), {}):
            made = self._guarded(action, name, given, list(start), rest, seconds=_TRAINING_SECONDS)
        return trained_given(name, made, start)

    def descend(self, descent: Descent, reached: Sequence[np.ndarray]) -> Descended:
        """What `descent` reaches, and where `reached` stands beside it."""
        from autograder.sandbox.guest.keras_builder import descended

        return measured(descended(descent.request(), descent.arrays(reached)))

    def predict(self, trained: Trained, images: np.ndarray) -> np.ndarray:
        """The class of each image (uint8, (images, 28, 28)) by a model that train() returned."""
        from autograder.sandbox.guest.keras_builder import classes_by

        classes: np.ndarray = classes_by(
            msgspec.to_builtins(trained.model), trained.weights, images
        )
        return classes

    def value(self, name: str) -> object:
        """The value of the student's variable `name`, as plain data."""
        return self._guarded(look_up, name)

    def handle(self, name: str, *args: object) -> values.Handle:
        """An argument that is the result of calling the student's `name` in place."""
        return values.Handle(name, args)

    def _guarded(
        self, action: Any, name: str, *rest: object, seconds: float | None = None
    ) -> object:
        if crash := self._stopped or self._ended.get(name):
            raise crash
        for needed in (name, *_handles(rest)):
            if needed in self._namespace:
                self._refuse_stale(needed)
        seconds = seconds or self._call_seconds
        watchdog = Watchdog(seconds)
        try:
            # A check shows its result, not what fit() or a forgotten print() says on the way.
            with contextlib.redirect_stdout(io.StringIO()), watchdog:
                result = action(self._namespace, name, *rest)
        except NotImplementedError as error:
            raise NotAttempted(f"{name} {blank(self._namespace, name, error)}") from None
        except NotAttempted:
            raise
        except KeyboardInterrupt:
            if watchdog.expired:
                self._ended[name] = StudentCrash(too_long(name, seconds))
                raise self._ended[name] from None
            stopped = _("You stopped the check while {name} was running").format(name=name)
            self._stopped = StudentCrash(stopped)
            raise self._stopped from None
        except BaseException as error:  # exit() and pytest.skip() are the student's, too
            message = raised(name, type(error).__name__, exception_text(error))
            raise StudentCrash(message, student_traceback(error)) from None
        blobs: list[bytes] = []
        try:
            return values.decode(values.encode(result, blobs, describe), blobs, from_wire)
        except values.ValueRefused as refusal:
            raise refused(name, refusal) from None


def _handles(arguments: object) -> Iterator[str]:
    """The names of functions of the student's that make arguments of a call."""
    if isinstance(arguments, values.Handle):
        yield arguments.name
        yield from _handles(arguments.args)
    elif isinstance(arguments, list | tuple):
        for argument in arguments:
            yield from _handles(argument)


def _as_sent(arguments: list[object]) -> Any:
    """The arguments as a sandbox would receive them.

    Text is copied too, so that a comparison by `is`, which fails there, fails here as well.
    """
    blobs: list[bytes] = []
    return values.decode(json.loads(json.dumps(values.encode(arguments, blobs))), blobs)
