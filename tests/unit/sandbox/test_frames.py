"""Who waits for a frame looks at its sender meanwhile, whatever that one does."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Iterator

import pytest

from autograder.sandbox.protocol import frames


class Enough(Exception):
    """What a watch raises."""


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    yield ends
    for fd in ends:
        os.close(fd)


def is_readable(fd: int) -> bool:
    return bool(select.select([fd], [], [], 0)[0])


def test_a_sender_is_watched_also_while_there_is_something_to_read(
    pipe: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A byte now and then would otherwise keep the watch away until the deadline."""
    source, sink = pipe
    monkeypatch.setattr(frames, "_WATCH_EVERY", 0.0)
    os.write(sink, (10**6).to_bytes(4, "big") + bytes(1_000))

    def watch() -> None:
        if is_readable(source):
            raise Enough

    with pytest.raises(Enough):
        frames.read_frame(source, time.monotonic() + 1, watch)


def test_a_sender_is_watched_while_it_says_nothing(pipe: tuple[int, int]) -> None:
    def watch() -> None:
        raise Enough

    with pytest.raises(Enough):
        frames.read_frame(pipe[0], time.monotonic() + 30, watch)


def test_a_whole_frame_needs_no_watching(pipe: tuple[int, int]) -> None:
    source, sink = pipe
    frames.write_frame(sink, {"a": 1}, [b"b"])

    def watch() -> None:
        raise AssertionError("watched at once")

    assert frames.read_frame(source, None, watch) == ({"a": 1}, [b"b"])
