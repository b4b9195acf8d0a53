"""How a grader states an expectation, and how a broken one reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

import numpy as np

from autograder.jail.values import Opaque
from autograder.language import gettext as _
from autograder.model import Trained
from autograder.outcome import Mismatch
from autograder.picture import Picture
from autograder.show import call_text, show


class Student(Protocol):
    """The student's work as a grader sees it: the notebook itself, or a proxy into the jail.

    Both raise NotAttempted for a blank and StudentCrash where the student's code fails.
    """

    seen: Seen

    def call(self, name: str, /, *args: object, **kwargs: object) -> object:
        """Call the student's function `name`; arguments and result are plain data."""

    def train(self, name: str, /, *args: object) -> object:
        """What the student's `name` returns: a model with its weights, or other plain data."""

    def predict(self, trained: Trained, images: np.ndarray) -> np.ndarray:
        """The class of each image (uint8, (images, 28, 28)) by a model that train() returned."""

    def value(self, name: str) -> object:
        """The value of the student's variable `name`, as plain data."""

    def handle(self, name: str, *args: object) -> object:
        """An argument that is the result of calling the student's `name` in place."""


class Seen:
    """Which recognizable mistakes explain every answer seen so far in one test."""

    def __init__(self) -> None:
        self._explains: dict[str, dict[str, bool]] = defaultdict(dict)

    def reset(self) -> None:
        """Forget everything: a new test begins."""
        self._explains.clear()

    def note(self, name: str, returned: object, mistakes: Mapping[str, object]) -> None:
        """Hold `returned` against what each mistake would have returned."""
        explains = self._explains[name]
        for help_text, wrong in mistakes.items():
            explains[help_text] = (
                explains.get(help_text, True) and difference(returned, wrong) is None
            )

    def diagnosis(self, name: str, mistakes: Mapping[str, object]) -> str | None:
        """The help of the one mistake that explains all answers; None for none or several."""
        fitting = [text for text in mistakes if self._explains[name].get(text)]
        return fitting[0] if len(fitting) == 1 else None


class Expectation:
    """What came back from the student, about to be compared."""

    def __init__(self, student: Student, name: str, called: str, returned: object) -> None:
        self._student = student
        self._name = name
        self._called = called
        self.returned = returned

    def returns(
        self,
        expected: object,
        mistakes: Mapping[str, object] | None = None,
        *,
        rtol: float = 1e-5,
        atol: float = 1e-6,
        draw: Callable[[object], Picture | None] = lambda returned: None,
    ) -> None:
        """Raise Mismatch unless the answer equals `expected`.

        `mistakes` maps a help text to what a student who makes that mistake would have
        returned here. The help is given only if that one mistake, and no other, explains
        every answer of this test. Shapes are compared exactly, then types, then values
        (floating point within `rtol` and `atol`, as numpy.isclose). `draw` makes a picture of a
        wrong answer, where one says more.
        """
        mistakes = mistakes or {}
        self._student.seen.note(self._name, self.returned, mistakes)
        wrong = difference(self.returned, expected, rtol=rtol, atol=atol)
        if wrong is None:
            return
        lines = [*self._said(), _("expected {value}").format(value=show(expected))]
        if wrong:
            lines.append(wrong)
        picture = draw(self.returned)
        raise Mismatch(
            "\n".join(lines),
            self._student.seen.diagnosis(self._name, mistakes),
            pictures=(picture,) if picture else (),
        )

    def satisfies(self, holds: bool, expected: str, help: str | None = None) -> None:
        """Raise Mismatch unless `holds`; `expected` completes the sentence "expected ..."."""
        if not holds:
            lines = [*self._said(), _("expected {value}").format(value=expected)]
            raise Mismatch("\n".join(lines), help)

    def _said(self) -> list[str]:
        """What was called and what came back, in a line each."""
        return [self._called, _("returned {value}").format(value=show(self.returned))]


def expect(student: Student, name: str, /, *args: object, **kwargs: object) -> Expectation:
    """Call the student's function `name` and hold what it returns for comparison."""
    returned = student.call(name, *args, **kwargs)
    called = _("called {call}").format(call=call_text(name, args, kwargs))
    return Expectation(student, name, called, returned)


