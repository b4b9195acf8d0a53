"""The wheel and the zips of a course outside the kit's repository."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from autograder.authoring.student_kit import write_kit
from autograder.course.course import Course, find_course
from autograder.course.kit_wheel import kit_wheel
from autograder.export import gradescope
from tests.support.small_course import released_course

ROOT = Path(__file__).resolve().parents[3]
UV = ROOT / ".tools" / "bin" / "uv"
VERSION = "0.2.0+small"
# A notebook's cells with an answer, in an environment that has this wheel.
STUDENT = """
import autograder
from autograder import check
def add(a, b):
    return a * b
print(check("add"))
print(autograder.__file__)
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return released_course(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def wheel(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    name, content = kit_wheel(course)
    path = tmp_path_factory.mktemp("wheel") / name
    path.write_bytes(content)
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory that the wheel is installed into."""
    target = tmp_path_factory.mktemp("installed")
    install = [
        UV,
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        target,
        wheel,
    ]
    subprocess.run(install, check=True)
    return target


def run(installed: Path, code: str, cwd: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    completed = subprocess.run(
        [sys.executable, "-c", code],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return completed.stdout


def test_it_has_the_courses_visible_graders_and_nothing_hidden(wheel: Path) -> None:
    assert wheel.name == f"cnn_exercises-{VERSION}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        record = csv.reader(
            io.StringIO(archive.read(f"cnn_exercises-{VERSION}.dist-info/RECORD").decode())
        )
        assert {path for path, *_ in record} == set(names)
    graders = {
        name for name in names if name.startswith("autograder/graders/") and name.endswith(".py")
    }
    assert {Path(name).stem for name in graders} - {"__init__"} == {"alpha", "beta"}
    assert not {"hidden", "solutions"} & {part for name in names for part in Path(name).parts}


def test_a_student_checks_an_answer_of_that_course(installed: Path, tmp_path: Path) -> None:
    printed = run(installed, STUDENT, tmp_path)
    assert "not right yet" in printed
    assert "called add(1, 2)" in printed
    assert printed.splitlines()[-1].startswith(str(installed))


def test_an_installed_kit_makes_the_same_wheel_again(
    installed: Path, wheel: Path, tmp_path: Path
) -> None:
    code = (
        "from autograder.course import kit_wheel\n"
        "name, files = kit_wheel._installed()\n"
        "import json; print(json.dumps([name, {path: data.hex() for path, data in files.items()}]))"
    )
    name, files = json.loads(run(installed, code, tmp_path))
    assert name == wheel.name
    with zipfile.ZipFile(wheel) as archive:
        assert set(files) == set(archive.namelist())
        for path in files:
            if not path.endswith("RECORD"):  # in the order of the installer's list
                assert bytes.fromhex(files[path]) == archive.read(path), path


def test_the_students_zip_has_that_wheel(course: Course, wheel: Path, tmp_path: Path) -> None:
    names = write_kit(course, tmp_path / "kit.zip")
    assert wheel.name in names
    with zipfile.ZipFile(tmp_path / "kit.zip") as archive:
        notebook = json.loads(archive.read("kit/alpha/alpha.ipynb"))
    assert f'wheel = "{wheel.name}"' in "".join(notebook["cells"][0]["source"])


def test_gradescopes_zip_installs_that_wheel(course: Course, wheel: Path, tmp_path: Path) -> None:
    gradescope.write_autograder(course, "alpha", tmp_path / "made.zip")
    with zipfile.ZipFile(tmp_path / "made.zip") as archive:
        names = set(archive.namelist())
        setup = archive.read("setup.sh").decode()
    assert {wheel.name, "solutions/alpha.py", "autograder/graders/hidden/alpha.py"} <= names
    assert f'install --quiet "./{wheel.name}[course]"' in setup
    assert "{" not in setup.replace("${", "")
    with zipfile.ZipFile(tmp_path / "made.zip") as archive:
        archive.extractall(tmp_path / "source")
    unpacked = find_course(tmp_path / "source")
    assert set(unpacked.assignments) == set(course.assignments)
