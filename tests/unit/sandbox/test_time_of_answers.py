"""Answers of substitutes cost the student's call nothing, but all of them together end with the submission's time."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from autograder.sandbox.host.exchange import Died, Exchange
from autograder.sandbox.host.processor_time import Meter
from autograder.sandbox.host.submission_time import SubmissionTime
from autograder.sandbox.protocol import frames
from autograder.sandbox.protocol.limits import Limits

ASKING = 3.0  # seconds


def ask_again_and_again(source: int, sink: int) -> None:
    """What a student's process does that calls a function of the reference in a loop."""
    with contextlib.suppress(frames.WireError, OSError):
        request, _ = frames.read_frame(source)
        begin_time = time.monotonic()
        while time.monotonic() < begin_time + ASKING:
            frames.write_frame(sink, {"ask": "add", "arguments": None}, [])
            frames.read_frame(source)
        frames.write_frame(sink, {"id": request["id"], "value": None}, [])


@pytest.fixture
def process() -> Iterator[Any]:
    source, to_sandbox = os.pipe()
    from_sandbox, sink = os.pipe()
    thread = threading.Thread(target=ask_again_and_again, args=(source, sink))
    thread.start()
    yield SimpleNamespace(
        to_sandbox=to_sandbox,
        from_sandbox=from_sandbox,
        meter=Meter(os.getpid()),
        check_memory=lambda most: None,
    )
    os.close(to_sandbox)
    thread.join()
    for fd in (source, from_sandbox, sink):
        os.close(fd)


class Slow:
    def answer(self, call: object, blobs: list[bytes]) -> tuple[dict[str, object], list[bytes]]:
        time.sleep(0.1)
        return {"value": 1}, []


@pytest.mark.parametrize("submission_seconds", [0.25, 60.0])
def test_they_end_with_the_submissions_time(process: Any, submission_seconds: float) -> None:
    limit = SubmissionTime(submission_seconds)
    exchange = Exchange(process, Limits(submission_seconds=submission_seconds), limit)
    provider: Any = Slow()
    if submission_seconds > ASKING:
        assert "value" in exchange.request({"op": "call"}, [], 0.5, provider)
        # The kit counts the time in which it waits or answers, not the little in between.
        assert limit.spent.wall >= 0.9 * ASKING
    else:
        with pytest.raises(Died, match="no answer within"):
            exchange.request({"op": "call"}, [], 0.5, provider)
