"""A Ctrl-C that Python drops is noticed between two steps."""

import signal
import sys
import threading

import pytest

from autograder._util.interrupts import noticed


class Dropped:
    """Ctrl-C is pressed while it is collected: Python prints the exception and goes on."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


@pytest.mark.usefixtures("ctrl_c")
@pytest.mark.filterwarnings("error")
def test_what_was_dropped_is_raised_at_the_next_check() -> None:
    hook = sys.unraisablehook
    with noticed() as check:
        check()
        dropped = Dropped()
        del dropped
        with pytest.raises(KeyboardInterrupt):
            check()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert sys.unraisablehook is hook


@pytest.mark.usefixtures("ctrl_c")
def test_otherwise_it_is_raised_at_once() -> None:
    with pytest.raises(KeyboardInterrupt), noticed():
        signal.raise_signal(signal.SIGINT)


def test_where_ctrl_c_means_something_else_it_stays_so() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with noticed() as check:
            signal.raise_signal(signal.SIGINT)
            check()
    finally:
        signal.signal(signal.SIGINT, before)


def test_another_thread_sets_no_handler() -> None:
    finished = []

    def run() -> None:
        with noticed() as check:
            check()
            finished.append(True)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert finished
