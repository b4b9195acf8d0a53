"""A class on a Dask cluster: the same grades, lost workers survived, other courses refused."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from distributed import Client

from autograder._util import machine
from autograder.classroom import dask, scheduler
from autograder.classroom.dask import forget
from autograder.classroom.result import Result
from autograder.classroom.scheduler import grade_all
from autograder.course.course import Course, find_course
from autograder.course.settings import CourseError
from autograder.results.outcome import TestOutcome
from autograder.submissions.class_directory import Job
from tests.support import hosts
from tests.support.hosts import Host
from tests.support.small_course import edit, hand_in, released_course

RIGHT = "def add(a, b):\n    return a + b"
SLOW = "import time\ndef add(a, b):\n    time.sleep(1)\n    return a + b"
PATIENCE = 120  # seconds, on a busy machine


class Cluster:
    """A scheduler and workers, each in a process and a directory of its own, or on a host too."""

    def __init__(self, directory: Path, host: Host | None = None) -> None:
        self._directory = directory
        self._processes: list[subprocess.Popen[bytes]] = []
        self._address = directory / "address.json"
        options = ("--port", "0", "--no-dashboard", "--scheduler-file", str(self._address))
        self._start("scheduler", directory, host, *options)
        self._wait_for(self._address.exists)

    @property
    def address(self) -> str:
        return str(json.loads(self._address.read_text())["address"])

    def worker(
        self, course: Course, name: str, host: Host | None = None
    ) -> subprocess.Popen[bytes]:
        """A worker with a copy of the course, which is in the cluster when this returns."""
        root = self._directory / name
        shutil.copytree(
            course.root, root, ignore=shutil.ignore_patterns("submitted", ".autograder")
        )
        options = ("--name", name, "--nthreads", "1", "--no-nanny", "--no-dashboard")
        process = self._start("worker", root, host, self.address, *options)
        self._wait_for(lambda: "Registered to" in (root / "log").read_text())
        return process

    def end(self) -> None:
        for process in reversed(self._processes):
            process.kill()
            process.wait()

    def _start(
        self, role: str, root: Path, host: Host | None, *arguments: str
    ) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "distributed.cli.dask_" + role, *arguments]
        command += ["--host", host.address if host else "127.0.0.1"]
        if host:
            command = host.command(*command)
        environment = {
            name: value for name, value in os.environ.items() if "AUTOGRADER" not in name
        }
        with (root / "log").open("w") as log:
            process = subprocess.Popen(command, cwd=root, env=environment, stdout=log, stderr=log)
        self._processes.append(process)
        return process

    def _wait_for(self, ready: Callable[[], bool]) -> None:
        for _ in range(PATIENCE * 5):
            if ready():
                return
            assert all(process.poll() is None for process in self._processes)
            time.sleep(0.2)
        pytest.fail("the cluster does not start")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    (tmp_path / "cluster").mkdir()
    dask_cluster = Cluster(tmp_path / "cluster")
    yield dask_cluster
    dask_cluster.end()


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return released_course(tmp_path / "course")


def job(course: Course, student: str, source: str) -> Job:
    return Job(student, "alpha", hand_in(course, student, source))


def outcomes(results: list[Result]) -> dict[str, list[TestOutcome]]:
    assert [result.error for result in results] == [""] * len(results)
    return {result.job.student: result.record.outcomes for result in results if result.record}


def test_the_grades_are_those_of_one_machine(
    course: Course, cluster: Cluster, tmp_path: Path
) -> None:
    sources = {"ann": RIGHT, "bob": "def add(a, b):\n    return 3", "eve": "1 / 0"}
    jobs = [job(course, *pair) for pair in sources.items()]
    for name in ("one", "two"):
        cluster.worker(course, name)
    # Workers on one machine share the course's cache, which those on others do not have.
    apart = replace(course, other_cache=tmp_path / "apart")
    alone = replace(course, other_cache=tmp_path / "alone")
    actual = outcomes(list(grade_all(jobs, apart, address=cluster.address)))
    assert actual == outcomes(list(grade_all(jobs, alone)))
    assert len({str(actual[name]) for name in sources}) == 3
    cluster.end()
    assert actual == outcomes(list(grade_all(jobs, apart, address=cluster.address)))


def test_a_worker_that_is_lost_costs_no_grade(course: Course, cluster: Cluster) -> None:
    jobs = [job(course, f"student{number}", SLOW) for number in range(6)]
    lost = cluster.worker(course, "one")
    cluster.worker(course, "two")
    results = []
    for result in grade_all(jobs, course, address=cluster.address):
        if not results:
            lost.send_signal(signal.SIGKILL)
        results.append(result)
    assert lost.wait() == -signal.SIGKILL
    assert len(outcomes(results)) == 6


def test_nobody_waits_for_ever_if_all_workers_are_lost(
    course: Course, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dask, "_LOOK_EVERY", 0.5)
    monkeypatch.setattr(dask, "_WITHOUT_WORKERS", 2.0)
    jobs = [job(course, "ann", RIGHT)]
    only = cluster.worker(course, "one")
    message = (
        rf"^{cluster.address}: all workers of the cluster are lost.* dask worker {cluster.address}"
    )
    with pytest.raises(CourseError, match=message):
        list(grade_all(jobs, course, address=cluster.address, when_started=only.kill))


def test_workers_may_be_on_other_hosts(course: Course, tmp_path: Path) -> None:
    if not hosts.possible():
        pytest.skip(hosts.MISSING)
    jobs = [job(course, f"student{number}", SLOW) for number in range(4)]
    directory = tmp_path / "cluster"
    directory.mkdir()
    with hosts.hosts(3) as (head, first, second):
        cluster = Cluster(directory, head)
        try:
            assert cluster.address.startswith(f"tcp://{head.address}:")
            cluster.worker(course, "one", first)
            lost = cluster.worker(course, "two", second)
            results = []
            for result in grade_all(jobs, course, address=cluster.address):
                if not results:
                    lost.send_signal(signal.SIGKILL)
                results.append(result)
        finally:
            cluster.end()
    assert len(outcomes(results)) == 4


def test_a_model_is_trained_once_for_all_hosts(cluster: Cluster, course: Course) -> None:
    for name in ("one", "two"):
        cluster.worker(course, name)

    def use(directory: str, key: str) -> bytes:
        """What a host does that needs a run: take it, or make it."""
        import time
        from pathlib import Path

        from autograder.classroom.dask import ClusterTrainings

        cache = ClusterTrainings(Path(directory))
        with cache.claim(key) as stored:
            if stored is None:
                time.sleep(1)
                stored = f"made in {Path(directory).name}".encode()
                cache.put(key, stored, 1.0)
        kept = cache.get(key)
        assert kept == stored
        return stored

    with Client(cluster.address, set_as_default=False) as client:
        directory = cluster._directory
        futures = [
            client.submit(use, str(directory / name / "cache"), key, workers=[name], pure=False)
            for key in ("first", "second")
            for name in ("one", "two")
        ]
        runs = client.gather(futures)
        assert runs[0] == runs[1]
        assert runs[2] == runs[3]
        assert len(client.list_datasets()) == 2
        forget(client)
        assert not client.list_datasets()


def test_a_training_is_not_lost_with_its_host(cluster: Cluster, course: Course) -> None:
    lost = cluster.worker(course, "one")
    cluster.worker(course, "two")

    def use(directory: str, seconds: float) -> bool:
        """Whether the run was for this host to make."""
        import time
        from pathlib import Path

        from autograder.classroom.dask import ClusterTrainings

        with ClusterTrainings(Path(directory)).claim("key") as stored:
            (Path(directory) / "claimed").touch()
            time.sleep(seconds)
        return stored is None

    with Client(cluster.address, set_as_default=False) as client:
        first, second = (cluster._directory / name / "cache" for name in ("one", "two"))
        client.submit(use, str(first), 3600, workers=["one"], retries=0)
        cluster._wait_for((first / "claimed").exists)
        future = client.submit(use, str(second), 0, workers=["two"])
        time.sleep(2)
        assert not (second / "claimed").exists()
        lost.send_signal(signal.SIGKILL)
        assert future.result(timeout=PATIENCE)


def test_a_worker_with_another_course_grades_nothing(course: Course, cluster: Cluster) -> None:
    handed_in = job(course, "ann", RIGHT)
    cluster.worker(course, "one")
    edit(course.root / "solutions/alpha.py", "return a + b\n", "return b + a\n")
    (result,) = grade_all([handed_in], find_course(course.root), address=cluster.address)
    assert result.record is None
    assert "is another version of the course or of the kit" in result.error
    assert str(cluster._directory / "one") in result.error


def test_a_worker_with_other_packages_grades_nothing(
    course: Course, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another Hypothesis would draw other cases than the rest of the class gets."""
    handed_in = job(course, "ann", RIGHT)
    cluster.worker(course, "one")
    own = machine.versions()
    patch = f"{own['python'].rpartition('.')[0]}.99"
    monkeypatch.setattr(
        scheduler, "versions", lambda: {**own, "hypothesis": "6.0", "python": patch}
    )
    (result,) = grade_all([handed_in], course, address=cluster.address)
    assert result.record is None
    assert f"has hypothesis {own['hypothesis']} instead of 6.0. Make it the same" in result.error


def test_without_scheduler_or_worker_it_is_said(course: Course, cluster: Cluster) -> None:
    handed_in = job(course, "ann", RIGHT)
    with pytest.raises(CourseError, match="no worker is there"):
        list(grade_all([handed_in], course, address=cluster.address))
    cluster.end()
    with pytest.raises(CourseError, match="no Dask scheduler answers"):
        list(grade_all([handed_in], course, address=cluster.address))


def test_an_address_that_is_none_is_refused_at_once(course: Course) -> None:
    with pytest.raises(CourseError, match="nonsense: no Dask scheduler answers"):
        list(grade_all([job(course, "ann", RIGHT)], course, address="nonsense"))
