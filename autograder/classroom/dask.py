"""Grade on a Dask cluster: workers receive parsed submissions and use their own copy of the course.

A worker is `dask worker tcp://...` in the kit's environment, with the course in its directory or
at AUTOGRADER_COURSE. Solutions and hidden graders are never sent; a worker whose course differs
refuses to grade.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, as_completed
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any, NamedTuple

from autograder._util.machine import versions
from autograder._util.stderr import silence_stderr
from autograder.classroom.worker_reply import WorkerReply, with_pictures
from autograder.course.course import find_course
from autograder.course.settings import Config, CourseError
from autograder.grading.cache_key import grader_digest
from autograder.grading.grade import grade
from autograder.sandbox.protocol.errors import SandboxUnavailable
from autograder.submissions.submission import Submission
from autograder.training.cache import UNFINISHED, TrainingCache

_CONNECT_TIMEOUT = "10s"
# Seconds for which a cluster may have no worker: Dask's nanny starts a lost one again within some.
_WITHOUT_WORKERS = 60.0
_LOOK_EVERY = 5.0  # seconds
_PREFIX = "autograder-training-"  # of the datasets and semaphores that we create in Dask


class Sent(NamedTuple):
    """One task for a worker: a submission, the settings, and what the worker must have alike.

    That is the digest of solution and graders, and the versions of Python and the packages.
    """

    submission: Submission
    config: Config
    grader: str
    versions: Mapping[str, str]


class OtherCourse(Exception):
    """A worker's course, kit or packages differ from those that grade the class."""


class Cluster(NamedTuple):
    """The workers of the Dask scheduler at `address`, as one executor."""

    address: str
    client: Any
    pool: Executor

    def graded(self, futures: Iterable[Future[WorkerReply]]) -> Iterator[Future[WorkerReply]]:
        """Each future as it ends. Raises CourseError if all workers are lost and none comes back.

        The scheduler alone would wait for a new worker for ever.
        """
        unfinished, with_workers = set(futures), time.monotonic()
        while unfinished:
            try:
                for future in as_completed(unfinished, _LOOK_EVERY):
                    unfinished.discard(future)
                    yield future
                    with_workers = time.monotonic()
            except TimeoutError:
                if self.client.scheduler_info()["workers"]:
                    with_workers = time.monotonic()
                elif time.monotonic() - with_workers > _WITHOUT_WORKERS:
                    raise CourseError(
                        f"{self.address}: all workers of the cluster are lost (out of memory?), and none "
                        f"has come back for {_WITHOUT_WORKERS:g} s. Start some: dask worker "
                        f"{self.address}, and run the same command again; what was graded is kept"
                    ) from None


@contextmanager
def executor(address: str) -> Iterator[Cluster]:
    """Connect to the Dask scheduler at `address`.

    If a worker is lost, another one grades its submission. Raises CourseError if Dask is not
    installed, no scheduler answers, or there is no worker.
    """
    try:
        from distributed import Client
        from distributed.comm.addressing import get_address_host_port
    except ImportError:
        raise CourseError(
            "a cluster needs Dask. Install it: .tools/bin/uv sync --extra course --extra cluster"
        ) from None
    try:
        # A Client that cannot read its address keeps the process from ending.
        get_address_host_port(address)
        client: Any = Client(address, timeout=_CONNECT_TIMEOUT, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise CourseError(
            f"{address}: no Dask scheduler answers ({error or type(error).__name__}). "
            "Start one with `dask scheduler`"
        ) from None
    with client:
        if not client.scheduler_info()["workers"]:
            raise CourseError(f"{address}: no worker is there. Start some: dask worker {address}")
        try:
            yield Cluster(address, client, client.get_executor(pure=False))
        finally:
            with suppress(OSError):  # the scheduler is gone, and its datasets with it
                forget(client)


def grade_sent(sent: Sent) -> WorkerReply:
    """Grade a submission on a worker, with the worker's course.

    Raises OtherCourse, CourseError, OSError, and SandboxUnavailable if the worker has no working
    sandbox, each with the worker's name.
    """
    host = socket.gethostname()
    course = find_course()
    assignment = course.assignments.get(sent.submission.assignment)
    # Another solution or grader would give other points than the rest of the class gets.
    if assignment is None or grader_digest(course, assignment) != sent.grader:
        raise OtherCourse(
            f"{host}: {course.root} is another version of the course or of the kit. Make it the same"
        )
    # Another Hypothesis draws other cases, another Keras words its errors otherwise.
    wanted, own = comparable(sent.versions), comparable(versions())
    if other := [name for name in wanted if wanted[name] != own.get(name)]:
        pairs = ", ".join(f"{name} {own.get(name)} instead of {wanted[name]}" for name in other)
        raise OtherCourse(f"{host}: {course.root} has {pairs}. Make it the same")
    course = replace(course, config=sent.config)
    try:
        course.cache.mkdir(exist_ok=True)
        with silence_stderr(str(course.cache / "workers.log")):
            return with_pictures(grade(sent.submission, course, trainings=ClusterTrainings))
    except SandboxUnavailable as error:
        raise type(error)(f"{host}: {error}") from None
    except OSError as error:  # a full disk, for example: which machine's is not seen from here
        raise OSError(f"{host}: {error}") from None


def lost_workers(error: Exception) -> bool:
    """Whether the cluster gave a submission up, since every worker that began it was lost."""
    kind = type(error)  # by its name: Dask need not be installed
    return (kind.__module__.partition(".")[0], kind.__name__) == ("distributed", "KilledWorker")


def comparable(packages: Mapping[str, str]) -> dict[str, str]:
    """Versions without Python's last number, which machines of one cluster need not share."""
    return {**packages, "python": packages["python"].rpartition(".")[0]}


class ClusterTrainings(TrainingCache):
    """A host's local cache that also looks up and publishes runs on the cluster.

    Runs are a few kilobytes, so the scheduler holds them as published datasets. A semaphore makes
    sure that one host at a time trains a run; its lease ends when the worker is lost. A key
    contains the kind of processor, so each kind has its own runs.
    """

    @contextmanager
    def claim(self, key: str) -> Iterator[bytes | None]:
        """The run of `key`, from this host or another; None if the caller has to train it."""
        from distributed import Semaphore

        with super().claim(key) as run:
            if run is not None:
                yield run
                return
            lease = Semaphore(max_leases=1, name=_PREFIX + key)  # type: ignore[no-untyped-call]
            with lease:
                yield self._fetch_published(key)

    def put(self, key: str, data: bytes, seconds: float) -> None:
        """Store a run on this host; publish it on the scheduler if it is finished."""
        super().put(key, data, seconds)
        if not key.endswith(UNFINISHED):
            _client().publish_dataset((data, seconds), name=_PREFIX + key, override=True)

    def _fetch_published(self, key: str) -> bytes | None:
        published = _client().get_dataset(_PREFIX + key, default=None)
        if published is None:
            return None
        data, seconds = published
        super().put(key, data, seconds)
        return bytes(data)


def forget(client: Any) -> None:
    """Remove all published runs from the scheduler."""
    for name in client.list_datasets():
        if str(name).startswith(_PREFIX):
            client.unpublish_dataset(name)


def _client() -> Any:
    from distributed import get_client

    return get_client()
