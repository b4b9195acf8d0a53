"""Count the time that a submission uses, over all its processes, and what remains."""

from __future__ import annotations

import time
from typing import NamedTuple

from autograder.sandbox.host.processor_time import Meter
from autograder.sandbox.protocol.limits import WALL_FACTOR

_MEASURED_EVERY = 5.0  # seconds; reading a meter takes longer than most calls


class Spent(NamedTuple):
    """Seconds of processor time and of wall-clock time."""

    processor: float
    wall: float


NOTHING = Spent(0.0, 0.0)


class SubmissionTime:
    """Adds up the time of a submission's processes, one after the other."""

    def __init__(self, seconds: float, spent: Spent = NOTHING) -> None:
        """Allow `seconds` of processor time, and WALL_FACTOR times as many of wall-clock time."""
        self._seconds = seconds
        self._meter: Meter | None = None
        self._measured = 0.0  # the meter's value that `spent` includes
        self._measured_at = 0.0
        self.spent = spent

    def begin(self, meter: Meter) -> None:
        """Count the time of a process from now on. Its start so far does not count."""
        self._meter = meter
        self._measured, self._measured_at = meter.used(), time.monotonic()

    def end(self) -> None:
        """Count the time of the process, which must still exist, for the last time."""
        self.measure()
        self._meter = None

    def passed(self, seconds: float) -> None:
        """Add wall-clock time spent waiting for an answer."""
        self.spent = self.spent._replace(wall=self.spent.wall + seconds)

    def left(self) -> Spent:
        """The remaining time, by a measurement that may be some seconds old."""
        if time.monotonic() > self._measured_at + _MEASURED_EVERY:
            self.measure()
        return Spent(
            self._seconds - self.spent.processor, self._seconds * WALL_FACTOR - self.spent.wall
        )

    def measure(self) -> None:
        """Add the time that the process has used since the last measurement."""
        if self._meter is None:
            return
        used = self._meter.used()
        processor = self.spent.processor + used - self._measured
        self.spent = self.spent._replace(processor=processor)
        self._measured, self._measured_at = used, time.monotonic()
