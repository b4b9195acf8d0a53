"""A timeout for a student's function that runs in the notebook's own process."""

from __future__ import annotations

import _thread
import signal
import threading
from typing import Any

_REPEAT_SECONDS = 1.0  # until a function that swallowed the interrupt gets another


class Watchdog:
    """Raises KeyboardInterrupt in the main thread when the block has run for `seconds`.

    The front end's stop button does the same, and both work on any system, in Python code in the
    main thread. In other threads there is no timeout. `expired` says whether the interrupt came
    from this watchdog, and not from a person.

        with Watchdog(60) as watchdog:
            ...
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="check-timeout", daemon=True)
        self._handler: Any = None
        self.expired = False

    def __enter__(self) -> Watchdog:
        if threading.current_thread() is threading.main_thread():
            # SIGINT may be ignored: shells start background jobs so.
            self._handler = signal.signal(signal.SIGINT, signal.default_int_handler)
            self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        # An interrupt may arrive while the block ends. It must not reach the code after the block.
        try:
            self._over.set()
            if self._thread.ident is not None:
                self._thread.join()
        except KeyboardInterrupt:
            if not self.expired:
                raise
        finally:
            if self._thread.ident is not None:
                signal.signal(signal.SIGINT, self._handler or signal.SIG_DFL)

    def _watch(self) -> None:
        seconds = self._seconds
        while not self._over.wait(seconds):
            self.expired = True
            _interrupt_main_thread()
            seconds = _REPEAT_SECONDS


def _interrupt_main_thread() -> None:
    if hasattr(signal, "pthread_kill"):  # also ends a sleep
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
    else:  # Windows
        _thread.interrupt_main()
