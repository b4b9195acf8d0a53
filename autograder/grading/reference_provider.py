"""Answers a sandbox's calls of substituted functions by calling the reference in a helper process.

The arguments come from a student's code. The reference therefore runs in a helper process that
limits its own time and memory (autograder/grading/reference_process.py). The grading process
changes none of its own limits and signal handlers, so a call gets the same answer in each of its
threads. Each grading process has one helper, which starts at the first retest of a question.
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
from autograder.models.wire import from_wire
from autograder.sandbox.host.processor_time import Allowance, Meter, TooMuchTime
from autograder.sandbox.protocol import frames, values
from autograder.sandbox.protocol.limits import WALL_FACTOR
from autograder.sandbox.protocol.substitutes import Substitution
from autograder.testing.compare import difference

_LARGEST_ARGUMENTS = 1_000_000  # bytes of arrays in one call from the sandbox
# Processor time of the helper. The wall-clock limits are WALL_FACTOR times as long.
_LOAD_SECONDS = 120.0  # to import TensorFlow and load the reference
_CALL_SECONDS = 15.0  # the helper itself stops a call after five, if it can
_MAX_FORWARDABLE = 64  # answers that one call of the student's code might return unchanged
_PACKAGES = Path(__file__).resolve().parents[2]


class SubstituteFailed(Exception):
    """A substituted function failed, and not through the student's fault; the message says why."""


class _HelperEnded(Exception):
    """The helper ended or did not answer; the call's arguments may be the cause."""


class _Helper:
    """The process that calls the reference."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(
        self, request: Mapping[str, Any], blobs: Sequence[bytes], seconds: float
    ) -> tuple[dict[str, Any], list[bytes]]:
        """The helper's answer, which may take `seconds` of processor time. One thread asks at a time.

        Raises _HelperEnded.
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
            except BaseException:  # after an interrupt, the next call would read this answer
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
        # -P: the helper must not import modules from the current directory.
        [sys.executable, "-P", "-m", "autograder.grading.reference_process"],
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
        start_new_session=True,  # the grading process alone handles Ctrl-C
    )


_helper = _Helper()
atexit.register(_helper.close)


class ReferenceProvider:
    """Answers the calls of one question's substitutes, test by test."""

    def __init__(self, course: Course, assignment: Assignment, substitution: Substitution) -> None:
        """Load the reference before the student's time starts. Raises SubstituteFailed."""
        self.substitution = substitution
        self._load_request = {"course": str(course.root), "assignment": assignment.name}
        self._used: set[str] = set()
        self._unanswered = False
        self._arguments: Sequence[object] = ()
        self._forwardable: list[object] = []
        self._own_work = False
        self._load_reference()

    def begin_test(self) -> None:
        """Forget the calls of the previous test."""
        self._used, self._unanswered, self._own_work = set(), False, False

    @property
    def used(self) -> tuple[str, ...]:
        """The substituted functions called in this test, if it tested the student's own work.

        Empty if a call could not be answered (its arguments were too large, or it took too long).
        Also empty if every answer was a substitute's return value, passed on unchanged.
        """
        return tuple(sorted(self._used)) if self._own_work and not self._unanswered else ()

    @contextmanager
    def during(self, arguments: Sequence[object]) -> Iterator[Callable[[object], None]]:
        """Watch one call of the student's code. Yields a function that takes the returned value.

        A call that raises counts as the student's own work: it earns nothing, and the student
        should see its message.
        """
        self._arguments, self._forwardable = arguments, []

        def note(returned: object) -> None:
            self._own_work |= not any(_equal(returned, value) for value in self._forwardable)

        try:
            yield note
        except Exception:
            self._own_work = True
            raise

    def answer(self, call: Mapping[str, Any], blobs: list[bytes]) -> tuple[Any, list[bytes]]:
        """The frame that answers `call`: a value or a refusal. `call` may be hostile.

        Raises SubstituteFailed if the kit is at fault.
        """
        name = call.get("ask")
        if not isinstance(name, str) or name not in self.substitution.names:
            return {"refused": "no such function is substituted"}, []
        if sum(map(len, blobs)) > _LARGEST_ARGUMENTS:
            self._unanswered = True
            return {"refused": f"{name} takes only smaller arrays here"}, []
        try:
            args, kwargs = values.decode(call.get("arguments"), blobs)
            call_arguments = [*args, *kwargs.values()]
            json.dumps(call["arguments"], allow_nan=False)  # the helper must be able to parse it
        except Exception as error:  # a student's process sent the data: anything may go wrong
            return {"refused": f"{name} raised {type(error).__name__}: {error}"[:1000]}, []
        request = {
            **self._load_request,
            "names": sorted(self.substitution.names),
            "earlier": sorted(self.substitution.earlier),
            "ask": name,
            "arguments": call["arguments"],
        }
        try:
            reply, out = self._answered(request, blobs)
        except _HelperEnded:
            self._unanswered = True
            return {"refused": f"{name} took too long, or ended our process, for these"}, []
        if "failed" in reply:
            raise SubstituteFailed(f"substituting {name} failed: {reply['failed']}")
        self._used |= set(reply["asked"])
        self._unanswered |= reply["in_vain"]
        if "refused" in reply:
            return {"refused": reply["refused"]}, []
        if len(self._forwardable) < _MAX_FORWARDABLE and _are_among(
            call_arguments, self._arguments
        ):
            self._forwardable.append(values.decode(reply["value"], out, from_wire))
        return {"value": reply["value"]}, out

    def _answered(
        self, request: dict[str, Any], blobs: list[bytes]
    ) -> tuple[dict[str, Any], list[bytes]]:
        """The helper's answer. Retries once if the helper ended: something else may have killed it."""
        try:
            return _helper.ask(request, blobs, _CALL_SECONDS)
        except _HelperEnded:
            self._load_reference()
            return _helper.ask(request, blobs, _CALL_SECONDS)

    def _load_reference(self) -> None:
        try:
            reply, _ = _helper.ask(self._load_request, [], _LOAD_SECONDS)
        except _HelperEnded as error:
            raise SubstituteFailed(f"the process that calls the reference ended: {error}") from None
        except OSError as error:
            raise SubstituteFailed(f"the process that calls the reference: {error}") from None
        if "failed" in reply:
            raise SubstituteFailed(f"the reference could not be made: {reply['failed']}")


def _equal(left: object, right: object) -> bool:
    try:
        return difference(left, right) is None
    except Exception:  # values from a student may not be comparable; then they differ
        return False


def _are_among(call_arguments: Sequence[object], arguments: Sequence[object]) -> bool:
    """Whether a substitute was called with the question's own `arguments`, in their order."""
    remaining = iter(arguments)
    return all(
        any(_equal(argument, candidate) for candidate in remaining) for argument in call_arguments
    )
