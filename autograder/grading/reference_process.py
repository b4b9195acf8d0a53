"""A helper process of the grading process: calls the reference with arguments from a sandbox.

Started as `python -m autograder.grading.reference_process`. It answers each frame on its standard
input with one on its standard output:

    {"course", "assignment"}                                    load the reference
    {..., "names", "earlier", "ask", "arguments"} and blobs     call one of its functions

Each call has a limit of processor time and memory. The limits apply to this whole process, which
does nothing but such calls. It ends at the end of its standard input.
"""

from __future__ import annotations

import os
import resource
import signal
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import FrameType
from typing import Any

from autograder._util.garbage import collect_rarely
from autograder.course.course import Course, find_course
from autograder.course.reference import reference
from autograder.sandbox.guest.keras_reader import describe
from autograder.sandbox.protocol import frames, values
from autograder.sandbox.protocol.errors import ValueRefused
from autograder.sandbox.protocol.substitutes import Substitution

_SECONDS, _MEMORY = 5.0, 2**31  # of processor time, and further bytes, for one call
_LARGEST_ANSWER = 4 * 2**20  # bytes of arrays
_STATM = Path("/proc/self/statm")


class Reply:
    """The reply to one call: a value or a refusal, and the functions of the reference that it used."""

    def __init__(self, reference: object, substitution: Substitution) -> None:
        self._reference = reference
        self._substitution = substitution
        self._used: set[str] = set()

    def to(
        self, name: str, arguments: object, blobs: list[bytes]
    ) -> tuple[dict[str, Any], list[bytes]]:
        """The frame that answers a call of `name`: a value, a refusal, or a traceback if the kit failed."""
        out_blobs: list[bytes] = []
        args: Any = None
        try:
            with _bounded():
                args, kwargs = values.decode(arguments, blobs)
                returned = self._call(name, args, kwargs)
                try:
                    value = values.encode(returned, out_blobs, describe)
                except ValueRefused as refusal:
                    raise _Unanswerable(f"{name}: {refusal}") from None
            if sum(map(len, out_blobs)) > _LARGEST_ANSWER:
                raise _Unanswerable(f"what {name} returned is too large to send")
        except _Unanswerable as refusal:
            return self._with_used({"refused": str(refusal)[:1000], "in_vain": True}), []
        except Exception as error:
            if args is not None and not args and not kwargs:
                # Without arguments the call contains nothing from the student: the kit is at fault.
                return {"failed": "".join(traceback.format_exception(error))[-5000:]}, []
            # The student chose the arguments, so the student sees the exception.
            message = f"{name} raised {type(error).__name__}: {error}"[:1000]
            return self._with_used({"refused": message, "in_vain": False}), []
        return self._with_used({"value": value, "in_vain": False}), out_blobs

    def _with_used(self, reply: dict[str, Any]) -> dict[str, Any]:
        return {**reply, "asked": sorted(self._used)}

    def _call(self, name: str, args: Sequence[object], kwargs: Mapping[str, object]) -> object:
        """Call the reference's function `name`. A Handle among the arguments is replaced by its result."""
        if name in self._substitution.names:
            self._used.add(name)
        elif name not in self._substitution.earlier:
            raise _Unanswerable(f"no function {name} is substituted")
        resolved_kwargs = {key: self._resolve(value) for key, value in kwargs.items()}
        return getattr(self._reference, name)(*map(self._resolve, args), **resolved_kwargs)

    def _resolve(self, argument: object) -> object:
        match argument:
            case values.Handle():
                return self._call(argument.name, argument.args, {})
            case values.Opaque():
                raise _Unanswerable(f"a {argument.type_name} does not come out of the sandbox")
        return argument


class _Unanswerable(Exception):
    """A call that cannot be answered outside the sandbox, through no fault of the student."""


@contextmanager
def _bounded() -> Iterator[None]:
    """Limit the processor time and the memory of one call, whose arguments may be hostile."""

    def raise_timeout(signum: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"it took longer than {_SECONDS:g} s")

    limits = resource.getrlimit(resource.RLIMIT_AS)
    if _STATM.exists() and limits[0] == resource.RLIM_INFINITY:
        used_bytes = int(_STATM.read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used_bytes + _MEMORY, limits[1]))
    old_handler = signal.signal(signal.SIGPROF, raise_timeout)
    # Repeat every second: an `except` in the reference may swallow the first exception.
    signal.setitimer(signal.ITIMER_PROF, _SECONDS, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, old_handler)
        resource.setrlimit(resource.RLIMIT_AS, limits)


@lru_cache(maxsize=8)
def _course(root: str, _modified: int) -> Course:
    return find_course(Path(root))


def _reference(request: Mapping[str, Any]) -> object:
    """The reference of an assignment, from the current version of its file."""
    root, assignment = request["course"], request["assignment"]
    modified = Path(root, "solutions", f"{assignment}.py").stat().st_mtime_ns
    return reference(_course(root, modified), assignment)


def _answer(request: Mapping[str, Any], blobs: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    try:
        reference = _reference(request)
        if "ask" not in request:
            return {"ready": True}, []
        substitution = Substitution(frozenset(request["names"]), "", frozenset(request["earlier"]))
        return Reply(reference, substitution).to(request["ask"], request["arguments"], blobs)
    except Exception as error:  # always the kit's fault: the grading process reports it
        return {"failed": "".join(traceback.format_exception(error))[-5000:]}, []


def main() -> None:
    """Answer frames until the pipe closes."""
    collect_rarely()
    source, sink = os.dup(0), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)  # keeps what the reference prints out of the frames
    while True:
        try:
            request, blobs = frames.read_frame(source)
        except frames.WireClosed:
            return
        reply, out_blobs = _answer(request, blobs)
        frames.write_frame(sink, reply, out_blobs)


if __name__ == "__main__":
    main()
