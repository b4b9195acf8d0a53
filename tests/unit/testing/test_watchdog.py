"""A function that does not end is interrupted, one that swallows the interrupt too."""

import contextlib
import signal
import threading
import time

import pytest

from autograder.testing import watchdog as module
from autograder.testing.watchdog import Watchdog


def sleep_for_ever(swallow: int = 0) -> None:
    """Swallow so many interrupts, as a bare `except:` in a loop does."""
    while True:
        try:
            time.sleep(5)
        except KeyboardInterrupt:
            if swallow == 0:
                raise
            swallow -= 1


@pytest.mark.parametrize("swallow", [0, 2])
def test_what_does_not_end_is_interrupted_until_it_does(
    monkeypatch: pytest.MonkeyPatch, swallow: int
) -> None:
    monkeypatch.setattr(module, "_REPEAT_SECONDS", 0.05)
    watchdog = Watchdog(0.05)
    with pytest.raises(KeyboardInterrupt), watchdog:
        sleep_for_ever(swallow)
    assert watchdog.expired


def test_it_works_where_interrupts_are_ignored() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        watchdog = Watchdog(0.05)
        with pytest.raises(KeyboardInterrupt), watchdog:
            sleep_for_ever()
        assert watchdog.expired
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_an_interrupt_at_the_end_of_the_block_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_REPEAT_SECONDS", 0.0001)
    before = signal.getsignal(signal.SIGINT)
    for _ in range(200):
        with contextlib.suppress(KeyboardInterrupt), Watchdog(0.001):
            time.sleep(0.0009)
        assert signal.getsignal(signal.SIGINT) is before
        assert "check-timeout" not in {thread.name for thread in threading.enumerate()}


def test_what_ends_in_time_is_left_alone() -> None:
    with Watchdog(5) as watchdog:
        pass
    assert not watchdog.expired
    assert "check-timeout" not in {thread.name for thread in threading.enumerate()}


def test_a_persons_interrupt_is_told_from_it() -> None:
    watchdog = Watchdog(5)
    with pytest.raises(KeyboardInterrupt), watchdog:
        raise KeyboardInterrupt
    assert not watchdog.expired
