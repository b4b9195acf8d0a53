"""State what a student's function must return, and raise Mismatch with a readable message."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder._util.i18n import N_
from autograder._util.i18n import gettext as _
from autograder.results.outcome import Mismatch
from autograder.results.pictures import Picture
from autograder.sandbox.protocol import values
from autograder.sandbox.protocol.effects import NO_EFFECTS, Effects
from autograder.sandbox.protocol.values import Opaque
from autograder.testing.common_help import NOTHING_RETURNED, WRONG_DTYPE, common_help
from autograder.testing.compare import difference
from autograder.testing.diagnosis import Mistakes
from autograder.testing.formatting import call_text, labelled, show
from autograder.testing.oracle_checks import oracle_is_asked
from autograder.testing.student import Student
from autograder.testing.unwanted_changes import unwanted_change

_ORACLE_ATOL = 1e-4  # Keras, the oracle, computes in single precision


class Expectation:
    """A value that the student's code returned, to be compared.

    `expect` and `expect_value` make expectations; a grader makes one itself to compare a part of an
    answer.

    Args:
        student: the fixture of that name.
        name: what the diagnosis groups answers by.
        called: makes the message's first line, which says what was called.
        returned: the value, which is an attribute too.
        effects: what the call changed, `student.effects` after it.
        result_line: the message's next line, with {value} in place of the value.

    Example:
        Expectation(student, "prepare: labels", lambda: "called prepare(...)", labels, student.effects)

    """

    def __init__(
        self,
        student: Student,
        name: str,
        called: Callable[[], str],
        returned: object,
        effects: Effects = NO_EFFECTS,
        result_line: str = N_("returned {value}"),
    ) -> None:
        self._student = student
        self._name = name
        self._called = called
        self._effects = effects
        self._result_line = result_line
        self.returned = returned

    def returns(
        self,
        expected: object,
        mistakes: Mistakes | None = None,
        *,
        rtol: float = 1e-5,
        atol: float = 1e-6,
        draw: Callable[[object], Picture | None] | None = None,
        oracle: Callable[[], object] | None = None,
        new: bool = False,
        exact_dtype: bool = False,
        ints: bool = False,
    ) -> None:
        """Raise Mismatch unless the answer equals `expected`.

        Args:
            expected: the right value. Shapes are compared first, then types, then values.
            mistakes: help text -> what a student who makes that mistake would have returned, or a
                function returning such a mapping, called only for a wrong answer. Help is given
                only if exactly one mistake explains every answer of this test.
            rtol: tolerance of floating point numbers, as a share of the expected number.
            atol: a further tolerance, as a share of the largest number in the expected array, or
                absolute if that is 0.
            draw: makes a picture of a wrong answer from what was returned, or returns None.
            oracle: computes `expected` in another way, by Keras. If it disagrees with `expected`,
                the test ends as a grader error, not as a wrong answer.
            new: whether the result must not share memory with an argument.
            exact_dtype: whether an array must have the dtype of `expected`.
            ints: whether an array must hold ints, of any dtype.

        Raises:
            Mismatch: the answer is wrong, or the call changed an argument or a constant.
            AssertionError: within `asking_oracles`, the oracle disagrees with `expected`.
            TypeError: `expected` is of a type that does not cross from the student's process, such as
                a set; only a wrong answer of that type shows it.

        Example:
            expect(student, "pool_output_size", 7, 3).returns(2, {HELP["ceil"]: 3})

        """
        self._student.answer_log.note(self._name, self.returned, mistakes or {})
        line = difference(self.returned, expected, rtol=rtol, atol=atol)
        if isinstance(self.returned, Opaque):
            _refuse_what_is_never_returned(expected, self.returned.type_name)

        def dispute() -> str:
            if oracle is None or difference(other := oracle(), expected, atol=_ORACLE_ATOL) is None:
                return ""
            return f"{self._called()}\nthe reference has {show(expected)}\nthe oracle {show(other)}"

        if oracle_is_asked() and (disputed := dispute()):
            raise AssertionError(disputed)
        if line is None:
            self.changes_nothing(new=new)
            if exact_dtype or ints:
                self._refuse_other_dtype(expected, ints=ints)
            return
        lines = [*self._call_lines(), labelled(_("expected {value}"), show(expected))]
        if line:
            lines.append(line)
        picture = draw(self.returned) if draw else None
        raise Mismatch(
            "\n".join(lines),
            self._help(expected),
            pictures=(picture,) if picture else (),
            dispute=dispute,
        )

    def _help(self, expected: object) -> str | None:
        """The help for a wrong answer: that of the diagnosed mistake, or else the common help."""
        diagnosis = self._student.answer_log.diagnosis(self._name)
        if self.returned is None and expected is not None:
            return NOTHING_RETURNED  # even if a known mistake would return None
        return diagnosis or common_help(self.returned, expected)

    def changes_nothing(self, *, new: bool = False) -> None:
        """Raise Mismatch if the call changed something; `returns` does this too.

        Args:
            new: whether the result must not share memory with an argument.

        Raises:
            Mismatch: the call changed an argument, a constant of the notebook or what its last call
                returned, or the result is not new.

        Example:
            expect(student, "split", images, labels).changes_nothing()

        """
        if change := unwanted_change(self._effects, new=new):
            raise Mismatch(f"{self._called()}\n{change.line}", change.help)

    def _refuse_other_dtype(self, expected: object, *, ints: bool) -> None:
        returned = self.returned
        if isinstance(returned, np.ndarray) and isinstance(expected, np.ndarray):
            if returned.dtype == expected.dtype or (ints and returned.dtype.kind in "iu"):
                return
            types = {"dtype": returned.dtype, "expected": expected.dtype}
            line = _("the dtype is {dtype}; expected {expected}").format(**types)
            raise Mismatch(f"{self._called()}\n{line}", WRONG_DTYPE)

    def satisfies(self, holds: bool, expected: str, help: str | None = None) -> None:
        """Raise Mismatch unless a condition holds, for answers that no single value can state.

        Args:
            holds: whether the answer is right.
            expected: completes the sentence "expected ..." of the message.
            help: the help text for this mistake.

        Raises:
            Mismatch: `holds` is false.

        Example:
            answer.satisfies(isinstance(answer.returned, tuple), "two arrays", HELP["not-a-pair"])

        """
        if not holds:
            lines = [*self._call_lines(), _("expected {value}").format(value=expected)]
            help_text = NOTHING_RETURNED if self.returned is None else help
            raise Mismatch("\n".join(lines), help_text)

    def _call_lines(self) -> list[str]:
        """Two lines of the message: what was called, and what it returned."""
        return [self._called(), labelled(_(self._result_line), show(self.returned))]


def _refuse_what_is_never_returned(expected: object, returned_type: str) -> None:
    """Raise TypeError if an answer of the expected type is never equal, since it comes as a text."""
    data = values.encode(expected, [])
    if returned_type == type(expected).__name__ and isinstance(data, dict) and "$opaque" in data:
        raise TypeError(
            f"{show(expected)} can be no expected value: a {returned_type} like it comes from the "
            "student's process as a text alone. Ask for a tuple, a list, a dict, a text, a number or "
            "an array of numbers"
        )


def expect(student: Student, name: str, /, *args: object, **kwargs: object) -> Expectation:
    """Call a student's function and return its result as an Expectation.

    Args:
        student: the fixture of that name.
        name: the function's name in the notebook.
        *args: positional arguments: numbers, strings, arrays, lists, tuples, dicts or handles.
        **kwargs: keyword arguments of the same types.

    Raises:
        NotAttempted: the blank is not filled in.
        StudentCrash: the function raised an exception, or used up its time.
        Mismatch: it returned what is not plain data.

    Example:
        expect(student, "pool_output_size", 7, 3).returns(2)

    """
    returned = student.call(name, *args, **kwargs)

    def called() -> str:
        return _("called {call}").format(call=call_text(name, args, kwargs))

    return Expectation(student, name, called, returned, student.effects)


def expect_value(student: Student, name: str) -> Expectation:
    """Return the value of a student's variable as an Expectation.

    Args:
        student: the fixture of that name.
        name: the variable's name in the notebook.

    Raises:
        NotAttempted: the notebook does not define the variable.
        Mismatch: the value is not plain data.

    Example:
        expect_value(student, "most_memory").returns("conv1")

    """
    returned = student.value(name)

    def called() -> str:
        return _("your {name}").format(name=name)

    return Expectation(student, name, called, returned, result_line=N_("holds {value}"))
