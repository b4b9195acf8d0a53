"""Many submissions: every one has a result, whatever happens to a worker."""

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import util
from multiprocessing.popen_forkserver import Popen
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest

from autograder._util.machine import worker_count
from autograder.classroom import fork_server, recognized, scheduler
from autograder.classroom.result import Result
from autograder.classroom.scheduler import grade_all, longest_first
from autograder.course.course import Course, find_course
from autograder.submissions.class_directory import Job
from tests.support.small_course import KIT, load, released_course


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return released_course(tmp_path)


def hand_in(course: Course, student: str) -> Job:
    directory = course.root / "submitted" / student / "alpha"
    directory.mkdir(parents=True)
    (directory / "alpha.ipynb").write_bytes(course.released_notebook("alpha").read_bytes())
    return Job(student, "alpha", directory)


def results(course: Course, jobs: list[Job], **options: Any) -> dict[str, Result]:
    actual = list(grade_all(jobs, course, **options))
    assert len(actual) == len(jobs)
    return {result.job.student: result for result in actual}


def test_a_class_is_graded_and_a_missing_notebook_is_a_grade_too(course: Course) -> None:
    jobs = [hand_in(course, name) for name in ("ann", "bob", "cyd")]
    (jobs[1].directory / "alpha.ipynb").unlink()
    actual = results(course, jobs, workers=2)
    assert all(result.record is not None and not result.error for result in actual.values())
    assert actual["bob"].record.problems  # type: ignore[union-attr]
    assert load(jobs[0].directory / "alpha.ipynb")  # still there, still a notebook


