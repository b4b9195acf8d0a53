"""The zip for students: what is in it, that it can be handed in, and that it works by itself."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from autograder.authoring.student_kit import write_kit
from autograder.course.course import find_course
from autograder.grading.grade import grade
from autograder.results.outcome import Status
from autograder.submissions.submission import read_submission

ROOT = Path(__file__).resolve().parents[3]
UV = ROOT / ".tools" / "bin" / "uv"
WITH_KERAS = {"two_layer_cnn", "fashion_ladder"}
# What a front end would do, without one: each cell in turn, and what check() says.
RUN_CELLS = """
import json, sys
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
for source in json.load(open(sys.argv[1])):
    executed = shell.run_cell(source)
    executed.raise_error()
    if source.startswith("check("):
        print("CHECKED", str(executed.result).splitlines()[0])
import autograder
print("FROM", autograder.__file__)
"""


def code_cells(path: Path) -> list[str]:
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]


def test_it_holds_every_notebook_and_one_wheel(kit: Path) -> None:
    (wheel,) = kit.glob("*.whl")
    for name in find_course(ROOT).assignments:
        released = code_cells(ROOT / "assignments" / name / f"{name}.ipynb")
        install, *rest = code_cells(kit / name / f"{name}.ipynb")
        assert rest == released
        assert wheel.name in install
        assert f"keras={name in WITH_KERAS})" in install
    assert wheel.name in (kit / "README.txt").read_text()
    with zipfile.ZipFile(wheel) as archive:
        parts = {part for name in archive.namelist() for part in name.split("/")}
    assert not parts & {"hidden", "solutions", "tests"}


def test_the_same_course_makes_the_same_zip(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_kit(find_course(ROOT), tmp_path / name / "kit.zip")
    first, second = ((tmp_path / name / "kit.zip").read_bytes() for name in ("one", "two"))
    assert first == second


def test_a_notebook_of_the_kit_can_be_handed_in(kit: Path, tmp_path: Path) -> None:
    course = find_course(ROOT)
    directory = tmp_path / "kit-student" / "pooling"
    directory.mkdir(parents=True)
    (directory / "pooling.ipynb").write_bytes((kit / "pooling" / "pooling.ipynb").read_bytes())
    submission = read_submission(directory, "pooling", course)
    assert submission.problems == []
    graded = grade(submission, course)
    for question in course.assignments["pooling"].questions:
        assert graded.status(question.name) is Status.NOT_ATTEMPTED


@pytest.mark.slow
@pytest.mark.parametrize(
    ("assignments", "extras"),
    [(("convolution", "pooling", "parameters"), ()), (("two_layer_cnn",), ("keras",))],
    ids=["without TensorFlow", "with Keras"],
)
def test_it_works_in_a_fresh_environment_without_network(
    assignments: tuple[str, ...], extras: tuple[str, ...], kit: Path, tmp_path: Path
) -> None:
    home, venv = tmp_path / "home", tmp_path / "venv"
    home.mkdir()
    completed = subprocess.run([UV, "cache", "dir"], capture_output=True, text=True, check=True)
    offline = {
        **{name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ},
        "HOME": str(home),
        "UV_CACHE_DIR": completed.stdout.strip(),
        "UV_PROJECT_ENVIRONMENT": str(venv),
        "PIP_NO_INDEX": "1",
    }

    def run(*command: object, cwd: Path = ROOT) -> str:
        completed = subprocess.run(
            [str(part) for part in command], cwd=cwd, env=offline, capture_output=True, text=True
        )
        assert completed.returncode == 0, completed.stderr[-3_000:]
        return completed.stdout

    # What the wheel asks for, at the versions of the lock, and nothing of a course.
    fresh = ("--frozen", "--offline", "--no-dev", "--no-install-project")
    wanted = [part for extra in extras for part in ("--extra", extra)]
    run(UV, "sync", *fresh, *wanted, "--python", Path(sys.base_prefix) / "bin" / "python3")
    python = venv / "bin" / "python"
    run(python, "-m", "ensurepip")
    for name in assignments:
        solved = ROOT / "tests" / "students" / "ada-all-right" / name / f"{name}.ipynb"
        cells = [code_cells(kit / name / f"{name}.ipynb")[0], *code_cells(solved)]
        (tmp_path / "cells.json").write_text(json.dumps(cells))
        printed = run(python, "-c", RUN_CELLS, tmp_path / "cells.json", cwd=kit / name)
        checked = [line for line in printed.splitlines() if line.startswith("CHECKED")]
        assert len(checked) == len(find_course(ROOT).assignments[name].questions)
        assert all(line.startswith("CHECKED ✓") for line in checked), checked
        assert f"FROM {venv}" in printed
    there = run(python, "-c", "import importlib.util as u; print(u.find_spec('tensorflow'))")
    assert (there.strip() == "None") is (not extras)
    completed = subprocess.run(
        [venv / "bin" / "autograder", "grade"], capture_output=True, text=True, env=offline
    )
    assert completed.returncode
    assert "Install cnn-exercises[course]" in completed.stderr
