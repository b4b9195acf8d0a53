"""Who waits for a frame looks at its sender meanwhile, whatever that one does."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator

import pytest

from autograder.jail import wire


class Enough(Exception):
    """What a watch raises."""


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    yield ends
    for fd in ends:
        os.close(fd)


@pytest.mark.parametrize("pause", [0.01, 60.0], ids=["byte by byte", "nothing"])
def test_a_sender_is_watched(pipe: tuple[int, int], pause: float) -> None:
    source, sink = pipe
    over = threading.Event()

    def send() -> None:
        os.write(sink, (10**6).to_bytes(4, "big"))
        while not over.wait(pause):
            os.write(sink, b"x")

    def watch() -> None:
        raise Enough

    sender = threading.Thread(target=send)
    sender.start()
    with pytest.raises(Enough):
        wire.read_frame(source, time.monotonic() + 30, watch)
    over.set()
    sender.join()


def test_a_whole_frame_needs_no_watching(pipe: tuple[int, int]) -> None:
    source, sink = pipe
    wire.write_frame(sink, {"a": 1}, [b"b"])

    def watch() -> None:
        raise AssertionError("watched at once")

    assert wire.read_frame(source, None, watch) == ({"a": 1}, [b"b"])
