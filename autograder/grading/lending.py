"""The grading process's side of a loan: what a sandbox asks for is answered by a process of ours.

Arguments are a student's. The reference is therefore called in a helper process, which bounds
its own time and memory (autograder/grading/lender_process.py), and no limit or signal handler of the
grading process is touched: a call is answered alike in any of its threads. There is one helper
a grading process; it lives as long, and is started when a first question is tried again.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from autograder.course.course import Assignment, Course
from autograder.models.model import from_wire
from autograder.sandbox.host.processor_time import Allowance, Meter, TooMuchTime
from autograder.sandbox.protocol import frames, values
from autograder.sandbox.protocol.limits import WALL_FACTOR
from autograder.sandbox.protocol.substitutes import Loan
from autograder.testing.compare import difference

_LARGEST_LOAN = 1_000_000  # bytes of arrays in one call that comes out of the sandbox
# Of the helper's processor time, and by the wall clock WALL_FACTOR times as long.
_LOAD_SECONDS = 120.0  # to import TensorFlow and make the reference
_CALL_SECONDS = 15.0  # the helper ends a call itself after five, where it can
_MOST_KEPT = 64  # answers in one call of the student's that might be returned unchanged
_PACKAGES = Path(__file__).resolve().parents[2]


class LoanFailed(Exception):
    """A loan failed through no fault of the student's; the message says how."""


class _HelperEnded(Exception):
    """The helper ended or did not answer, which may be the doing of a call's arguments."""


class _Helper:
    """The process that calls the reference."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(
        self, request: Mapping[str, Any], blobs: Sequence[bytes], seconds: float
    ) -> tuple[dict[str, Any], list[bytes]]:
        """The helper's answer, of whichever thread's turn it is; raises _HelperEnded.

        It may take `seconds` of processor time.
        """
        with self._lock:
            if self._process is None:
                self._process = _start()
            process = self._process
            assert process.stdin is not None
            assert process.stdout is not None
            deadline = time.monotonic() + seconds * WALL_FACTOR
            allowance = Allowance(Meter(process.pid), seconds)
            try:
                frames.write_frame(process.stdin.fileno(), request, list(blobs), deadline)
                answer, out = frames.read_frame(process.stdout.fileno(), deadline, allowance.check)
            except (frames.WireError, TooMuchTime) as error:
                self._end()
                raise _HelperEnded(str(error)) from None
            except BaseException:  # an interrupt leaves an answer behind that nobody waits for
                self._end()
                raise
        return answer, out

    def close(self) -> None:
        """End the process, if there is one; the next call starts another."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._process is not None:
            process, self._process = self._process, None
            process.kill()
            process.communicate()


def _start() -> subprocess.Popen[bytes]:
    path = os.pathsep.join(filter(None, (str(_PACKAGES), os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "autograder.grading.lender_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={
            **os.environ,
            "PYTHONPATH": path,
            "CUDA_VISIBLE_DEVICES": "-1",
            "TF_CPP_MIN_LOG_LEVEL": "3",
        },
        bufsize=0,
        start_new_session=True,  # Ctrl-C is for the run to decide about
    )


_helper = _Helper()
atexit.register(_helper.close)


class Lender:
    """Answers the calls of what one question is lent, for one of its tests after the other."""

    def __init__(self, course: Course, assignment: Assignment, loan: Loan) -> None:
        """Have the reference ready before a student's time runs; raises LoanFailed."""
        self.loan = loan
        self._load = {"course": str(course.root), "assignment": assignment.name}
        self._asked: set[str] = set()
        self._in_vain = False
        self._arguments: Sequence[object] = ()
        self._forwardable: list[object] = []
        self._own_work = False
        self._ready()

    def begin_test(self) -> None:
        """Nothing has been asked for yet."""
        self._asked, self._in_vain, self._own_work = set(), False, False

    @property
    def used(self) -> tuple[str, ...]:
        """What was asked for in this test; nothing where a call did not fit out of the sandbox.

        What came of such a try tells about the loan, not about the student. Nothing either where
        all answers were those of lent functions, unchanged.
        """
        return tuple(sorted(self._asked)) if self._own_work and not self._in_vain else ()

    @contextmanager
    def during(self, arguments: Sequence[object]) -> Iterator[Callable[[object], None]]:
        """Watch one call of the student's code; what it returned is to be given to what this gives.

        A call that raises is work of its own: it earns nothing anyway, and its message is shown.
        """
        self._arguments, self._forwardable = arguments, []

        def note(returned: object) -> None:
            self._own_work |= not any(_same(returned, value) for value in self._forwardable)

        try:
            yield note
        except Exception:
            self._own_work = True
            raise

    def answer(self, asked: Mapping[str, Any], blobs: list[bytes]) -> tuple[Any, list[bytes]]:
        """The frame that answers `asked`, which is attacker-written: a value or a refusal.

        Raises LoanFailed where the fault is ours.
        """
        name = asked.get("ask")
        if not isinstance(name, str) or name not in self.loan.names:
            return {"refused": "this is not lent"}, []
        if sum(map(len, blobs)) > _LARGEST_LOAN:
            self._in_vain = True
            return {"refused": f"{name} is lent for smaller arrays only"}, []
        try:
            args, kwargs = values.decode(asked.get("arguments"), blobs)
            given = [*args, *kwargs.values()]
            json.dumps(asked["arguments"], allow_nan=False)
        except Exception as error:  # of data that a student's process wrote, whatever it is
            return {"refused": f"{name} raised {type(error).__name__}: {error}"[:1000]}, []
        request = {
            **self._load,
            "names": sorted(self.loan.names),
            "earlier": sorted(self.loan.earlier),
            "ask": name,
            "arguments": asked["arguments"],
        }
        try:
            reply, out = self._answered(request, blobs)
        except _HelperEnded:
            self._in_vain = True
            return {"refused": f"{name} took too long, or ended our process, for these"}, []
        if "failed" in reply:
            raise LoanFailed(f"lending {name} failed: {reply['failed']}")
        self._asked |= set(reply["asked"])
        self._in_vain |= reply["in_vain"]
        if "refused" in reply:
            return {"refused": reply["refused"]}, []
        if len(self._forwardable) < _MOST_KEPT and _are_among(given, self._arguments):
            self._forwardable.append(values.decode(reply["value"], out, from_wire))
        return {"value": reply["value"]}, out

    def _answered(
        self, request: dict[str, Any], blobs: list[bytes]
    ) -> tuple[dict[str, Any], list[bytes]]:
        """The helper's answer; a call that ends it is tried once more, as others end processes too."""
        try:
            return _helper.ask(request, blobs, _CALL_SECONDS)
        except _HelperEnded:
            self._ready()
            return _helper.ask(request, blobs, _CALL_SECONDS)

    def _ready(self) -> None:
        try:
            reply, _ = _helper.ask(self._load, [], _LOAD_SECONDS)
        except _HelperEnded as error:
            raise LoanFailed(f"the process that calls the reference ended: {error}") from None
        except OSError as error:
            raise LoanFailed(f"the process that calls the reference: {error}") from None
        if "failed" in reply:
            raise LoanFailed(f"the reference could not be made: {reply['failed']}")


def _same(one: object, other: object) -> bool:
    try:
        return difference(one, other) is None
    except Exception:  # both may be a student's; what cannot be compared is not the same
        return False


def _are_among(lent_arguments: Sequence[object], arguments: Sequence[object]) -> bool:
    """Whether a lent function was called with the question's own arguments, in their order."""
    left = iter(arguments)
    return all(any(_same(each, own) for own in left) for each in lent_arguments)
