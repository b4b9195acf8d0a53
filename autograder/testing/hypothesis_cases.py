"""Random test cases that depend on the seed alone, drawn once in a process."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any

from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis.errors import Flaky
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants
from hypothesis.strategies import DataObject

PROFILE = "grading"

# A class meets the same cases, so a mistake costs everyone the same, and nobody hands in one
# answer until its cases are lucky. Wrong solutions and mutants are judged by these very cases.
SEED = 0

# Not stored between runs. Every setting that changes cases is named:
# what is not would come from the profile that Hypothesis chose at its import, and on a machine
# with CI set that one ignores the seed.
settings.register_profile(
    PROFILE,
    derandomize=False,
    backend="hypothesis",
    # Not "explain": it goes on after the smallest case is found, for several times as long as
    # shrinking, to say which arguments do not matter, in a text that nobody is shown.
    phases=tuple(phase for phase in Phase if phase is not Phase.explain),
    stateful_step_count=50,
    verbosity=Verbosity.normal,
    max_examples=60,
    deadline=None,
    database=None,
    print_blob=False,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


@contextmanager
def seeded_cases() -> Iterator[None]:
    """Within this, Hypothesis's cases are those of its seed; afterwards all is as before.

    Now and then Hypothesis draws a number or a text that stands in an imported module, as
    likely to find a bug. Which modules are imported depends on what the process graded before,
    and so would a student's cases; Hypothesis has no setting for it.
    """
    profile, usual = settings.get_current_profile_name(), providers._get_local_constants
    settings.load_profile(PROFILE)
    providers._get_local_constants = Constants  # of no module
    providers.CONSTANTS_CACHE.cache.clear()
    try:
        yield
    finally:
        providers._get_local_constants = usual
        providers.CONSTANTS_CACHE.cache.clear()
        settings.load_profile(profile)


class CaseCache:
    """The cases that Hypothesis drew for the tests of one grader and seed, to be met again.

    Drawing a case takes longer than most tests do with it. A test that passed has met all its
    cases, whoever's answer it was, so the next answer meets these as they are. One that fails at
    a case goes before Hypothesis, which draws up to the same case and shrinks it.
    """

    def __init__(self) -> None:
        self._cases: dict[str, list[bytes]] = {}

    def replay(
        self,
        name: str,
        test: Callable[..., None],
        fixtures: Mapping[str, object],
        start_again: Callable[[], None],
    ) -> None:
        """Run a test with `@given`; raises what it raises.

        `start_again` is called before a case is met a second time. Raises Flaky if none of those
        that Hypothesis draws fails then.
        """
        # Hypothesis documents the attribute, for plugins that run a test in their own way.
        handle: Any = test.hypothesis  # type: ignore[attr-defined]
        inner, failed = handle.inner_test, None
        known = _unpickled(self._cases.get(name, []))
        try:
            for case in known:
                inner(**fixtures, **case)
        except Exception as failure:
            start_again()
            failed = failure
        if known and failed is None:
            return
        met: list[bytes] = []

        @wraps(inner)
        def noting(**arguments: Any) -> None:
            case = _pickled({key: arguments[key] for key in arguments.keys() - fixtures.keys()})
            inner(**arguments)
            met.append(case)

        handle.inner_test = noting
        try:
            test(**fixtures)
        finally:
            handle.inner_test = inner
        if failed is not None:
            raise Flaky("a case that failed passes when it is met again") from failed
        if all(met):
            self._cases[name] = met


# As bytes a case is as it was drawn, whatever a test does with it, and of the classes that its
# grader has now: the module is imported anew each time.
def _pickled(case: dict[str, Any]) -> bytes:
    """A case as bytes; none where it holds what cannot be kept, such as one that draws more."""
    if any(isinstance(value, DataObject) for value in case.values()):
        return b""
    try:
        return pickle.dumps(case)
    except (pickle.PicklingError, TypeError, AttributeError):
        return b""


def _unpickled(cases: list[bytes]) -> list[dict[str, Any]]:
    try:
        return [pickle.loads(case) for case in cases]  # noqa: S301  # our own, never left memory
    except (pickle.UnpicklingError, TypeError, AttributeError, ImportError):
        return []
