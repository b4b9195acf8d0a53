"""Carried errors: what builds on a wrong answer is tried again with the reference's in its place.

The reference does not go into the jail for that. A function that is lent exists there as a
name that asks back: the call's arguments come out, the reference is called here, and what
it returned goes in, as checked plain data both ways. A student's model does not come out;
where a grader names an argument by the functions that make it, it is made here as well.
"""

from __future__ import annotations

import ast
import resource
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from autograder.authoring_checks import without_magics
from autograder.course import Assignment, Course
from autograder.jail import values
from autograder.jail.keras_data import describe
from autograder.jail.lent import Loan
from autograder.outcome import Status, TestOutcome, overall
from autograder.percent import read_cells

_LARGEST_LOAN = 1_000_000  # bytes of arrays in one call that comes out of the jail
_SECONDS, _MEMORY = 5.0, 2**30  # what one call may take, memory in bytes
_STATM = Path("/proc/self/statm")


class Lender:
    """Answers the calls of lent functions that come out of a jail."""

    def __init__(self, reference: object) -> None:
        self._reference = reference
        self.loan = Loan(frozenset(), "")
        self._asked: set[str] = set()
        self._in_vain = False

    def lend(self, loan: Loan) -> None:
        """From now on lend what `loan` says; nothing has been asked for yet."""
        self.loan = loan
        self._asked, self._in_vain = set(), False

    @property
    def used(self) -> tuple[str, ...]:
        """What was asked for; nothing where a call did not fit out of the jail.

        What came of such a try tells about the loan, not about the student.
        """
        return () if self._in_vain else tuple(sorted(self._asked))

    def answer(self, asked: Mapping[str, Any], blobs: list[bytes]) -> tuple[Any, list[bytes]]:
        """The frame that answers `asked`, which is attacker-written: a value or a refusal."""
        name, out = asked.get("ask"), list[bytes]()
        if not isinstance(name, str) or name not in self.loan.names:
            return {"refused": "this is not lent"}, out
        try:
            if sum(map(len, blobs)) > _LARGEST_LOAN:
                raise _InVain(f"{name} is lent for smaller arrays only")
            with _bounded():
                args, kwargs = values.decode(asked.get("arguments"), blobs)
                returned = self._call(name, args, kwargs)
            return {"value": values.encode(returned, out, describe)}, out
        except _InVain as refusal:
            self._in_vain = True
            return {"refused": str(refusal)}, []
        except Exception as error:  # the arguments are not ours: whatever comes of them goes back
            return {"refused": f"{name} raised {type(error).__name__}: {error}"[:1000]}, []

    def _call(self, name: str, args: Sequence[object], kwargs: Mapping[str, object]) -> object:
        """What the reference's function returns; a Handle among `args` is made by calling it."""
        if name in self.loan.names:
            self._asked.add(name)
        elif name not in self.loan.earlier:
            raise _InVain(f"{name} is not lent")
        named = {key: self._made(value) for key, value in kwargs.items()}
        return getattr(self._reference, name)(*map(self._made, args), **named)

    def _made(self, argument: object) -> object:
        match argument:
            case values.Handle():
                return self._call(argument.name, argument.args, {})
            case values.Opaque():
                raise _InVain(f"a {argument.type_name} does not come out of the jail")
        return argument


class _InVain(Exception):
    """A call that cannot be answered outside, through no mistake of the student's."""


@contextmanager
def _bounded() -> Iterator[None]:
    """Keep a call from taking long, or the memory of all: its arguments are a student's."""

    def over(signum: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"it took longer than {_SECONDS:g} s")

    limits = resource.getrlimit(resource.RLIMIT_AS)
    if _STATM.exists() and limits[0] == resource.RLIM_INFINITY:
        used = int(_STATM.read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + _MEMORY, limits[1]))
    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, _SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        resource.setrlimit(resource.RLIMIT_AS, limits)


def loans(
    course: Course, assignment: Assignment, outcomes: Sequence[TestOutcome]
) -> dict[str, Loan]:
    """For each question that did not pass, the functions of earlier ones that did not either."""
    functions = dict(_functions(course, assignment))
    lent = earlier = frozenset[str]()
    found = {}
    for question in assignment.questions:
        state = overall([outcome for outcome in outcomes if outcome.question == question.name])
        own = functions.get(question.blank, frozenset())
        if state not in (Status.PASSED, Status.GRADER_ERROR):
            if lent:
                found[question.name] = Loan(lent, question.blank, earlier)
            lent |= own
        earlier |= own
    return found


def carried(first: Sequence[TestOutcome], again: Sequence[TestOutcome]) -> list[TestOutcome]:
    """The outcomes of the first try, replaced where the second one was lent what it asked for."""
    second = {(o.question, o.hidden, o.title): o for o in again if o.carried}
    return [
        outcome
        if outcome.status is Status.PASSED
        else second.get((outcome.question, outcome.hidden, outcome.title), outcome)
        for outcome in first
    ]


def _functions(course: Course, assignment: Assignment) -> Iterator[tuple[str, frozenset[str]]]:
    """Each blank of the solution, and the functions that it defines."""
    for cell in read_cells(assignment.path, course.shown(assignment.path)):
        if cell.nbgrader is not None and cell.nbgrader.solution:
            body = ast.parse(without_magics(cell.source)).body
            names = frozenset(node.name for node in body if isinstance(node, ast.FunctionDef))
            yield cell.nbgrader.grade_id, names
