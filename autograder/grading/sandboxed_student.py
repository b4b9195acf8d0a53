"""The object through which grader tests call the student's code in a sandbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import msgspec
import numpy as np

from autograder._util.i18n import gettext as _
from autograder.models.descent import Descended, Descent
from autograder.models.model import Trained
from autograder.models.wire import from_wire
from autograder.results.outcome import NotAttempted, StudentCrash
from autograder.sandbox.host.exchange import Died
from autograder.sandbox.host.session import Session
from autograder.sandbox.protocol import values
from autograder.sandbox.protocol.calls import NO_ANSWER
from autograder.sandbox.protocol.effects import NO_EFFECTS, Effects
from autograder.sandbox.protocol.errors import ValueRefused
from autograder.sandbox.protocol.limits import Limits
from autograder.sandbox.protocol.printed import MAX_PRINTED
from autograder.sandbox.protocol.substitutes import SubstituteProvider
from autograder.testing.diagnosis import AnswerLog
from autograder.testing.student_answers import (
    Stepped,
    functions_of_handles,
    naming_the_call,
    raised,
    refused,
    too_long,
    trained_given,
    trained_model,
)
from autograder.training import client


class SandboxedStudent:
    """Calls functions of a notebook that ran in a sandbox. Checks every reply, which may be hostile."""

    def __init__(
        self,
        session: Session,
        limits: Limits,
        *,
        constants: Sequence[str] = (),
        sandboxed: bool = True,
        provider: SubstituteProvider | None = None,
    ) -> None:
        """`constants` are variables of the notebook that no call may change."""
        self._session = session
        self._provider = provider
        self._limits = limits
        self._constants = constants
        self._sandboxed = sandboxed
        self._ended: dict[str, StudentCrash] = {}
        self.answer_log = AnswerLog()
        self.used_names: set[str] = set()
        self.effects = NO_EFFECTS
        self.printed = ""

    @property
    def ended(self) -> frozenset[str]:
        """The functions that used up their time limit, or whose process ended."""
        return frozenset(self._ended)

    def call(self, name: str, /, *args: object, **kwargs: object) -> object:
        """Call the student's function `name`; arguments and result are plain data."""
        return self._call(name, args, kwargs, self._limits.call_seconds)

    def train(self, name: str, /, *args: object) -> object:
        """What the student's `name` returns: a model with its weights, or other plain data."""
        seconds = self._limits.own_training_seconds
        return trained_model(name, self._call(name, args, {}, seconds, training=True))

    def train_from(
        self, name: str, model: object, start: Sequence[np.ndarray], /, *args: object
    ) -> tuple[object, list[np.ndarray]]:
        """Call the student's `name` with a model that starts from the weights `start`, and `args`.

        `model` is a handle. Returns the return value, and the weights that the model has then.
        """
        seconds = self._limits.call_seconds
        result = self._call(name, (model, *args), {}, seconds, start=start)
        return trained_given(name, result, start)[:2]

    def step_from(
        self, name: str, model: object, start: Sequence[np.ndarray], fit: Sequence[np.ndarray], /
    ) -> Stepped:
        """Call the student's `name` with a model set to `start`; train what it returns for one step.

        `model` is a handle, `fit` are images and one-hot rows. Another model takes such a step before.
        """
        seconds = self._limits.call_seconds
        result = self._call(name, (model,), {}, seconds, start=start, fit=fit)
        return trained_given(name, result, start)

    def descend(self, descent: Descent) -> Descended:
        """What `descent` comes past in the training worker."""
        return client.descend(descent, self._limits, sandboxed=self._sandboxed)

    def loss(self, descent: Descent, weights: Sequence[np.ndarray]) -> float:
        """The loss on the other images of `descent` with these weights."""
        return client.loss(descent, weights, self._limits, sandboxed=self._sandboxed)

    def predict(self, trained: Trained, images: np.ndarray) -> np.ndarray:
        """The class of each image (uint8, (images, 28, 28)) by a model that train() returned."""
        return client.predict(trained, images, self._limits, sandboxed=self._sandboxed)

    def value(self, name: str) -> object:
        """The value of the student's variable `name`, as plain data."""
        self.printed = ""
        self.used_names.add(name)
        self._refuse_if_ended(name)
        with self._watched([]) as note:
            try:
                reply = self._session.value(name, self._provider)
            except Died as death:
                raise self._end(name, f"{name}: {death}") from None
            value = self._result(name, reply, self._limits.call_seconds)
            note(value)
        return value

    def handle(self, name: str, *args: object) -> values.Handle:
        """An argument that stands for the result of calling the student's `name` in the sandbox."""
        return values.Handle(name, args)

    def _watched(
        self, arguments: Sequence[object]
    ) -> AbstractContextManager[Callable[[object], None]]:
        """Show the provider, if there is one, what the student's code returns."""
        if self._provider is None:
            return nullcontext(lambda returned: None)
        return self._provider.during(arguments)

    def _call(
        self,
        name: str,
        args: tuple[object, ...],
        kwargs: Mapping[str, object],
        seconds: float,
        *,
        training: bool = False,
        start: Sequence[np.ndarray] | None = None,
        fit: Sequence[np.ndarray] | None = None,
    ) -> object:
        """What a call of the student's `name` returned; if it trains, the weights too."""
        self.printed = ""
        self.used_names |= {name, *functions_of_handles([args, kwargs])}
        with naming_the_call(name, args, kwargs):
            self._refuse_if_ended(name)
            with self._watched([*args, *kwargs.values()]) as note:
                try:
                    reply = self._session.call(
                        name,
                        args,
                        kwargs,
                        training=training,
                        start=start,
                        fit=fit,
                        constants=self._constants,
                        provider=self._provider,
                    )
                except Died as death:
                    raise self._end(name, f"{name}: {death}") from None
                self.effects = _effects(name, reply.get("effects", {}))
                self.printed = _printed(reply.get("printed"))
                result = self._result(name, reply, seconds)
                trains = training or start is not None
                note(result[0] if trains and isinstance(result, list) and result else result)
        return result

    def _refuse_if_ended(self, name: str) -> None:
        """Raise at once for a function that has used up the time limit: do not spend the limit again."""
        if name in self._ended:
            raise self._ended[name]

    def _end(self, name: str, message: str) -> StudentCrash:
        self._ended[name] = StudentCrash(message)
        return self._ended[name]

    def _result(self, name: str, reply: dict[str, Any], seconds: float) -> object:
        """The value in a reply. The student's code may have forged the reply, so every field is checked."""
        match reply:
            case {"value": data, "blobs": list() as blobs}:
                try:
                    return values.decode(data, blobs, from_wire)
                except ValueRefused as refusal:
                    raise refused(name, refusal) from None
            case {"not_attempted": str() as reason}:
                raise NotAttempted(
                    reason[:500] if reason.startswith(name) else f"{name} {reason[:500]}"
                )
            case {"out_of_time": True}:
                raise self._end(name, too_long(name, seconds))
            case {
                "raised": {
                    "type": str() as type_name,
                    "message": str() as message,
                    "traceback": str() as stack,
                }
            }:
                raise StudentCrash(raised(name, type_name[:100], message[:2000]), stack[:20_000])
        raise StudentCrash(f"{name}: {_(NO_ANSWER)}")


def _printed(data: object) -> str:
    """What a call printed as its reply tells it, cut: it comes from the student's process."""
    return data[-MAX_PRINTED:] if isinstance(data, str) else ""


def _effects(name: str, data: object) -> Effects:
    """The effects of a call as its reply tells them, checked: they come from the student's process."""
    try:
        return msgspec.convert(data, Effects)
    except msgspec.ValidationError:
        raise StudentCrash(f"{name}: {_(NO_ANSWER)}") from None
