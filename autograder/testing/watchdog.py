"""A timeout for a student's function that runs in the notebook's own process."""

from __future__ import annotations

import _thread
import signal
import threading
from types import FrameType
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
        self._active = self._interrupted_late = False
        self.expired = False

    def __enter__(self) -> Watchdog:
        if threading.current_thread() is threading.main_thread():
            # SIGINT may be ignored: shells start background jobs so.
            self._handler = signal.signal(signal.SIGINT, self._interrupted)
            self._thread.start()
        self._active = True
        return self

    def __exit__(self, *_error: object) -> None:
        self._active = False
        self._over.set()
        if self._thread.ident is not None:
            self._thread.join()
            signal.signal(signal.SIGINT, self._handler or signal.SIG_DFL)
        if self._interrupted_late and not self.expired:  # a person's, which must not be lost
            raise KeyboardInterrupt

    def _interrupted(self, _signal: int, frame: FrameType | None) -> None:
        """Raise KeyboardInterrupt in the block, and never in the code that begins or ends the watch.

        On a busy machine an interrupt may arrive while the block ends. It would leave the thread running,
        and each further one would interrupt the code after the block.
        """
        if not self._active or (frame and frame.f_code.co_filename == __file__):
            self._interrupted_late = True
            return
        raise KeyboardInterrupt

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
