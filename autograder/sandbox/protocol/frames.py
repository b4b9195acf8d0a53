"""Frames on the pipe between the grading process and the sandbox.

A frame is a 4-byte length, a JSON header of that length, and the blobs whose lengths
the header lists. Both ends read with the same limits; what comes out of the sandbox is
attacker-written and is treated so: sizes are checked before anything is read, depth
and length before anything is used.
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

MESSAGE_BYTES = 65_536  # of a message between the zygote and its starter
MAX_HEADER = 16 * 2**20
MAX_BLOBS = 256 * 2**20
# Weights of the largest model that is trained, 20 million, and four numbers more for each: the
# moments of an optimizer, the highest of them, and a moving average.
MAX_STATE = 5 * 20_000_000 * 4
MAX_TRAINING = MAX_STATE + MAX_BLOBS  # a state, and the data to go on with
MAX_BLOB_COUNT = 4096
_WATCH_EVERY = 0.25  # seconds
_LENGTH = struct.Struct("!I")
_SURROGATE = re.compile(rb"\\ud[89a-f]", re.IGNORECASE)


class WireError(Exception):
    """The bytes on the pipe are not a frame within the limits."""


class WireClosed(WireError):
    """The other end is gone."""


class WireTimeout(WireError):
    """No whole frame came before the deadline."""


def write_frame(
    fd: int,
    body: object,
    blobs: list[bytes],
    deadline: float | None = None,
    *,
    most: int = MAX_BLOBS,
) -> None:
    """Write one frame to `fd` before `deadline`; `body` is JSON-able.

    The blobs have at most `most` bytes together.

    Raises WireClosed where the other end is gone, and WireTimeout where it does not read.
    """
    header = json.dumps({"body": body, "blobs": [len(b) for b in blobs]}, allow_nan=False).encode()
    if len(header) > MAX_HEADER or sum(map(len, blobs)) > most or len(blobs) > MAX_BLOB_COUNT:
        raise WireError("the message is too large")
    if deadline is not None:
        os.set_blocking(fd, False)  # a pipe that is full must not hold up who has other work
    poller = select.poll()
    poller.register(fd, select.POLLOUT)
    try:
        for part in (_LENGTH.pack(len(header)), header, *blobs):
            view = memoryview(part)
            while view:
                _await(poller, deadline, "nobody took the message in time")
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

    Its blobs have at most `most` bytes together. Meanwhile `watch` is called four times a second,
    once the first quarter of one is over, whatever comes; what it raises ends the waiting.
    Raises WireClosed at the end of the pipe, WireTimeout past the deadline and WireError
    for anything that is not a frame within the limits.
    """
    read = _reader(fd, deadline, watch)
    (length,) = _LENGTH.unpack(read(_LENGTH.size))
    if length > MAX_HEADER:
        raise WireError(f"a header of {length:,} bytes is over the limit of {MAX_HEADER:,}")
    try:
        text = read(length)
        header = json.loads(text, parse_constant=_refuse_constant)
        if _SURROGATE.search(text):  # half a character, which no page and no file can hold
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
    watch = _now_and_then(watch) if watch else None

    def read(count: int) -> bytes:
        buffer = bytearray()
        while len(buffer) < count:
            _await(poller, deadline, "no answer in time", watch)
            chunk = os.read(fd, min(count - len(buffer), 1 << 20))
            if not chunk:
                raise WireClosed("the other end closed the pipe")
            buffer += chunk
        return bytes(buffer)

    return read


def _await(
    poller: select.poll,
    deadline: float | None,
    late: str,
    watch: Callable[[], None] | None = None,
) -> None:
    """Wait until the pipe is ready; raise WireTimeout, saying `late`, past the deadline."""
    while True:
        left = math.inf if deadline is None else deadline - time.monotonic()
        if left <= 0:
            raise WireTimeout(late)
        pause = min(left, _WATCH_EVERY if watch else left)
        ready = poller.poll(None if pause == math.inf else pause * 1000)
        if watch:
            watch()
        if ready:
            return


def _now_and_then(watch: Callable[[], None]) -> Callable[[], None]:
    """`watch`, but so that it may be called at each byte: a sender may send them one by one."""
    due = time.monotonic() + _WATCH_EVERY

    def watch_if_due() -> None:
        nonlocal due
        if time.monotonic() >= due:
            watch()
            due = time.monotonic() + _WATCH_EVERY

    return watch_if_due


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
