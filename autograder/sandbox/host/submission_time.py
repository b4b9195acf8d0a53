"""What is left of a submission's time, over all the processes that it is given."""

from __future__ import annotations

import time
from typing import NamedTuple

from autograder.sandbox.host.processor_time import Meter
from autograder.sandbox.protocol.limits import WALL_FACTOR

_MEASURED_EVERY = 5.0  # seconds: to read a meter takes longer than most calls


class Spent(NamedTuple):
    """Seconds of the processor, and of the wall clock."""

    processor: float
    wall: float


NOTHING = Spent(0.0, 0.0)


class SubmissionTime:
    """Adds up what the processes of a submission use, one after the other."""

    def __init__(self, seconds: float, spent: Spent = NOTHING) -> None:
        """`seconds` are of the processor; of the wall clock WALL_FACTOR times as many may pass."""
        self._seconds = seconds
        self._meter: Meter | None = None
        self._measured = 0.0  # by the meter, what is in `spent`
        self._measured_at = 0.0
        self.spent = spent

    def begin(self, meter: Meter) -> None:
        """Count what a process uses from now on, which has started: that is no work of its own."""
        self._meter = meter
        self._measured, self._measured_at = meter.used(), time.monotonic()

    def end(self) -> None:
        """Count what it has used, while it can still be seen, and no more."""
        self.measure()
        self._meter = None

    def passed(self, seconds: float) -> None:
        """So long was an answer waited for."""
        self.spent = self.spent._replace(wall=self.spent.wall + seconds)

    def left(self) -> Spent:
        """What is left, by what was measured some seconds ago."""
        if time.monotonic() > self._measured_at + _MEASURED_EVERY:
            self.measure()
        return Spent(
            self._seconds - self.spent.processor, self._seconds * WALL_FACTOR - self.spent.wall
        )

    def measure(self) -> None:
        """Add what the process has used since it was last looked at."""
        if self._meter is None:
            return
        used = self._meter.used()
        processor = self.spent.processor + used - self._measured
        self.spent = self.spent._replace(processor=processor)
        self._measured, self._measured_at = used, time.monotonic()
