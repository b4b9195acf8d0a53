"""Ctrl-C that is not lost: Python drops an exception that is raised while it collects garbage."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # it exists for type checkers alone
    from sys import UnraisableHookArgs


@contextmanager
def noticed() -> Iterator[Callable[[], None]]:
    """Raise KeyboardInterrupt at Ctrl-C, as always; and what is yielded, called later, raises it too.

    Whoever calls that between two steps ends soon even where the first one went into a callback of
    the garbage collector. Where Ctrl-C means something else, or in another thread, nothing changes.
    """
    pressed = threading.Event()

    def press(number: int, frame: FrameType | None) -> None:
        pressed.set()
        signal.default_int_handler(number, frame)

    def check() -> None:
        if pressed.is_set():
            raise KeyboardInterrupt

    def tell(dropped: UnraisableHookArgs) -> None:
        if not issubclass(dropped.exc_type, KeyboardInterrupt):  # that one is not lost
            hook(dropped)

    usual = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if not usual or threading.current_thread() is not threading.main_thread():
        yield check
        return
    hook, sys.unraisablehook = sys.unraisablehook, tell
    signal.signal(signal.SIGINT, press)
    try:
        yield check
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.unraisablehook = hook
