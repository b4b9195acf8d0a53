"""Requests to the process of a sandbox and its replies, within the limits of the submission."""

from __future__ import annotations

import time
from typing import Any

from autograder._util.i18n import gettext as _
from autograder.sandbox.host.memory import TooMuchMemory
from autograder.sandbox.host.process import Process
from autograder.sandbox.host.processor_time import Allowance, TooMuchTime, WallClock
from autograder.sandbox.host.submission_time import SubmissionTime
from autograder.sandbox.protocol import frames
from autograder.sandbox.protocol.calls import NO_ANSWER
from autograder.sandbox.protocol.limits import WALL_FACTOR, Limits
from autograder.sandbox.protocol.substitutes import SubstituteProvider

_GRACE_SECONDS = 3.0  # after the limit that the sandbox itself enforces, the host enforces it
_MAX_SUBSTITUTE_CALLS = 10_000  # calls of substitutes during one call of the student's


class Died(Exception):
    """The student's process died or stopped answering; the message says what is known.

    `by_itself` means that the kit did not end it: student code did, or something outside.
    """

    def __init__(self, message: str, *, by_itself: bool = False) -> None:
        super().__init__(message)
        self.by_itself = by_itself


class Exchange:
    """Sends one request after another to `process`; its replies are student's data, not yet decoded.

    After an exception the process is of no further use, and the caller ends it.
    """

    def __init__(self, process: Process, limits: Limits, submission_time: SubmissionTime) -> None:
        self.process = process
        self._limits = limits
        self._time = submission_time
        self._last_id = 0

    def request(
        self,
        body: dict[str, Any],
        blobs: list[bytes],
        seconds: float,
        provider: SubstituteProvider | None = None,
    ) -> dict[str, Any]:
        """Send a request and return the one reply to it, which may take `seconds`.

        Calls of substitutes that come before the reply are answered. Raises Died.
        """
        remaining = self._time.left()
        if min(remaining) <= 0:
            used_up = _("the submission used up its {seconds:g} s")
            limit = self._limits.submission_seconds
            raise Died(
                used_up.format(seconds=limit if remaining.processor <= 0 else limit * WALL_FACTOR)
            )
        seconds = min(seconds, remaining.processor)
        timeout = min(seconds * WALL_FACTOR, remaining.wall)
        self._last_id += 1
        request = {"id": self._last_id, "seconds": seconds, **body}
        allowance = Allowance(self.process.meter, seconds + _GRACE_SECONDS)
        clock = WallClock(self.process.meter, timeout + _GRACE_SECONDS)

        def watch() -> None:
            """While waiting for an answer: raise an exception if a limit is exceeded."""
            self.process.check_memory(self._limits.sandbox_memory_gib)
            allowance.check()
            if clock.is_over():
                raise frames.WireTimeout("no answer in time")

        begin_time = start_time = time.monotonic()
        try:
            frames.write_frame(self.process.to_sandbox, request, blobs, start_time + timeout)
            reply, reply_blobs = frames.read_frame(self.process.from_sandbox, None, watch)
            calls_left = _MAX_SUBSTITUTE_CALLS
            while provider and calls_left and isinstance(reply, dict) and "ask" in reply:
                calls_left -= 1
                call_start = time.monotonic()
                answer, answer_blobs = provider.answer(reply, reply_blobs)
                answer_seconds = time.monotonic() - call_start  # not the student's time
                start_time += answer_seconds
                clock.stood_still(answer_seconds)
                # But the submission's: else thousands of slow calls would hold up the class for hours.
                if time.monotonic() - begin_time > remaining.wall:
                    raise frames.WireTimeout("no time is left")
                answer = {"op": "answer", **answer}
                sink, deadline = self.process.to_sandbox, time.monotonic() + timeout
                frames.write_frame(sink, answer, answer_blobs, deadline)
                reply, reply_blobs = frames.read_frame(self.process.from_sandbox, None, watch)
        except TooMuchMemory:
            raise self._too_much() from None
        except TooMuchTime:
            used = _(
                "its processes used more than {seconds:g} s of processor time; they were ended"
            )
            raise Died(used.format(seconds=seconds)) from None
        except frames.WireTimeout:
            late = _("no answer within {seconds:g} s; the process was ended")
            raise Died(late.format(seconds=timeout)) from None
        except frames.WireClosed:
            raise self._ended() from None
        except frames.WireError as error:
            raise Died(f"{_(NO_ANSWER)} ({error})") from None
        finally:
            if body["op"] != "start":  # the start is not the submission's work
                self._time.passed(time.monotonic() - begin_time)
        if not isinstance(reply, dict) or reply.get("id") != self._last_id:
            raise Died(_("the process sent an answer to another question"))
        return {**reply, "blobs": reply_blobs}

    def _ended(self) -> Died:
        """How the process ended, with its stderr from before student code could write there."""
        status, stderr = self.process.exit_status_and_stderr()
        if self.process.held_too_much:
            return self._too_much()
        message = f"{_('the process ended by itself')} ({_('code {code}').format(code=status)})"
        return Died(f"{message}: {stderr}" if stderr else message, by_itself=True)

    def _too_much(self) -> Died:
        too_much = _("its processes together held more than {gib:g} GiB of memory; they were ended")
        return Died(too_much.format(gib=self._limits.sandbox_memory_gib))
