"""Do not lose Ctrl-C: Python drops exceptions that are raised in callbacks of the garbage collector."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # this name exists only for type checkers
    from sys import UnraisableHookArgs


@contextmanager
def noticed() -> Iterator[Callable[[], None]]:
    """Yield a function that raises KeyboardInterrupt if Ctrl-C was pressed; Ctrl-C also raises as usual.

    A caller that calls it between steps stops soon even if the first exception was lost in a
    callback of the garbage collector. With another SIGINT handler, or outside the main thread,
    nothing changes.
    """
    pressed = threading.Event()

    def on_sigint(number: int, frame: FrameType | None) -> None:
        pressed.set()
        signal.default_int_handler(number, frame)

    def check() -> None:
        if pressed.is_set():
            raise KeyboardInterrupt

    def on_unraisable(unraisable: UnraisableHookArgs) -> None:
        if not issubclass(unraisable.exc_type, KeyboardInterrupt):  # check() raises it later
            previous_hook(unraisable)

    is_default = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if not is_default or threading.current_thread() is not threading.main_thread():
        yield check
        return
    previous_hook, sys.unraisablehook = sys.unraisablehook, on_unraisable
    signal.signal(signal.SIGINT, on_sigint)
    try:
        yield check
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.unraisablehook = previous_hook
