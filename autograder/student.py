"""The student's work as grader tests see it: in a notebook, or behind the jail's wall."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import msgspec
import numpy as np

from autograder import evaluator
from autograder.descent import Descended, Descent, measured
from autograder.diagnosis import Seen
from autograder.jail import values
from autograder.jail.crashes import exception_text, student_traceback
from autograder.jail.given_weights import train_from
from autograder.jail.invoke import blank, invoke, look_up
from autograder.jail.keras_data import describe, weights
from autograder.jail.lent import Lender
from autograder.jail.limits import Limits
from autograder.jail.session import NO_ANSWER, Died, Session
from autograder.language import gettext as _
from autograder.model import Trained, from_wire, with_weights
from autograder.outcome import Mismatch, NotAttempted, StudentCrash
from autograder.show import call_text
from autograder.watchdog import Watchdog

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

    def call(self, name: str, /, *args: object, **kwargs: object) -> object:
        """Call the student's function `name`; arguments and result are plain data."""
        positional, keyword = _as_sent([list(args), kwargs])
        with _naming_the_call(name, args, kwargs):
            return self._guarded(invoke, name, positional, keyword)

    def train(self, name: str, /, *args: object) -> object:
        """What the student's `name` returns: a model with its weights, or other plain data."""
        positional = _as_sent(list(args))

        def action(*call: Any) -> object:
            made = invoke(*call)
            return [made, weights(made)]

        with _naming_the_call(name, args, {}):
            made = self._guarded(action, name, positional, {}, seconds=_TRAINING_SECONDS)
        return _with_weights(name, made)

    def train_from(
        self, name: str, model: object, start: Sequence[np.ndarray], /, *args: object
    ) -> tuple[object, list[np.ndarray]]:
        """Call the student's `name` with a model that starts from given weights, and `args`.

        `model` is a handle. Returns what was returned, and the weights that the model has then.
        """
        given, *rest = _as_sent([model, *args])

        def action(namespace: Mapping[str, Any], name: str, *call: Any) -> object:
            return train_from(namespace, name, *call)

        with _naming_the_call(name, (model, *args), {}):
            made = self._guarded(action, name, given, list(start), rest, seconds=_TRAINING_SECONDS)
        return _trained_given(name, made, start)

    def descend(self, descent: Descent, reached: Sequence[np.ndarray]) -> Descended:
        """What `descent` reaches, and where `reached` stands beside it."""
        from autograder.jail.trainer import descended

        return measured(descended(descent.request(), descent.arrays(reached)))

    def predict(self, trained: Trained, images: np.ndarray) -> np.ndarray:
        """The class of each image (uint8, (images, 28, 28)) by a model that train() returned."""
        from autograder.jail.trainer import classes_by

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
                self._ended[name] = StudentCrash(_too_long(name, seconds))
                raise self._ended[name] from None
            stopped = _("You stopped the check while {name} was running").format(name=name)
            self._stopped = StudentCrash(stopped)
            raise self._stopped from None
        except BaseException as error:  # exit() and pytest.skip() are the student's, too
            message = _raised(name, type(error).__name__, exception_text(error))
            raise StudentCrash(message, student_traceback(error)) from None
        blobs: list[bytes] = []
        try:
            return values.decode(values.encode(result, blobs, describe), blobs, from_wire)
        except values.ValueRefused as refusal:
            raise _refused(name, refusal) from None