def test_what_was_graded_before_comes_without_a_worker(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = [hand_in(course, name) for name in ("ann", "bob")]
    (jobs[0].directory / "link").symlink_to("/")  # a problem, and files that are read anew
    shutil.copy(jobs[1].directory / "alpha.ipynb", jobs[1].directory / "alpha (1).ipynb")
    first = results(course, jobs, workers=1)
    assert all(result.record and result.record.problems for result in first.values())
    monkeypatch.setattr(scheduler, "_pool", no_workers)
    assert results(course, jobs) == first
    with monkeypatch.context() as patch:
        patch.setattr(recognized, "read_submission", no_workers)
        assert results(course, jobs[1:]) == {"bob": first["bob"]}
        with pytest.raises(NotImplementedError):
            results(course, jobs[:1])
    for notebook in jobs[1].directory.glob("*.ipynb"):
        notebook.unlink()
    with pytest.raises(NotImplementedError):
        results(course, jobs)


def test_the_gradebook_is_made_ready_while_workers_start(course: Course) -> None:
    jobs = [hand_in(course, name) for name in ("ann", "bob")]
    workers: list[int] = []

    def when_started() -> None:
        workers.append(len(multiprocessing.active_children()))

    for expected in (2, 0):  # new, then known
        for result in grade_all(jobs, course, workers=2, when_started=when_started):
            assert workers == [expected], result
        workers.clear()
    assert list(grade_all([], course, when_started=when_started)) == []
    assert workers == [0]


def test_the_gradebook_is_made_ready_also_after_a_pool_that_broke_at_once(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit, broken, ready = ProcessPoolExecutor.submit, [True], list[str]()

    def break_once(self: Any, *arguments: Any) -> Any:
        if broken:
            broken.clear()
            raise BrokenProcessPool
        return submit(self, *arguments)

    monkeypatch.setattr(ProcessPoolExecutor, "submit", break_once)
    job = hand_in(course, "ann")
    (result,) = grade_all([job], course, workers=1, when_started=lambda: ready.append("ready"))
    assert result.record
    assert ready == ["ready"]


def test_what_cannot_be_made_ready_ends_the_workers(course: Course) -> None:
    def when_started() -> None:
        raise NotImplementedError

    with pytest.raises(NotImplementedError):
        list(grade_all([hand_in(course, "ann")], course, workers=1, when_started=when_started))
    assert not multiprocessing.active_children()


def no_workers(*_: Any) -> Any:
    raise NotImplementedError


def test_a_broken_cache_directory_is_told_for_each_and_blames_nobody(course: Course) -> None:
    shutil.rmtree(course.cache)
    course.cache.write_text("a file where a directory should be")
    actual = results(course, [hand_in(course, "ann")], workers=1)
    assert actual["ann"].record is None
    assert "FileExistsError" in actual["ann"].error


def test_a_worker_that_dies_takes_no_neighbour_along(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The child imports this module afresh, so the function that dies is found by its name.
    monkeypatch.setattr(scheduler, "_grade_one", die_for_bob)
    jobs = [hand_in(course, name) for name in ("ann", "bob", "cyd", "dan")]
    actual = results(course, jobs, workers=2)
    assert actual["bob"].record is None
    assert "process died" in actual["bob"].error
    assert [name for name in actual if actual[name].record is None] == ["bob"]


_grade_one = scheduler._grade_one


def die_for_bob(job: Job, root: Path, *rest: Any) -> Any:
    if job.student == "bob":
        os.kill(os.getpid(), signal.SIGKILL)
    return _grade_one(job, root, *rest)


def test_a_worker_that_dies_while_another_is_started_keeps_nobody_waiting(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []
    launch, hanging = Popen._launch, threading.Event()  # type: ignore[attr-defined]

    def start(self: Any, process: Any) -> None:
        launch(self, process)
        started.append(self.pid)
        if len(started) == 2:
            os.kill(started[0], signal.SIGKILL)
            time.sleep(1)  # in which the pool takes note, and knows nothing of this one

    def let_go() -> None:
        hanging.set()
        for process in multiprocessing.active_children():
            process.kill()

    monkeypatch.setattr(Popen, "_launch", start)
    watch = threading.Timer(120, let_go)
    watch.start()
    jobs = [hand_in(course, name) for name in ("ann", "bob", "cyd")]
    actual = results(course, jobs, workers=2)
    watch.cancel()
    assert not hanging.is_set()
    assert len(started) >= 2  # else nobody died
    assert all(result.record is not None for result in actual.values())


def test_the_parent_removes_what_a_killed_worker_leaves() -> None:
    receiver, sender = multiprocessing.Pipe(duplex=False)
    arguments = (receiver, 1, dict(os.environ), fork_server.own_directory())
    with ProcessPoolExecutor(
        1, fork_server.context(), scheduler._prepare_worker, arguments
    ) as pool:
        directory = Path(pool.submit(tempfile.mkdtemp).result())
    sender.close()
    assert directory.parent == Path(util.get_temp_dir())  # which ends with this process


KILLED = """
import multiprocessing, os, signal, sys, tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import util
from autograder.classroom import fork_server, scheduler

def begun_and_killed():
    receiver, sender = multiprocessing.Pipe(duplex=False)
    arguments = (receiver, 1, dict(os.environ), fork_server.own_directory())
    pool = ProcessPoolExecutor(1, fork_server.context(), scheduler._prepare_worker, arguments)
    print(pool.submit(tempfile.mkdtemp).result(), pool.submit(os.getpid).result(), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    if sys.argv[1] == "main":
        begun_and_killed()
    util.get_temp_dir()
    child = fork_server.context().Process(target=begun_and_killed)
    child.start()
    child.join()
    sys.stdin.read()
    print(os.path.exists(util.get_temp_dir()))
"""


def begin(tmp_path: Path, *arguments: str) -> subprocess.Popen[str]:
    (tmp_path / "script.py").write_text(KILLED)
    environment = os.environ | {"TMPDIR": tempfile.gettempdir(), "PYTHONPATH": str(KIT)}
    return subprocess.Popen(
        [sys.executable, str(tmp_path / "script.py"), *arguments],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def directory_and_worker(process: subprocess.Popen[str]) -> tuple[Path, int]:
    """The directory of multiprocessing that a worker has, and the worker's number."""
    assert process.stdout is not None
    path, worker = process.stdout.readline().split()
    directory = Path(path).parent
    assert directory.name.startswith("pymp-")
    return directory, int(worker)


def wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(600):
        if is_so():
            return
        time.sleep(0.1)
    pytest.fail("not within a minute")


def test_the_workers_remove_what_a_killed_parent_leaves(tmp_path: Path) -> None:
    with begin(tmp_path, "main") as process:
        directory, _worker = directory_and_worker(process)
        wait_until(lambda: not directory.exists())
    assert process.returncode == -signal.SIGKILL


def test_what_the_parents_parent_has_made_stays(tmp_path: Path) -> None:
    """Its own socket lies there: without it, it could start no process any more."""
    with begin(tmp_path, "child") as process:
        _directory, worker = directory_and_worker(process)
        wait_until(lambda: not psutil.pid_exists(worker))
        answer, _nothing = process.communicate()
    assert answer == "True\n"


def test_workers_fit_the_machine() -> None:
    assert 1 <= worker_count() <= (os.cpu_count() or 1)


def test_what_may_take_longest_is_graded_first() -> None:
    names = ("pooling", "fashion_ladder", "convolution", "two_layer_cnn", "pooling")
    jobs = [Job(f"student{number}", name, Path()) for number, name in enumerate(names)]
    first, *others = longest_first(jobs, find_course(KIT), {jobs[2], jobs[3]})
    assert [job.student for job in (first, *others)] == [f"student{n}" for n in (3, 1, 2, 0, 4)]


def test_a_while_of_a_student_may_not_end(course: Course) -> None:
    jobs = [hand_in(course, name) for name in ("ann", "bob")]
    path = jobs[1].directory / "alpha.ipynb"
    notebook = nbformat.read(path, as_version=4)
    answer = next(
        cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution")
    )
    answer.source = "if True:\n    while True:\n        pass"
    nbformat.write(notebook, path)
    graded_before = recognized.Recognized(course, unsafe_local=False)
    assert [graded_before.cached_result(job) for job in jobs] == [None, None]
    assert graded_before.may_not_end == {jobs[1]}
