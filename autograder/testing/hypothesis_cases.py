"""Draw random test cases that depend on the seed alone, once in a process."""

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

# All students of a class get the same cases: a mistake costs everyone the same, and handing in
# again brings no luckier cases. Wrong solutions and mutants are tested with these very cases.
SEED = 0

# Cases are not stored between runs. Every setting that changes cases is listed: any other would
# come from the profile that Hypothesis chooses at import, and if the environment variable CI is
# set, that profile ignores the seed.
settings.register_profile(
    PROFILE,
    derandomize=False,
    backend="hypothesis",
    # Not "explain": after the smallest case is found, it takes several times as long as shrinking
    # to find out which arguments do not matter, for a text that is not shown to anybody.
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
    """In the block, Hypothesis's cases depend on its seed alone; its settings are restored after it.

    Hypothesis sometimes draws a constant of an imported module, as likely to find a bug. Which
    modules are imported depends on what the process graded before, and a student's cases must
    not. Hypothesis has no setting for it, so its private function is replaced.
    """
    profile, get_constants = settings.get_current_profile_name(), providers._get_local_constants
    settings.load_profile(PROFILE)
    providers._get_local_constants = Constants  # of no module
    providers.CONSTANTS_CACHE.cache.clear()
    try:
        yield
    finally:
        providers._get_local_constants = get_constants
        providers.CONSTANTS_CACHE.cache.clear()
        settings.load_profile(profile)


class CaseCache:
    """The cases that Hypothesis drew for the tests of one grader and seed, to be run again.

    Drawing a case takes longer than most tests take to run it. A test that passed has run all its
    cases, whichever student's answer it tested, so the next answer is tested with these cases. If
    it fails one, Hypothesis runs the test: it draws up to the same case and shrinks it.
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
        """Run a test with `@given`; raises what the test raises.

        If a stored case fails, `start_again` is called and Hypothesis draws the cases anew. Raises
        Flaky if none of those fails.
        """
        # Hypothesis documents this attribute for plugins that wrap a test.
        handle: Any = test.hypothesis  # type: ignore[attr-defined]
        inner, failed = handle.inner_test, None
        stored = _unpickled(self._cases.get(name, []))
        try:
            for case in stored:
                inner(**fixtures, **case)
        except Exception as failure:
            start_again()
            failed = failure
        if stored and failed is None:
            return
        passed: list[bytes] = []

        @wraps(inner)
        def recording(**arguments: Any) -> None:
            case = _pickled({key: arguments[key] for key in arguments.keys() - fixtures.keys()})
            inner(**arguments)
            passed.append(case)

        handle.inner_test = recording
        try:
            test(**fixtures)
        finally:
            handle.inner_test = inner
        if failed is not None:
            raise Flaky("a case that failed passes when it is met again") from failed
        if all(passed):
            self._cases[name] = passed


# Pickled, a case stays as drawn if a test changes it. Unpickled, it has the current classes of its
# grader, whose module is imported anew for each run.
def _pickled(case: dict[str, Any]) -> bytes:
    """A case as bytes; empty if it cannot be pickled, or draws more values while the test runs."""
    if any(isinstance(value, DataObject) for value in case.values()):
        return b""
    try:
        return pickle.dumps(case)
    except (pickle.PicklingError, TypeError, AttributeError):
        return b""


def _unpickled(cases: list[bytes]) -> list[dict[str, Any]]:
    try:
        return [pickle.loads(case) for case in cases]  # noqa: S301  # made above, in this process
    except (pickle.UnpicklingError, TypeError, AttributeError, ImportError):
        return []
