"""Random test cases that depend on the seed alone, so that the same grade comes out again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

PROFILE = "grading"

# Seeded by the submission, not stored between runs. Every setting that changes cases is named:
# what is not would come from the profile that Hypothesis chose at its import, and on a machine
# with CI set that one ignores the seed.
settings.register_profile(
    PROFILE,
    derandomize=False,
    backend="hypothesis",
    phases=tuple(Phase),
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
