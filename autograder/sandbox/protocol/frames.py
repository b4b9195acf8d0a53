"""Frames on the pipe between the grading process and the sandbox.

A frame is a 4-byte length, a JSON header of that length, and the blobs whose lengths the header
lists. Both ends have the same limits. An attacker may have written what comes out of the sandbox:
sizes are checked before anything is read, depth and length before anything is used.
"""

from __future__ import annotations

import json
import math
import os
import re
import select
import struct
import time
from collections.abc import Callable
from typing import Any

MESSAGE_BYTES = 65_536  # of a message between the zygote and the grading process
MAX_HEADER = 16 * 2**20
MAX_BLOBS = 256 * 2**20
# The largest model that is trained has 20 million weights. The optimizer may keep four more numbers
# for each: two moments, the maximum of the second (AMSGrad), and a moving average.
MAX_STATE = 5 * 20_000_000 * 4
MAX_TRAINING = MAX_STATE + MAX_BLOBS  # a state, and the data to resume with
MAX_BLOB_COUNT = 4096
_WATCH_EVERY = 0.25  # seconds
_LENGTH = struct.Struct("!I")
_SURROGATE = re.compile(rb"\\ud[89a-f]", re.IGNORECASE)


class WireError(Exception):
    """The bytes on the pipe are not a frame within the limits."""


class WireClosed(WireError):
    """The other end closed the pipe."""


class WireTimeout(WireError):
    """No complete frame arrived before the deadline."""


def write_frame(
    fd: int,
    body: object,
    blobs: list[bytes],
    deadline: float | None = None,
    *,
    most: int = MAX_BLOBS,
) -> None:
    """Write one frame to `fd` before `deadline`; `body` is JSON-able.

    Raises WireError if the header is too large or the blobs have more than `most` bytes together,
    WireClosed if the other end closed the pipe, and WireTimeout if it does not read in time.
    """
    header = json.dumps({"body": body, "blobs": [len(b) for b in blobs]}, allow_nan=False).encode()
    if len(header) > MAX_HEADER or sum(map(len, blobs)) > most or len(blobs) > MAX_BLOB_COUNT:
        raise WireError("the message is too large")
    if deadline is not None:
        os.set_blocking(fd, False)  # a write to a full pipe would block past the deadline
    poller = select.poll()
    poller.register(fd, select.POLLOUT)
    try:
        for part in (_LENGTH.pack(len(header)), header, *blobs):
            view = memoryview(part)
            while view:
                _wait(poller, deadline, "nobody took the message in time")
                view = view[os.write(fd, view) :]
    except BrokenPipeError:
        raise WireClosed("the other end closed the pipe") from None


def read_frame(
    fd: int,
    deadline: float | None = None,
    watch: Callable[[], None] | None = None,
    *,
    most: int = MAX_BLOBS,
) -> tuple[Any, list[bytes]]:
    """Read one frame from `fd` before `deadline` (time.monotonic seconds; None waits for ever).

    `watch` is called every quarter of a second, also while bytes arrive; an exception from it ends
    the wait. Raises WireClosed at the end of the pipe, WireTimeout past the deadline, and WireError
    for anything that is not a frame within the limits or has blobs of more than `most` bytes together.
    """
    read = _reader(fd, deadline, watch)
    (length,) = _LENGTH.unpack(read(_LENGTH.size))
    if length > MAX_HEADER:
        raise WireError(f"a header of {length:,} bytes is over the limit of {MAX_HEADER:,}")
    try:
        text = read(length)
        header = json.loads(text, parse_constant=_refuse_constant)
        if _SURROGATE.search(text):  # lone surrogates, which cannot be written as UTF-8
            whole = json.dumps(header, ensure_ascii=False).encode("utf-8", "replace")
            header = json.loads(whole, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise WireError(f"the header is not JSON: {type(error).__name__}") from None
    sizes = header.get("blobs") if isinstance(header, dict) else None
    if not isinstance(sizes, list) or len(sizes) > MAX_BLOB_COUNT or "body" not in header:
        raise WireError("the header has no body or no list of blobs")
    if not all(type(size) is int and size >= 0 for size in sizes) or sum(sizes) > most:
        raise WireError(f"the blobs are over the limit of {most:,} bytes")
    return header["body"], [read(size) for size in sizes]


def _reader(
    fd: int, deadline: float | None, watch: Callable[[], None] | None
) -> Callable[[int], bytes]:
    poller = select.poll()
    poller.register(fd, select.POLLIN | select.POLLHUP)
    watch = _rate_limited(watch) if watch else None

    def read(count: int) -> bytes:
        buffer = bytearray()
        while len(buffer) < count:
            _wait(poller, deadline, "no answer in time", watch)
            chunk = os.read(fd, min(count - len(buffer), 1 << 20))
            if not chunk:
                raise WireClosed("the other end closed the pipe")
            buffer += chunk
        return bytes(buffer)

    return read


def _wait(
    poller: select.poll,
    deadline: float | None,
    late: str,
    watch: Callable[[], None] | None = None,
) -> None:
    """Wait until the pipe is ready. Raises WireTimeout with the message `late` past the deadline."""
    while True:
        remaining = math.inf if deadline is None else deadline - time.monotonic()
        if remaining <= 0:
            raise WireTimeout(late)
        pause = min(remaining, _WATCH_EVERY if watch else remaining)
        ready = poller.poll(None if pause == math.inf else pause * 1000)
        if watch:
            watch()
        if ready:
            return


def _rate_limited(watch: Callable[[], None]) -> Callable[[], None]:
    """Rate-limit `watch`, so that it can be called for each byte: a sender may send single bytes."""
    due = time.monotonic() + _WATCH_EVERY

    def watch_if_due() -> None:
        nonlocal due
        if time.monotonic() >= due:
            watch()
            due = time.monotonic() + _WATCH_EVERY

    return watch_if_due


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
