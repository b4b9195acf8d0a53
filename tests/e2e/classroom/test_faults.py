"""Whatever befalls a grading run, the next one finishes the class with the same grades.

The faults are in tests/support/disturbances.py. A few of each kind are in every `make test`; 200 of them,
from a fixed seed, are injected by `make test ARGS='-n 0 -m faults -s'`, which takes long.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from autograder.results.record import GradeRecord, RecordStore
from autograder.training.cache import TrainingCache
from tests.support import disturbances
from tests.support.faults import Class, nothing_left

Disturb = Callable[[Class, random.Random, float], int]


@dataclass
class Graded:
    """A class graded without any fault, with a score by hand; what it was after each run."""

    room: Class
    first: dict[str, object]
    expected: dict[str, object]
    seconds: float  # of a run in which nothing comes from the cache

    def survives(self, disturb: Disturb, chance: random.Random, *, times: int = 1) -> int:
        """Disturb some runs, let one go undisturbed, compare; how many faults there were."""
        with nothing_left():
            count = sum(disturb(self.room, chance, self.seconds) for _ in range(times))
            code, output = self.room.grade()
        assert code == 0, output
        assert self.room.state() == self.expected
        return count


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    room = Class(tmp_path_factory.mktemp("faults") / "class")
    began = time.monotonic()
    code, output = room.grade()
    seconds = time.monotonic() - began
    assert code == 0, output
    first = room.state()
    room.score_by_hand()
    assert room.grade()[0] == 0
    return Graded(room, first, room.state(), seconds)


@pytest.mark.parametrize("kind", ["worker", "server", "sandbox"])
def test_a_killed_worker_or_sandbox_costs_not_even_that_run(graded: Graded, kind: str) -> None:
    room = graded.room
    for attempt in range(1, 7):  # a machine that is faster by now is done before the fault
        room.drop_cache()
        with nothing_left():
            hit = disturbances.killed(kind, room, random.Random(2), graded.seconds / 2**attempt)
        assert room.state() == graded.expected
        if hit:
            return
    pytest.fail("no run lasted long enough to be hit")


def test_a_class_is_finished_after_runs_that_could_not(graded: Graded) -> None:
    for disturb in (
        partial(disturbances.killed, "main"),
        disturbances.read_only,
        disturbances.locked,
        partial(disturbances.out_of_memory, "worker"),
    ):
        with nothing_left():
            disturb(graded.room, random.Random(1), graded.seconds)
    (graded.room.root / "records/ann/half.part").write_bytes(b"{")  # as kill -9 may leave it
    assert graded.survives(disturbances.damaged_files, random.Random(1)) >= 3


def needs_mounts() -> None:
    if not disturbances.may_mount():
        pytest.skip("a small disk is a mount, and only root can make one here")


def test_a_full_disk(graded: Graded) -> None:
    needs_mounts()
    assert graded.survives(disturbances.full_disk, random.Random(3)) == 1


def test_the_clock_is_not_believed(graded: Graded) -> None:
    with nothing_left():
        disturbances.clock(graded.room, random.Random(0), graded.seconds)
    assert graded.room.state() == graded.expected


def record(key: str) -> GradeRecord:
    """A record with digits, the change of which leaves it well-formed."""
    return GradeRecord(
        assignment="alpha", digest="7" * 64, key=key, sandbox="bwrap", outcomes=[], seed=123_456_789
    )  # fmt: skip


@pytest.mark.parametrize("damage", disturbances.DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_grade_is_no_cached_grade(tmp_path: Path, damage: disturbances.Damage) -> None:
    store, kept = RecordStore(tmp_path), record("key")
    for seed in range(20):
        store.save(kept)
        assert store.load("key") == kept
        damage(tmp_path / "key", random.Random(seed))
        assert store.load("key") is None, seed
    store.save(kept)
    assert store.load("key") == kept


@pytest.mark.parametrize("damage", disturbances.DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_training_run_is_trained_again(
    tmp_path: Path, damage: disturbances.Damage
) -> None:
    trained = {f"run {number}": random.Random(number).randbytes(3000) for number in range(2)}
    for seed in range(3):
        for _ in range(2):  # once to find and mend the damage, once to find all well
            cache = TrainingCache(tmp_path)
            for key, data in trained.items():
                with cache.claim(key) as stored:
                    assert stored in (None, data), seed
                    if stored is None:
                        cache.put(key, data, seconds=1.0)
        with cache.claim("run 0") as stored:
            assert stored == trained["run 0"]
        damage(tmp_path / "runs.db", random.Random(seed))


# How many faults of each kind the long form injects, and in how many runs before the next is
# left alone.
LONG: dict[str, tuple[int, int, Disturb]] = {
    "kill -9 of the main process": (40, 3, partial(disturbances.killed, "main")),
    "kill -9 of a worker": (20, 2, partial(disturbances.killed, "worker")),
    "kill -9 of the fork server": (10, 2, partial(disturbances.killed, "server")),
    "kill -9 in a sandbox": (40, 2, partial(disturbances.killed, "sandbox")),
    "a full disk": (12, 2, disturbances.full_disk),
    "a read-only gradebook": (6, 2, disturbances.read_only),
    "a locked gradebook": (10, 2, disturbances.locked),
    "jumps of the clock": (6, 1, disturbances.clock),
    "a main process out of memory": (8, 2, partial(disturbances.out_of_memory, "main")),
    "a worker out of memory": (8, 2, partial(disturbances.out_of_memory, "worker")),
    "damaged grades and records": (40, 1, disturbances.damaged_files),
}
assert sum(wanted for wanted, _, _ in LONG.values()) >= 200


@pytest.mark.faults
@pytest.mark.parametrize("kind", LONG)
def test_many_faults(graded: Graded, kind: str) -> None:
    """All kinds together are 200 faults; a run that ended before its fault does not count."""
    wanted, times, disturb = LONG[kind]
    if disturb is disturbances.full_disk:
        needs_mounts()
    chance = random.Random(kind)
    began, count, runs = time.monotonic(), 0, 0
    while count < wanted:
        count += graded.survives(disturb, chance, times=times)
        runs += 1
        assert runs <= 4 * wanted, "the faults come too late to be any"
    print(f"\n{kind}: {count} faults, {runs} reruns, {time.monotonic() - began:,.0f} s")


@pytest.mark.faults
def test_a_first_run_is_killed(graded: Graded) -> None:
    """There is no gradebook yet: it is begun by the run that is killed."""
    chance = random.Random(0)
    for _ in range(5):
        graded.room.forget()
        with nothing_left():
            disturbances.killed("main", graded.room, chance, graded.seconds)
            code, output = graded.room.grade()
        assert code == 0, output
        assert graded.room.state() == graded.first
    graded.room.score_by_hand()
    assert graded.room.grade()[0] == 0  # the class as the other tests take it
