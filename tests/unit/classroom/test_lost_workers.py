"""A submission that a cluster has lost is told as that, and not as an error in the kit."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode

from autograder._util.machine import versions
from autograder.classroom import dask, scheduler
from autograder.course.settings import Config
from autograder.submissions.class_directory import Job
from autograder.submissions.submission import Submission
from tests.support.answers import COURSE

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


def test_a_workers_full_disk_is_told_with_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(dask, "find_course", lambda: COURSE)
    monkeypatch.setattr(dask, "grader_digest", lambda *_: "digest")
    monkeypatch.setattr(dask, "silence_stderr", full)
    monkeypatch.setattr("socket.gethostname", lambda: "node7")
    sent = dask.Sent(Submission("ann", "pooling", NotebookNode()), Config(), "digest", versions())
    with pytest.raises(OSError, match=r"node7: .*No space left on device"):
        dask.grade_sent(sent)
