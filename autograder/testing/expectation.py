"""How a grader states an expectation, and how a broken one reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

import numpy as np

from autograder._util.i18n import N_
from autograder._util.i18n import gettext as _
from autograder.models.descent import Descended, Descent
from autograder.models.model import Trained
from autograder.results.outcome import Mismatch
from autograder.results.pictures import Picture
from autograder.sandbox.protocol.effects import NO_EFFECTS, Effects
from autograder.testing.compare import difference
from autograder.testing.diagnosis import Mistakes, Seen
from autograder.testing.formatting import call_text, show

_SINGLE = 1e-4  # what an oracle in single precision may differ by
_always_ask = ContextVar("always_ask", default=False)


class Student(Protocol):
    """The student's work as a grader sees it: the notebook itself, or a proxy into the sandbox.

    Both raise NotAttempted for a blank and StudentCrash where the student's code fails.
    """

    seen: Seen
    effects: Effects  # of the last call

    def call(self, name: str, /, *args: object, **kwargs: object) -> object:
        """Call the student's function `name`; arguments and result are plain data."""

    def train(self, name: str, /, *args: object) -> object:
        """What the student's `name` returns: a model with its weights, or other plain data."""

    def train_from(
        self, name: str, model: object, start: Sequence[np.ndarray], /, *args: object
    ) -> tuple[object, list[np.ndarray]]:
        """Call the student's `name` with a model that starts from given weights, and `args`.

        `model` is a handle. Returns what was returned, and the weights that the model has then.
        """

    def descend(self, descent: Descent, reached: Sequence[np.ndarray]) -> Descended:
        """What `descent` reaches, and where `reached` stands beside it."""

    def predict(self, trained: Trained, images: np.ndarray) -> np.ndarray:
        """The class of each image (uint8, (images, 28, 28)) by a model that train() returned."""

    def value(self, name: str) -> object:
        """The value of the student's variable `name`, as plain data."""

    def handle(self, name: str, *args: object) -> object:
        """An argument that is the result of calling the student's `name` in place."""


CHANGED_ARGUMENT = N_(
    "Your function changes what it was given. Its caller may still need that: work on a copy, such "
    "as image.copy() or list(values)."
)
CHANGED_CONSTANT = N_(
    "Your function changes a constant of the notebook, which other cells use. Work on a copy."
)
SHARED = N_(
    "The result is the argument itself or a part of it, so changing one changes the other. Make a new "
    "array, and write the values into it."
)
WRONG_DTYPE = N_(
    "The values are right, and their dtype is not. Give it to the new array: dtype=..."
)


class Expectation:
    """What came back from the student, about to be compared; `called` says what was called."""

    def __init__(
        self,
        student: Student,
        name: str,
        called: Callable[[], str],
        returned: object,
        effects: Effects = NO_EFFECTS,
    ) -> None:
        self._student = student
        self._name = name
        self._called = called
        self._effects = effects
        self.returned = returned

    def returns(
        self,
        expected: object,
        mistakes: Mistakes | None = None,
        *,
        rtol: float = 1e-5,
        atol: float = 1e-6,
        draw: Callable[[object], Picture | None] = lambda returned: None,
        oracle: Callable[[], object] | None = None,
        new: bool = False,
        exact_dtype: bool = False,
    ) -> None:
        """Raise Mismatch unless the answer equals `expected`.

        `mistakes` maps a help text to what a student who makes that mistake would have
        returned here, or is a function that returns such a mapping, called only for a wrong
        answer. The help is given only if that one mistake, and no other, explains
        every answer of this test. Shapes are compared exactly, then types, then values
        (floating point within `rtol` and `atol`, as numpy.isclose). `draw` makes a picture of a
        wrong answer, where one says more.

        A function that changed an argument or a constant of the notebook is wrong, whatever it
        returned. With `new` the result must not share memory with an argument, with `exact_dtype`
        an array must have the dtype of `expected`: for questions whose text promises it.

        `oracle` computes what is expected in another way, by Keras. Where it has anything but
        `expected`, no answer is called wrong: the Mismatch is disputed, and the grader at fault.
        Within `asking_oracles` right answers are held against it, too, and AssertionError raised.
        """
        self._student.seen.note(self._name, self.returned, mistakes or {})
        wrong = difference(self.returned, expected, rtol=rtol, atol=atol)

        def dispute() -> str:
            if oracle is None or difference(other := oracle(), expected, atol=_SINGLE) is None:
                return ""
            return f"{self._called()}\nthe reference has {show(expected)}\nthe oracle {show(other)}"

        if _always_ask.get() and (disputed := dispute()):
            raise AssertionError(disputed)
        if wrong is None:
            self._refuse_effects(new=new)
            if exact_dtype:
                self._refuse_other_dtype(expected)
            return
        lines = [*self._call_lines(), _("expected {value}").format(value=show(expected))]
        if wrong:
            lines.append(wrong)
        picture = draw(self.returned)
        raise Mismatch(
            "\n".join(lines),
            self._student.seen.diagnosis(self._name),
            pictures=(picture,) if picture else (),
            dispute=dispute,
        )

    def _refuse_effects(self, *, new: bool) -> None:
        """Raise Mismatch if the call changed something, or its result is no new value."""
        effects = self._effects
        if effects.arguments:
            places = ", ".join(str(place + 1) for place in effects.arguments)
            line = _("it changed its argument {place}; expected it as it was").format(place=places)
            raise Mismatch(f"{self._called()}\n{line}", CHANGED_ARGUMENT)
        if effects.constants:
            names = ", ".join(effects.constants)
            line = _("it changed {names}; expected it as it was").format(names=names)
            raise Mismatch(f"{self._called()}\n{line}", CHANGED_CONSTANT)
        if new and effects.shared:
            line = _("it returned its argument or a part of it; expected a new array")
            raise Mismatch(f"{self._called()}\n{line}", SHARED)

    def _refuse_other_dtype(self, expected: object) -> None:
        returned = self.returned
        if isinstance(returned, np.ndarray) and isinstance(expected, np.ndarray):
            if returned.dtype == expected.dtype:
                return
            types = {"dtype": returned.dtype, "expected": expected.dtype}
            line = _("the dtype is {dtype}; expected {expected}").format(**types)
            raise Mismatch(f"{self._called()}\n{line}", WRONG_DTYPE)

    def satisfies(self, holds: bool, expected: str, help: str | None = None) -> None:
        """Raise Mismatch unless `holds`; `expected` completes the sentence "expected ..."."""
        if not holds:
            lines = [*self._call_lines(), _("expected {value}").format(value=expected)]
            raise Mismatch("\n".join(lines), help)

    def _call_lines(self) -> list[str]:
        """What was called and what came back, in a line each."""
        return [self._called(), _("returned {value}").format(value=show(self.returned))]


def expect(student: Student, name: str, /, *args: object, **kwargs: object) -> Expectation:
    """Call the student's function `name` and hold what it returns for comparison."""
    returned = student.call(name, *args, **kwargs)

    def called() -> str:
        return _("called {call}").format(call=call_text(name, args, kwargs))

    return Expectation(student, name, called, returned, student.effects)


def expect_value(student: Student, name: str) -> Expectation:
    """Take the student's variable `name` for comparison."""
    return Expectation(
        student, name, lambda: _("your {name}").format(name=name), student.value(name)
    )


@contextmanager
def asking_oracles() -> Iterator[None]:
    """Within this, right answers are held against the oracle, too: to grade a grader, not students.

    For a student's right answer it would cost more than all the rest; Keras's is imported first.
    """
    token = _always_ask.set(True)
    try:
        yield
    finally:
        _always_ask.reset(token)
