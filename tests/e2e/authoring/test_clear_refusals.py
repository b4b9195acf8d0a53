"""Commands of an instructor's end in a line on stderr, never in a traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.authoring.release import AuthoringError, release
from autograder.course.course import find_course
from tests.e2e.classroom.test_grade_class import NO_BUBBLEWRAP
from tests.support.small_course import edit, hand_in, line_of, make_course, released_course

HIDDEN = "autograder/graders/hidden/alpha.py"
VISIBLE = "autograder/graders/alpha.py"


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of alpha alone, released, and one submission."""
    root = tmp_path_factory.mktemp("course")
    course = released_course(root)
    hand_in(course, "ann", None)
    for name in ("solutions/beta.py", VISIBLE.replace("alpha", "beta")):
        (root / name).unlink()
    shutil.rmtree(root / "assignments/beta")
    return root


@pytest.fixture
def root(released: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(released, tmp_path / "course"))


def run(root: Path, *command: str, path: str = "") -> subprocess.CompletedProcess[str]:
    completed = subprocess.run(
        [sys.executable, "-m", "autograder.cli.main", *command],
        cwd=root,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in completed.stdout + completed.stderr
    return completed


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("calibrate rung-z", "this course has no rung to train"),
        ("calibrate", "this course has no rung to train"),
        ("calibrate --seeds 9-5", "'9-5' names no seeds. Write 20, or 5-9"),
        ("calibrate --seeds 0", "'0' names no seeds"),
        ("calibrate --seeds many", "'many' names no seeds"),
        ("calibrate --threads 0", "'0' is not a whole number from 1 on"),
        ("grade --jobs 0", "'0' is not a whole number from 1 on"),
        ("grade --jobs -1", "'-1' is not a whole number from 1 on"),
        ("gradescope alpha --run nowhere", "nowhere/submission: there is no such directory"),
    ],
)
def test_an_argument_that_says_nothing(root: Path, command: str, says: str) -> None:
    completed = run(root, *command.split())
    assert (completed.returncode, completed.stdout) == (2, "")
    assert says in completed.stderr


@pytest.mark.parametrize("command", [("validate",), ("verify",), ("grade",)])
def test_without_a_sandbox(
    root: Path, tmp_path_factory: pytest.TempPathFactory, command: tuple[str, ...]
) -> None:
    if command == ("verify",):
        assert run(root, "grade").returncode == 0
    site = tmp_path_factory.mktemp("site")
    (site / "sitecustomize.py").write_text(NO_BUBBLEWRAP)
    completed = run(root, *command, path=str(site))
    assert completed.returncode in (1, 2)
    assert "bubblewrap is not installed. Install it with" in completed.stderr
    assert "bubblewrap" not in completed.stdout


def test_validate_names_a_grader_that_raises(root: Path) -> None:
    edit(root / HIDDEN, "    expect(student", "    raise ValueError('ours')\n    expect(student")
    completed = run(root, "validate")
    assert completed.returncode == 1
    line = line_of(root / "solutions/alpha.py", '"grade_id": "add", "locked": true')
    refusal = f"solutions/alpha.py:{line}: add: the solution gets no grade, grader error: "
    assert refusal in completed.stdout
    raised = line_of(root / HIDDEN, "raise ValueError('ours')")
    assert f"ValueError: ours at {HIDDEN}:{raised}. Correct the grader" in completed.stdout


def test_validate_names_a_fixture_that_there_is_not(root: Path) -> None:
    edit(root / VISIBLE, "test_double(student)", "test_double(student, trainr)")
    completed = run(root, "validate")
    assert completed.returncode == 1
    mark = line_of(root / VISIBLE, "def test_double") - 1
    assert (
        "there is no fixture 'trainr', only student, reference and trainer "
        f"at {VISIBLE}:{mark}. Correct the grader"
    ) in completed.stdout
    assert "our grader failed; this is not your fault'. Correct the grader" in completed.stdout


def test_verify_names_what_it_does_not_know(root: Path) -> None:
    for name in ("anne", "ann/alpine"):
        completed = run(root, "verify", name)
        assert completed.returncode == 2
        assert completed.stdout == ""
        assert f"autograder: {name}: nobody has handed in under this name." in completed.stderr


@pytest.mark.parametrize("grader", [VISIBLE, HIDDEN])
@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "from autograder.testing.expectation import expects",
            "ImportError: cannot import name 'expects'",
        ),
        ("import no_such_module", "ModuleNotFoundError: No module named 'no_such_module'"),
        ("SIZES = SIZE * 2", "NameError: name 'SIZE' is not defined"),
        ("raise SystemExit(3)", "SystemExit: 3"),
    ],
)
def test_a_grader_that_cannot_be_imported_is_not_released(
    tmp_path: Path, grader: str, line: str, message: str
) -> None:
    root = make_course(tmp_path)
    edit(root / grader, "import pytest\n", f"import pytest\n{line}\n")
    with pytest.raises(AuthoringError) as error:
        release(find_course(root))
    place = f"{grader}:{line_of(root / grader, line)}"
    assert str(error.value).startswith(f"{place}: the grader cannot be imported: {message}")
    assert str(error.value).endswith("Correct it")


@pytest.mark.parametrize(
    ("file", "line"),
    [("solutions/alpha.py", "    return a + b\n"), (VISIBLE, "import pytest\n")],
)
@pytest.mark.parametrize("deep", ["-" * 100_000 + "1", "1" + "+1" * 20_000])
def test_what_is_nested_too_deeply_is_not_released(
    tmp_path: Path, file: str, line: str, deep: str
) -> None:
    """Python's parser ends in a MemoryError or a RecursionError, not in a SyntaxError."""
    root = make_course(tmp_path)
    indent = line[: len(line) - len(line.lstrip())]
    edit(root / file, line, f"{indent}x = {deep}\n{line}")
    with pytest.raises(AuthoringError, match=f"{file}:.*: nested too deeply to be parsed"):
        release(find_course(root))
