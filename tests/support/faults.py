"""A class that `autograder grade` grades in a process of its own, and what can go wrong with it."""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import multiprocessing.forkserver as forkserver
import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import psutil
from nbgrader.api import Gradebook

from autograder.results.record import GradeRecord
from tests.support.mounts import mounts
from tests.support.small_course import answered, released_course

KIT = Path(__file__).resolve().parents[2]
# What each answers; None hands in no notebook, which is a grade too.
STUDENTS = {
    "ann": "def add(a, b):\n    return a + b",
    "bob": "def add(a, b):\n    return 3",
    "eve": None,
}
_SUBREAPER, _NEW_MOUNTS = 36, 0x20000
_LONGEST = 300  # seconds that a run may take on any machine before the test gives up
_LIBC = ctypes.CDLL(None, use_errno=True)
# It has the command line imported and forks a run off in no time, where Python takes seconds.
_RUNS = multiprocessing.get_context("forkserver")
_RUNS.set_forkserver_preload(["autograder.classroom.grade_class"])


class Class:
    """A small class on disk: three submissions of alpha, and what is to be seen of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.course = released_course(root)
        for student, source in STUDENTS.items():
            directory = root / "submitted" / student / "alpha"
            directory.mkdir(parents=True)
            if source is None:
                continue
            notebook = self.course.released_notebook("alpha").read_bytes()
            (directory / "alpha.ipynb").write_text(answered(notebook, {"add": source}))

    @property
    def gradebook(self) -> Path:
        return self.root / "gradebook.db"

    def grade(self, **options: Any) -> tuple[int | None, str]:
        """A whole run: its exit status and what it said."""
        return Run(self, **options).end()

    def drop_cache(self) -> None:
        shutil.rmtree(self.course.cache, ignore_errors=True)

    def forget(self) -> None:
        """Be a class that was never graded."""
        self.drop_cache()
        self.gradebook.unlink(missing_ok=True)
        for name in ("records", "autograded", "feedback"):
            shutil.rmtree(self.root / name, ignore_errors=True)

    def score_by_hand(self) -> None:
        """What an instructor enters in the formgrader."""
        with Gradebook(f"sqlite:///{self.gradebook}") as book:
            book.find_grade("add", "alpha", "alpha", "bob").manual_score = 2.5
            book.find_grade("double", "alpha", "alpha", "eve").extra_credit = 0.25
            comment = book.find_comment("add-solution", "alpha", "alpha", "bob")
            comment.manual_comment = "see me"
            book.db.commit()

    def state(self) -> dict[str, object]:
        """All that two runs over the same class have to agree in."""
        return {
            "scores": self._scores(),
            "records": {str(path): _record(path) for path in sorted(self.root.glob("records/*/*"))},
            "feedback": _contents(self.root, "feedback/*/alpha/*.html"),
            "graded": sorted(_contents(self.root, "autograded/*/alpha/*")),
            "submitted": _contents(self.root, "submitted/**/*"),
        }

    def _scores(self) -> dict[str, object]:
        grades: dict[str, object] = {}
        with Gradebook(f"sqlite:///{self.gradebook}") as book:
            for student in STUDENTS:
                notebook = book.find_submission_notebook("alpha", "alpha", student)
                for grade in notebook.grades:
                    grades[f"{student} {grade.name}"] = (
                        grade.auto_score, grade.manual_score, grade.extra_credit, grade.score,
                        bool(grade.needs_manual_grade),
                    )  # fmt: skip
                for comment in notebook.comments:
                    grades[f"{student} {comment.name}"] = (
                        comment.auto_comment, comment.manual_comment,
                    )  # fmt: skip
        return grades


class Run:
    """`autograder grade` over a class, in a process of its own.

    `before` is called in it first, `after` when it is done; `environment` is its own and its
    workers'.
    """

    def __init__(
        self,
        room: Class,
        *,
        jobs: int = 2,
        before: Callable[[Path], None] | None = None,
        after: Callable[[Path], None] | None = None,
        environment: dict[str, str] | None = None,
    ) -> None:
        self._log = room.root.parent / "said.txt"
        arguments = (room.root, self._log, jobs, before, after, environment or {})
        self._process = _RUNS.Process(target=_grade, args=arguments)
        self._process.start()
        self.main = psutil.Process(self._process.pid)

    def end(self) -> tuple[int | None, str]:
        """Wait for its end: the exit status, negative for a signal, and what it said."""
        self._process.join(_LONGEST)
        assert not self._process.is_alive(), "the run does not end"
        return self._process.exitcode, self._log.read_text()

    @property
    def over(self) -> bool:
        return not self._process.is_alive()

    def processes(self, kind: str) -> list[psutil.Process]:
        """The live processes of a kind: "main", "server", "worker", or "sandbox".

        Workers are forks of the server. To a sandbox belongs all that it is made of.
        """
        if kind == "main":
            return [self.main]
        try:
            below = self.main.children(recursive=True)
        except psutil.NoSuchProcess:
            return []
        return [process for process in below if _kind(process) == kind]

    def kill_one(self, kind: str, chance: random.Random, after: float) -> str:
        """End one process of `kind`, the first that lives from `after` seconds on.

        Returns what was hit, and nothing where the run was over before.
        """
        time.sleep(after)
        while not self.over:
            alive = self.processes(kind)
            if alive:
                victim = chance.choice(alive)
                try:
                    name = victim.name()
                    victim.kill()
                except psutil.NoSuchProcess:
                    continue
                return f"{kind} ({name})"
            time.sleep(0.01)
        return ""


def _grade(
    root: Path,
    log: Path,
    jobs: int,
    before: Callable[[Path], None] | None,
    after: Callable[[Path], None] | None,
    environment: dict[str, str],
) -> None:
    from autograder.cli.main import main

    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    os.environ.update(environment)
    if before:
        before(root)
    os.chdir(root)
    try:
        code = main(["grade", "--jobs", str(jobs)])
    finally:
        if after:
            after(root)
    raise SystemExit(code)


def _kind(process: psutil.Process) -> str:
    try:
        command = " ".join(process.cmdline())
    except psutil.Error:
        return ""
    if not command or process.status() == psutil.STATUS_ZOMBIE:
        return ""
    if "multiprocessing.forkserver" not in command:
        return "sandbox"
    with contextlib.suppress(psutil.Error):
        parent = process.parent()
        if parent and "autograder.classroom.scheduler" in " ".join(parent.cmdline()):
            return "worker"
    return "server"


def _record(path: Path) -> object:
    """A record but for what it took."""
    record = msgspec.json.decode(path.read_bytes(), type=GradeRecord)
    return msgspec.to_builtins(msgspec.structs.replace(record, seconds=0.0))


def _contents(root: Path, pattern: str) -> dict[str, bytes]:
    files = (path for path in root.glob(pattern) if path.is_file())
    return {str(path.relative_to(root)): path.read_bytes() for path in files}


@contextmanager
def nothing_left() -> Iterator[None]:
    """No process and no mount outlives what is done meanwhile."""
    mounted = mounts(Path.cwd())
    _LIBC.prctl(_SUBREAPER, 1)  # who loses its parent becomes our child, and is found
    try:
        forkserver.ensure_running()  # it and what it needs are there for all runs
        before = set(psutil.Process().children(recursive=True))
        yield
        remaining = [p for p in psutil.Process().children(recursive=True) if p not in before]
        _, alive = psutil.wait_procs(remaining, timeout=60)
        for process in alive:
            process.kill()
    finally:
        _LIBC.prctl(_SUBREAPER, 0)
    assert [process.as_dict(["pid", "cmdline"]) for process in alive] == []
    assert mounts(Path.cwd()) == mounted
