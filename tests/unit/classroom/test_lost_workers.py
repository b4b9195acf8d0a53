"""A submission that a cluster has lost is told as that, and not as an error in the kit."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from autograder.classroom import scheduler
from autograder.submissions.class_directory import Job

JOB = Job("ann", "alpha", Path())


def error_of(future: Future[Any]) -> str:
    result = scheduler._result(JOB, future)
    assert result.record is None
    return result.error


def test_a_lost_scheduler() -> None:
    future: Future[Any] = Future()
    future.cancel()
    assert error_of(future) == "the cluster's scheduler was lost; run it again"


def test_lost_workers() -> None:
    distributed = pytest.importorskip("distributed.scheduler")
    future: Future[Any] = Future()
    future.set_exception(distributed.KilledWorker("task", None, 3))
    assert error_of(future).startswith("each worker that began it was lost (out of memory?)")
