"""The Student that check() gives to graders: it calls functions of the running notebook."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from autograder._util.i18n import gettext as _
from autograder.models.descent import Descended, Descent, DescentCache, measured
from autograder.models.model import Trained
from autograder.models.wire import from_wire
from autograder.results.outcome import NotAttempted, StudentCrash
from autograder.sandbox.guest.given_weights import set_seed, train_from
from autograder.sandbox.guest.keras_reader import describe, weights
from autograder.sandbox.guest.keras_recipe import resolved
from autograder.sandbox.protocol import values
from autograder.sandbox.protocol.calls import TRAINING_SEED, blank, invoke_watched, look_up
from autograder.sandbox.protocol.crashes import exception_text, student_traceback
from autograder.sandbox.protocol.effects import NO_EFFECTS, Returned
from autograder.sandbox.protocol.errors import ValueRefused
from autograder.sandbox.protocol.printed import Printed
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
from autograder.testing.watchdog import Watchdog
from autograder.testing.without_front_end import without_front_end

# Timeouts of one call in a notebook. They are several times those of grading, since a student's
# machine may be slower.
_CALL_SECONDS, _TRAINING_SECONDS = 60.0, 300.0
_descents = DescentCache()


class NotebookStudent:
    """Calls functions of a running notebook, in its own process.

    Arguments and results are encoded and decoded as in grading, so a test sees the same data in
    both places and a student's function cannot change a test's arrays.
    """

    def __init__(
        self,
        namespace: Mapping[str, Any],
        *,
        refuse: Callable[[str], None] = lambda name: None,
        constants: Sequence[str] = (),
        call_seconds: float = _CALL_SECONDS,
    ) -> None:
        """Look names up in `namespace`. The timeout `call_seconds` holds in the main thread only.

        `refuse` raises NotAttempted or StudentCrash for a name whose value is not the one that the
        notebook's cells define now, or whose cell failed. `constants` are variables that no call may
        change.
        """
        self._namespace = namespace
        self._refuse = refuse
        self._constants = constants
        self._call_seconds = call_seconds
        self._returned: Returned = {}
        self._timed_out: dict[str, StudentCrash] = {}
        self._interrupted: StudentCrash | None = None
        self.answer_log = AnswerLog()
        self.used_names: set[str] = set()
        self.effects = NO_EFFECTS
        self.printed = ""

    def call(self, name: str, /, *args: object, **kwargs: object) -> object:
        """Call the student's function `name`; arguments and result are plain data."""
        positional, keyword = _sandbox_copy([list(args), kwargs])
        self.effects = NO_EFFECTS
        with naming_the_call(name, args, kwargs):
            return self._guarded(self._watched, name, positional, keyword)

    def train(self, name: str, /, *args: object) -> object:
        """Call the student's `name` and return a Trained, if it returns a model, or plain data."""
        positional = _sandbox_copy(list(args))

        def action(namespace: Any, function: str, args: Any) -> object:
            look_up(namespace, function)  # without it, Keras need not be imported
            set_seed(TRAINING_SEED)
            returned = self._watched(namespace, function, args, {})
            return [returned, weights(returned)]

        self.effects = NO_EFFECTS
        with naming_the_call(name, args, {}):
            answer = self._guarded(action, name, positional, seconds=_TRAINING_SECONDS)
        return trained_model(name, answer)

    def train_from(
        self, name: str, model: object, start: Sequence[np.ndarray], /, *args: object
    ) -> tuple[object, list[np.ndarray]]:
        """Call the student's `name` with a model set to the weights `start`, and with `args`.

        `model` is a handle. Returns (what the function returned, the model's weights afterwards).
        """
        return self._train_from(name, model, start, args)[:2]

    def step_from(
        self, name: str, model: object, start: Sequence[np.ndarray], fit: Sequence[np.ndarray], /
    ) -> Stepped:
        """Call the student's `name` with a model set to `start`; train what it returns for one step.

        `model` is a handle, `fit` are images and one-hot rows. Another model is compiled and trained before:
        this one learns nothing if it shares that one's optimizer.
        """
        return self._train_from(name, model, start, (), list(fit))

    def descend(self, descent: Descent) -> Descended:
        """What `descent` comes past in this process."""
        from autograder.sandbox.guest.built_models import descended

        def follow() -> Descended:
            return measured(descent, descended(descent.request(), descent.arrays()))

        return _descents.get(descent, follow)

    def loss(self, descent: Descent, weights: Sequence[np.ndarray]) -> float:
        """The loss on the other images of `descent` with these weights."""
        from autograder.sandbox.guest.built_models import loss_of

        return loss_of(msgspec.to_builtins(descent.model), descent.loss_arrays(weights))

    def predict(self, trained: Trained, images: np.ndarray) -> np.ndarray:
        """The class that a model from train() predicts for each image (uint8, (images, 28, 28))."""
        from autograder.sandbox.guest.built_models import classes_by

        classes: np.ndarray = classes_by(
            msgspec.to_builtins(trained.model), trained.weights, images
        )
        return classes

    def value(self, name: str) -> object:
        """The value of the student's variable `name`, as plain data."""
        return self._guarded(look_up, name)

    def handle(self, name: str, *args: object) -> values.Handle:
        """An argument of call() or train_from(): the result of the student's `name(*args)`."""
        return values.Handle(name, args)

    def _watched(self, namespace: Any, function: str, args: Any, kwargs: Any) -> object:
        """Call a function of the notebook, and keep the effects of the call."""
        result, self.effects = invoke_watched(
            namespace, function, args, kwargs, self._constants, self._returned
        )
        return result

    def _train_from(
        self,
        name: str,
        model: object,
        start: Sequence[np.ndarray],
        args: tuple[object, ...],
        fit: list[np.ndarray] | None = None,
    ) -> Stepped:
        model_copy, *rest = _sandbox_copy([model, *args])

        def action(namespace: Any, function: str, handle: Any) -> object:
            set_seed(TRAINING_SEED)
            result, self.effects = train_from(
                namespace, function, handle, start, rest, fit, self._constants, self._returned
            )
            return result

        self.effects = NO_EFFECTS
        with naming_the_call(name, (model, *args), {}):
            answer = self._guarded(action, name, model_copy, seconds=_TRAINING_SECONDS)
        return trained_given(name, answer, start)

    def _guarded(
        self, action: Any, name: str, *rest: object, seconds: float | None = None
    ) -> object:
        self.printed = ""
        functions = [name, *functions_of_handles(rest)]
        self.used_names.update(functions)
        if crash := self._interrupted or self._timed_out.get(name):
            raise crash
        for function in functions:
            self._refuse(function)
        seconds = seconds or self._call_seconds
        watchdog, printed = Watchdog(seconds), Printed()
        blobs: list[bytes] = []
        try:
            # Shown below a test that fails; the output of fit() and a forgotten print() are not.
            with without_front_end(printed), watchdog:
                # In time too: to describe an own layer, its code is called.
                encoded = values.encode(
                    resolved(action(self._namespace, name, *rest)), blobs, describe
                )
        except ValueRefused as refusal:
            raise refused(name, refusal) from None
        except NotImplementedError as error:
            raise NotAttempted(f"{name} {blank(self._namespace, name, error)}") from None
        except NotAttempted:
            raise
        except KeyboardInterrupt:
            if watchdog.expired:
                self._timed_out[name] = StudentCrash(too_long(name, seconds))
                raise self._timed_out[name] from None
            stopped = _("You stopped the check while {name} was running").format(name=name)
            self._interrupted = StudentCrash(stopped)
            raise self._interrupted from None
        except BaseException as error:  # the student's exit() and pytest.skip() are crashes too
            message = raised(name, type(error).__name__, exception_text(error))
            raise StudentCrash(message, student_traceback(error)) from None
        finally:
            self.printed = printed.text
        try:
            return values.decode(encoded, blobs, from_wire)
        except ValueRefused as refusal:
            raise refused(name, refusal) from None


def _sandbox_copy(arguments: list[object]) -> Any:
    """A copy of the arguments as a sandbox would receive them.

    Strings are copied too, so that a comparison by `is`, which fails in grading, fails here too.
    """
    blobs: list[bytes] = []
    return values.decode(json.loads(json.dumps(values.encode(arguments, blobs))), blobs)