def expect_value(student: Student, name: str) -> Expectation:
    """Take the student's variable `name` for comparison."""
    return Expectation(student, name, _("your {name}").format(name=name), student.value(name))


def difference(
    returned: object, expected: object, *, rtol: float = 1e-5, atol: float = 1e-6
) -> str | None:
    """None where `returned` is as good as `expected`; otherwise what differs, in one line.

    The line is empty where showing the two values already says it all. An array without axes
    is as good as the number in it.
    """
    if isinstance(returned, np.ndarray) and not isinstance(expected, np.ndarray):
        returned = returned[()]  # an array that has axes stays as it is
    if isinstance(expected, np.ndarray):
        return _array_difference(returned, expected, rtol, atol)
    if isinstance(expected, tuple | list):
        return _sequence_difference(returned, expected, rtol, atol)
    if isinstance(expected, dict):
        if not isinstance(returned, dict) or returned.keys() != expected.keys():
            return _type_line(returned, expected)
        pairs = [(returned[key], expected[key]) for key in expected]
        return _first_difference(pairs, rtol, atol)
    if isinstance(expected, bool) or expected is None or isinstance(expected, str):
        same = type(returned) is type(expected) and returned == expected
        return None if same else _type_line(returned, expected)
    if isinstance(expected, int | np.integer):
        if isinstance(returned, int | np.integer) and not isinstance(returned, bool):
            return None if int(returned) == int(expected) else ""
        return _type_line(returned, expected)
    if isinstance(expected, float | np.floating):
        if isinstance(returned, int | float | np.integer | np.floating) and not isinstance(
            returned, bool
        ):
            return None if bool(np.isclose(float(returned), float(expected), rtol, atol)) else ""
        return _type_line(returned, expected)
    return None if returned == expected else _type_line(returned, expected)


def _array_difference(
    returned: object, expected: np.ndarray, rtol: float, atol: float
) -> str | None:
    if not isinstance(returned, np.ndarray):
        return _type_line(returned, expected)
    if returned.shape != expected.shape:
        shapes = {"shape": returned.shape, "expected": expected.shape}
        return _("the shape is {shape}; expected shape {expected}").format(**shapes)
    if returned.dtype.kind not in "iuf" and returned.dtype.kind != expected.dtype.kind:
        types = {"type": returned.dtype, "expected": expected.dtype}
        return _("the array holds {type}; expected numbers such as {expected}").format(**types)
    wrong = ~np.isclose(returned.astype(float), expected.astype(float), rtol, atol)
    if not wrong.any():
        return None
    at = tuple(int(i) for i in np.argwhere(wrong)[0])
    return _(
        "{wrong} of {all} values differ; the first at index {index}: {value} instead of {expected}"
    ).format(
        wrong=int(wrong.sum()),
        all=wrong.size,
        index=at,
        value=show(returned[at]),
        expected=show(expected[at]),
    )


def _sequence_difference(
    returned: object, expected: tuple[object, ...] | list[object], rtol: float, atol: float
) -> str | None:
    if not isinstance(returned, tuple | list):
        return _type_line(returned, expected)
    if len(returned) != len(expected):
        lengths = {"length": len(returned), "expected": len(expected)}
        return _("it has length {length}; expected length {expected}").format(**lengths)
    return _first_difference(zip(returned, expected, strict=True), rtol, atol)


def _first_difference(
    pairs: Iterable[tuple[object, object]], rtol: float, atol: float
) -> str | None:
    """What differs in the first pair (returned, expected) that does."""
    for got, want in pairs:
        wrong = difference(got, want, rtol=rtol, atol=atol)
        if wrong is not None:
            return wrong
    return None


def _type_line(returned: object, expected: object) -> str:
    got, want = type(returned).__name__, type(expected).__name__
    if isinstance(returned, Opaque):
        got = returned.type_name
    if got == want:
        return ""
    return _("the type is {type}; expected {expected}").format(type=got, expected=want)
