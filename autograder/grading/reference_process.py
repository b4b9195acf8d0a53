"""A helper process of the grading process: calls the reference with arguments from a sandbox.

Started as `python -m autograder.grading.reference_process`. It answers each frame on its standard input
with one on its standard output:

    {"course", "assignment"}                                    have the reference ready
    {..., "names", "earlier", "ask", "arguments"} and blobs     call one of its functions

Each call is bounded by processor time and memory of this process, which only such calls use. It
ends when its standard input does.
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

from autograder.course.course import Course, find_course
from autograder.course.reference import reference
from autograder.sandbox.guest.keras_reader import describe
from autograder.sandbox.protocol import frames, values
from autograder.sandbox.protocol.substitutes import Substitution

_SECONDS, _MEMORY = 5.0, 2**31  # what one call may take: processor time, and bytes on top
_LARGEST_ANSWER = 4 * 2**20  # bytes of arrays
_STATM = Path("/proc/self/statm")


class Reply:
    """The reply to one call: its value or refusal, and which functions of the reference it used."""

    def __init__(self, reference: object, substitution: Substitution) -> None:
        self._reference = reference
        self._substitution = substitution
        self._asked: set[str] = set()

    def to(
        self, name: str, arguments: object, blobs: list[bytes]
    ) -> tuple[dict[str, Any], list[bytes]]:
        """The frame that answers a call of `name`: a value, a refusal, or our own traceback."""
        out: list[bytes] = []
        args: Any = None
        try:
            with _bounded():
                args, kwargs = values.decode(arguments, blobs)
                returned = self._call(name, args, kwargs)
                try:
                    value = values.encode(returned, out, describe)
                except values.ValueRefused as refusal:
                    raise _InVain(f"{name}: {refusal}") from None
            if sum(map(len, out)) > _LARGEST_ANSWER:
                raise _InVain(f"what {name} returned is too large to send")
        except _InVain as refusal:
            return self._with_asked({"refused": str(refusal)[:1000], "in_vain": True}), []
        except Exception as error:
            if args is not None and not args and not kwargs:
                # A call without arguments holds nothing of the student's: the fault is ours.
                return {"failed": "".join(traceback.format_exception(error))[-5000:]}, []
            # The arguments are the student's: the exception is theirs to see.
            refused = f"{name} raised {type(error).__name__}: {error}"[:1000]
            return self._with_asked({"refused": refused, "in_vain": False}), []
        return self._with_asked({"value": value, "in_vain": False}), out

    def _with_asked(self, reply: dict[str, Any]) -> dict[str, Any]:
        return {**reply, "asked": sorted(self._asked)}

    def _call(self, name: str, args: Sequence[object], kwargs: Mapping[str, object]) -> object:
        """What the reference's function returns; a Handle among `args` is made by calling it."""
        if name in self._substitution.names:
            self._asked.add(name)
        elif name not in self._substitution.earlier:
            raise _InVain(f"no function {name} is substituted")
        named = {key: self._made(value) for key, value in kwargs.items()}
        return getattr(self._reference, name)(*map(self._made, args), **named)

    def _made(self, argument: object) -> object:
        match argument:
            case values.Handle():
                return self._call(argument.name, argument.args, {})
            case values.Opaque():
                raise _InVain(f"a {argument.type_name} does not come out of the sandbox")
        return argument


class _InVain(Exception):
    """A call that cannot be answered outside, through no fault of the student's."""


@contextmanager
def _bounded() -> Iterator[None]:
    """Keep a call from taking long, or much memory."""

    def over(signum: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"it took longer than {_SECONDS:g} s")

    limits = resource.getrlimit(resource.RLIMIT_AS)
    if _STATM.exists() and limits[0] == resource.RLIM_INFINITY:
        used = int(_STATM.read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + _MEMORY, limits[1]))
    before = signal.signal(signal.SIGPROF, over)
    # Again every second: an `except` of the reference's may swallow the first.
    signal.setitimer(signal.ITIMER_PROF, _SECONDS, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        resource.setrlimit(resource.RLIMIT_AS, limits)


@lru_cache(maxsize=8)
def _course(root: str, _changed: int) -> Course:
    return find_course(Path(root))


def _reference(request: Mapping[str, Any]) -> object:
    """The reference of an assignment, as its file is now."""
    root, name = request["course"], request["assignment"]
    changed = Path(root, "solutions", f"{name}.py").stat().st_mtime_ns
    return reference(_course(root, changed), name)


def _answer(request: Mapping[str, Any], blobs: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    try:
        reference = _reference(request)
        if "ask" not in request:
            return {"ready": True}, []
        substitution = Substitution(frozenset(request["names"]), "", frozenset(request["earlier"]))
        return Reply(reference, substitution).to(request["ask"], request["arguments"], blobs)
    except Exception as error:  # ours, whatever it is: the grading process says so
        return {"failed": "".join(traceback.format_exception(error))[-5000:]}, []


def main() -> None:
    """Answer frames until the pipe closes."""
    source, sink = os.dup(0), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)  # what the reference prints is no frame
    while True:
        try:
            request, blobs = frames.read_frame(source)
        except frames.WireClosed:
            return
        reply, out = _answer(request, blobs)
        frames.write_frame(sink, reply, out)


if __name__ == "__main__":
    main()
