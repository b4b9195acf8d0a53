"""Random test cases that depend on the seed alone, so that the same grade comes out again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider

PROFILE = "grading"

# Seeded by the submission, not stored between runs.
settings.register_profile(
    PROFILE,
    max_examples=60,
    deadline=None,
    database=None,
    print_blob=False,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


class SeededProvider(HypothesisProvider):
    """Hypothesis's own choices but for numbers and texts that stand in imported modules.

    Those it draws now and then, as likely to find a bug. Which modules are imported depends
    on what the process graded before, and so would a student's cases.
    """

    def _maybe_draw_constant(self, *args: Any, **kwargs: Any) -> None:
        return None


@contextmanager
def seeded_cases() -> Iterator[None]:
    """Within this, Hypothesis's cases are those of its seed; afterwards all is as before."""
    profile, provider = settings.get_current_profile_name(), AVAILABLE_PROVIDERS["hypothesis"]
    settings.load_profile(PROFILE)
    AVAILABLE_PROVIDERS["hypothesis"] = SeededProvider
    try:
        yield
    finally:
        AVAILABLE_PROVIDERS["hypothesis"] = provider
        settings.load_profile(profile)
