"""Grade many submissions in parallel, here or on a cluster; a failing one does not stop the others."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable, Container, Iterator
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace
from functools import cache
from multiprocessing import connection, util
from multiprocessing.connection import Connection
from pathlib import Path

from autograder._util.garbage import collect_rarely
from autograder._util.machine import versions, worker_count
from autograder._util.stderr import silence_stderr
from autograder.classroom import dask, fork_server
from autograder.classroom.recognized import Recognized
from autograder.classroom.result import Result
from autograder.classroom.worker_reply import WorkerReply, accept, with_pictures
from autograder.course.cells import imports_keras
from autograder.course.course import Course, find_course
from autograder.course.settings import CourseError
from autograder.grading.grade import grade, keep
from autograder.grading.release_outputs import released_cells
from autograder.sandbox.host import launcher
from autograder.sandbox.protocol.errors import SandboxEnded, SandboxUnavailable
from autograder.submissions.class_directory import Job
from autograder.submissions.submission import read_submission


def grade_all(
    jobs: list[Job],
    course: Course,
    *,
    workers: int | None = None,
    unsafe_local: bool = False,
    address: str = "",
    when_started: Callable[[], None] = lambda: None,
) -> Iterator[Result]:
    """Yield one result for every job as it is ready, graded on the Dask cluster at `address` if given.

    `when_started` is called once before the first result, if possible while workers are starting,
    which takes them seconds. What it raises ends the run.

    Cached results come first; no worker starts if there is nothing else. A worker that dies breaks
    the whole pool, so the unfinished jobs are graded again one by one; only a job that breaks its
    own worker is reported as not graded. Raises SandboxUnavailable if there is no working sandbox,
    and CourseError if the cluster cannot be used, or has lost all its workers.
    """
    new: list[Job] = []
    recognized = Recognized(course, unsafe_local)
    when_started = cache(when_started)  # once
    for job in jobs:
        if result := recognized.cached_result(job):
            when_started()
            yield result
        else:
            new.append(job)
    if not new:
        when_started()
        return
    new = longest_first(new, course, recognized.may_not_end)
    if address:
        for result in _on_cluster(new, course, recognized.graders, address, when_started):
            recognized.note(result)
            yield result
        return
    unfinished = set(new)
    try:
        count = workers or worker_count()
        for result in _pool(new, course, count, unsafe_local, when_started):
            unfinished.discard(result.job)
            recognized.note(result)
            yield result
    except BrokenProcessPool:
        for job in [job for job in new if job in unfinished]:
            try:
                yield from _pool([job], course, 1, unsafe_local, when_started)
            except BrokenProcessPool:
                yield Result(job, None, "the grading process died (out of memory?); run it again")


def _pool(
    jobs: list[Job],
    course: Course,
    workers: int,
    unsafe_local: bool,
    when_started: Callable[[], None] = lambda: None,
) -> Iterator[Result]:
    count = min(workers, len(jobs)) or 1
    end_receiver, end_sender = multiprocessing.Pipe(duplex=False)
    with ProcessPoolExecutor(
        count,
        fork_server.context(),
        _prepare_worker,
        (end_receiver, len(jobs) // count, dict(os.environ), fork_server.own_directory()),
    ) as pool:
        try:
            with fork_server.sigint_blocked():
                futures: dict[Future[WorkerReply], Job] = {
                    pool.submit(_grade_one, job, course.root, unsafe_local, course.other_cache): job
                    for job in jobs
                }
            when_started()
            yield from _results(futures)
        except BaseException:
            # After Ctrl-C nobody needs what the workers are doing. And if a worker died while
            # another was starting, Python 3.11's pool waits for the new one without ending it.
            end_sender.send(None)
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def longest_first(jobs: list[Job], course: Course, may_not_end: Container[Job]) -> list[Job]:
    """The jobs in an order that leaves no worker alone with a long one at the end.

    First come those of assignments with models, then those that may run until a time limit.
    """
    trains = {
        name: imports_keras(cell.source for cell in released_cells(course, name))
        for name in {job.assignment for job in jobs}
    }
    return sorted(jobs, key=lambda job: (not trains[job.assignment], job not in may_not_end))


def _on_cluster(
    jobs: list[Job],
    course: Course,
    graders: dict[str, str],
    address: str,
    when_started: Callable[[], None],
) -> Iterator[Result]:
    with dask.executor(address) as cluster:
        futures: dict[Future[WorkerReply], Job] = {}
        readable = set()
        for job in jobs:
            submission = read_submission(job.directory, job.assignment, course)
            if submission.readable:
                readable.add(job)
            sent = dask.Sent(submission, course.config, graders[job.assignment], versions())
            futures[cluster.pool.submit(dask.grade_sent, sent)] = job
        try:
            when_started()
            for future in cluster.graded(futures):
                result = _result(futures[future], future)
                if result.record is not None and result.job in readable:
                    with suppress(OSError):  # not cached: the next run grades it again
                        keep(result.record, course)
                yield result
        finally:
            cluster.pool.shutdown(wait=False)


def _results(futures: dict[Future[WorkerReply], Job]) -> Iterator[Result]:
    for future in as_completed(futures):
        yield _result(futures[future], future)


def _result(job: Job, future: Future[WorkerReply]) -> Result:
    try:
        return Result(job, accept(future.result()))
    except SandboxEnded as error:
        return Result(job, None, str(error))
    except (BrokenProcessPool, SandboxUnavailable):
        raise
    except (dask.OtherCourse, CourseError) as error:
        return Result(job, None, str(error))
    except OSError as error:
        return Result(
            job, None, f"{type(error).__name__}: {error}. Check disk space and permissions"
        )
    except CancelledError:  # nothing here cancels one that is waited for
        return Result(job, None, "the cluster's scheduler was lost; run it again")
    except Exception as error:
        if dask.lost_workers(error):
            return Result(
                job, None, "each worker that began it was lost (out of memory?); run it again"
            )
        # A bug in the kit must not stop the class: report it under the submission's name.
        return Result(job, None, f"an error in the kit: {type(error).__name__}: {error}")


def _prepare_worker(
    end_receiver: Connection, share: int, environment: dict[str, str], parents_directory: str
) -> None:
    """Set up a worker process that will grade about `share` submissions in this `environment`.

    `parents_directory` is removed when the parent is killed; it may be empty.
    """
    os.environ.update(environment)  # the fork server's own is of the time when it started
    tempfile.tempdir = (
        util.get_temp_dir()
    )  # the parent's, which removes what a killed worker leaves
    collect_rarely()
    _exit_with_parent(end_receiver, parents_directory)
    launcher.expect(share)


def _exit_with_parent(end_receiver: Connection, parents_directory: str) -> None:
    """End this worker when its parent process dies or sends on `end_receiver`."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        connection.wait([parent.sentinel, end_receiver])
        # A parent that is killed closes both, one after the other, and removes its directory no more.
        if parents_directory and connection.wait([parent.sentinel], timeout=0.1):
            shutil.rmtree(parents_directory, ignore_errors=True)
        os._exit(1)  # its sandboxes die with it

    threading.Thread(target=watch, daemon=True).start()
    # Ctrl-C reaches every process of the terminal, but only the parent acts on it. A Python handler
    # that does nothing: SIG_IGN would be inherited by the sandboxes.
    signal.signal(signal.SIGINT, lambda number, frame: None)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _grade_one(
    job: Job, root: Path, unsafe_local: bool, other_cache: Path | None = None
) -> WorkerReply:
    course = replace(find_course(root), other_cache=other_cache)
    course.cache.mkdir(exist_ok=True)
    with silence_stderr(str(course.cache / "workers.log")):
        submission = read_submission(job.directory, job.assignment, course)
        record = grade(submission, course, unsafe_local=unsafe_local)
        makes_no_page = unsafe_local or other_cache is not None
        return WorkerReply(record, {}) if makes_no_page else with_pictures(record)
