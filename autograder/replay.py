"""Random cases that were drawn once, tried on the next student without being drawn anew.

Hypothesis takes longer to draw a case than a test takes to try it. What it draws depends on the
seed alone as long as all cases pass, so what one student has passed is what the next one with the
same seed meets. Where a case does not pass, Hypothesis does the whole test from the start: it finds
the smallest case that fails and says of it what it always says.
"""

from __future__ import annotations

import copy
import functools
import inspect
from typing import Any, NamedTuple

import pytest
from hypothesis import is_hypothesis_test

from autograder.expect import Student

_Cases = list[dict[str, Any]]


class _Key(NamedTuple):
    path: str
    changed: int  # a grader that is edited has other tests
    name: str
    seed: int


_passed: dict[_Key, _Cases] = {}


class Replay:
    """A plugin for a run of grader tests on one student, beside the GraderPlugin."""

    def __init__(self, student: Student, seed: int) -> None:
        self._student = student
        self._seed = seed

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool | None:
        """Try the cases that are known, or else note those that Hypothesis draws."""
        test: Any = pyfuncitem.obj
        if not is_hypothesis_test(test):
            return None
        fixtures = {name: pyfuncitem.funcargs[name] for name in inspect.signature(test).parameters}
        changed = pyfuncitem.path.stat().st_mtime_ns
        key = _Key(str(pyfuncitem.path), changed, pyfuncitem.name, self._seed)
        if key not in _passed:
            drawn = _noting(test, set(fixtures))
            test(**fixtures)
            _passed[key] = drawn
        elif not self._passes(pyfuncitem, fixtures, _passed[key]):
            test(**fixtures)
        return True

    def _passes(self, item: pytest.Function, fixtures: dict[str, Any], cases: _Cases) -> bool:
        test: Any = item.obj
        shown = len(item.user_properties)
        try:
            for case in copy.deepcopy(cases):
                test.hypothesis.inner_test(**fixtures, **case)
        except (Exception, pytest.fail.Exception, pytest.skip.Exception):
            # Hypothesis meets it again, and it is judged there.
            del item.user_properties[shown:]
            self._student.seen.reset()
            return False
        return True


def _noting(test: Any, fixtures: set[str]) -> _Cases:
    """The list to which the cases that pass will be added when `test` is called."""
    inner, passed = test.hypothesis.inner_test, _Cases()

    @functools.wraps(inner)
    def noting(**arguments: Any) -> None:
        drawn = {name: value for name, value in arguments.items() if name not in fixtures}
        case = copy.deepcopy(drawn)  # as it was before the test had it
        inner(**arguments)
        passed.append(case)

    test.hypothesis.inner_test = noting  # which Hypothesis lets plugins do
    return passed