class JailStudent:
    """Calls functions of a notebook that was run in a jail; believes nothing of the replies."""

    def __init__(
        self,
        session: Session,
        limits: Limits,
        *,
        sandboxed: bool = True,
        lender: Lender | None = None,
    ) -> None:
        self._session = session
        self._lender = lender
        self._limits = limits
        self._sandboxed = sandboxed
        self._ended: dict[str, StudentCrash] = {}
        self.seen = Seen()

    def call(self, name: str, /, *args: object, **kwargs: object) -> object:
        """Call the student's function `name`; arguments and result are plain data."""
        return self._called(name, args, kwargs, self._limits.call_seconds)

    def train(self, name: str, /, *args: object) -> object:
        """What the student's `name` returns: a model with its weights, or other plain data."""
        seconds = self._limits.own_training_seconds
        return _with_weights(name, self._called(name, args, {}, seconds, training=True))

    def train_from(
        self, name: str, model: object, start: Sequence[np.ndarray], /, *args: object
    ) -> tuple[object, list[np.ndarray]]:
        """Call the student's `name` with a model that starts from given weights, and `args`.

        `model` is a handle. Returns what was returned, and the weights that the model has then.
        """
        seconds = self._limits.call_seconds
        made = self._called(name, (model, *args), {}, seconds, start=start)
        return _trained_given(name, made, start)

    def descend(self, descent: Descent, reached: Sequence[np.ndarray]) -> Descended:
        """What `descent` reaches, and where `reached` stands beside it."""
        return evaluator.descend(descent, reached, self._limits, sandboxed=self._sandboxed)

    def predict(self, trained: Trained, images: np.ndarray) -> np.ndarray:
        """The class of each image (uint8, (images, 28, 28)) by a model that train() returned."""
        return evaluator.predict(trained, images, self._limits, sandboxed=self._sandboxed)

    def value(self, name: str) -> object:
        """The value of the student's variable `name`, as plain data."""
        self._refuse_if_ended(name)
        with self._watched([]) as note:
            try:
                reply = self._session.value(name, self._lender)
            except Died as death:
                raise self._end(name, f"{name}: {death}") from None
            value = self._result(name, reply, self._limits.call_seconds)
            note(value)
        return value

    def handle(self, name: str, *args: object) -> values.Handle:
        """An argument that is the result of calling the student's `name` in place."""
        return values.Handle(name, args)

    def _watched(
        self, arguments: Sequence[object]
    ) -> AbstractContextManager[Callable[[object], None]]:
        """Let the lender, if there is one, see what the student's code returns."""
        if self._lender is None:
            return nullcontext(lambda returned: None)
        return self._lender.during(arguments)

    def _called(
        self,
        name: str,
        args: tuple[object, ...],
        kwargs: Mapping[str, object],
        seconds: float,
        *,
        training: bool = False,
        start: Sequence[np.ndarray] | None = None,
    ) -> object:
        """What a call of the student's `name` returned, and where it trains the weights, too."""
        with _naming_the_call(name, args, kwargs):
            self._refuse_if_ended(name)
            with self._watched([*args, *kwargs.values()]) as note:
                try:
                    reply = self._session.call(
                        name, args, kwargs, training=training, start=start, lender=self._lender
                    )
                except Died as death:
                    raise self._end(name, f"{name}: {death}") from None
                made = self._result(name, reply, seconds)
                trains = training or start is not None
                note(made[0] if trains and isinstance(made, list) and made else made)
        return made

    def _refuse_if_ended(self, name: str) -> None:
        """Do not spend the time limit again on a function that has used it up."""
        if name in self._ended:
            raise self._ended[name]

    def _end(self, name: str, message: str) -> StudentCrash:
        self._ended[name] = StudentCrash(message)
        return self._ended[name]

    def _result(self, name: str, reply: dict[str, Any], seconds: float) -> object:
        """The value in a reply; every field of it is checked, whatever sent it."""
        match reply:
            case {"value": data, "blobs": list() as blobs}:
                try:
                    return values.decode(data, blobs, from_wire)
                except values.ValueRefused as refusal:
                    raise _refused(name, refusal) from None
            case {"not_attempted": str() as why}:
                raise NotAttempted(why[:500] if why.startswith(name) else f"{name} {why[:500]}")
            case {"out_of_time": True}:
                raise self._end(name, _too_long(name, seconds))
            case {
                "raised": {
                    "type": str() as kind,
                    "message": str() as text,
                    "traceback": str() as trace,
                }
            }:
                raise StudentCrash(_raised(name, kind[:100], text[:2000]), trace[:20_000])
        raise StudentCrash(f"{name}: {_(NO_ANSWER)}")


def _raised(name: str, kind: str, message: str) -> str:
    return _("{name} raised {error}").format(name=name, error=f"{kind}: {message}")


def _too_long(name: str, seconds: float) -> str:
    limit = _("{name} took longer than {seconds:g} s and was stopped")
    return limit.format(name=name, seconds=seconds)


@contextlib.contextmanager
def _naming_the_call(
    name: str, args: tuple[object, ...], kwargs: Mapping[str, object]
) -> Iterator[None]:
    """Have a crash say which call it was, in a line of its own."""
    try:
        yield
    except StudentCrash as crash:
        call = _("in the call {call}").format(call=call_text(name, args, kwargs))
        raise StudentCrash(f"{crash.message}\n{call}", crash.traceback) from None


def _handles(arguments: object) -> Iterator[str]:
    """The names of functions of the student's that make arguments of a call."""
    if isinstance(arguments, values.Handle):
        yield arguments.name
        yield from _handles(arguments.args)
    elif isinstance(arguments, list | tuple):
        for argument in arguments:
            yield from _handles(argument)


def _refused(name: str, refusal: values.ValueRefused) -> Mismatch:
    called = _("called {call}").format(call=name)
    return Mismatch(f"{called}\n{_('returned {value}').format(value=refusal)}")


def _as_sent(arguments: list[object]) -> Any:
    """The arguments as a jail would receive them.

    Text is copied too, so that a comparison by `is`, which fails there, fails here as well.
    """
    blobs: list[bytes] = []
    return values.decode(json.loads(json.dumps(values.encode(arguments, blobs))), blobs)


def _with_weights(name: str, made: object) -> object:
    """The answer of a training: a pair of what was returned and its weights, checked."""
    if not isinstance(made, list) or len(made) != 2:
        raise StudentCrash(f"{name}: {_(NO_ANSWER)}")
    try:
        return with_weights(*made)
    except values.ValueRefused as refusal:
        raise _refused(name, refusal) from None


def _trained_given(
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
