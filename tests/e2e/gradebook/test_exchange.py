"""nbgrader's exchange, there and back: from generate_assignment to fetch_feedback."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from tests.support.small_course import KIT, answered, configured_course

ADD = "def add(a, b):\n    return a + b"
# nbgrader names a student after the owner of the process, but on a JupyterHub after this variable.
AS_STUDENT = (
    "import nbgrader.utils; nbgrader.utils.get_osusername = lambda: 'jovyan';"
    "from nbgrader.apps import NbGraderApp; NbGraderApp.launch_instance()"
)


@dataclass
class Person:
    """Somebody with a home, a working directory and a name."""

    home: Path
    at: Path
    name: str = ""

    def run(self, *command: str) -> str:
        """Run Python with these arguments; its output, where it ends well."""
        environment = {
            **os.environ,
            "HOME": str(self.home),
            "PYTHONPATH": str(KIT),
            "JUPYTERHUB_USER": self.name,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        }
        for name in ("AUTOGRADER_COURSE", "JUPYTER_DATA_DIR", "XDG_DATA_HOME"):
            environment.pop(name, None)
        completed = subprocess.run(
            [sys.executable, *command],
            cwd=self.at, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        output = completed.stdout + completed.stderr
        assert completed.returncode == 0, output
        assert "Traceback" not in output
        return output


def _student(root: Path, name: str, exchange: Path) -> Person:
    person = Person(root / name, root / name / "work", name)
    person.at.mkdir(parents=True)
    (person.at / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.Exchange.root = {str(exchange)!r}\n"
        'c.CourseDirectory.course_id = "small"\n'
    )
    return person


def _hand_in(student: Person, add: str) -> None:
    student.run("-c", AS_STUDENT, "fetch_assignment", "alpha")
    notebook = student.at / "alpha/alpha.ipynb"
    notebook.write_text(answered(notebook.read_bytes(), {"add": add}))
    student.run("-c", AS_STUDENT, "submit", "alpha")


def _fetched(student: Person) -> list[str]:
    student.run("-c", AS_STUDENT, "fetch_feedback", "alpha")
    return [page.read_text() for page in student.at.glob("alpha/feedback/*/alpha.html")]


@pytest.fixture
def exchange(tmp_path: Path) -> Path:
    directory = tmp_path / "exchange"
    directory.mkdir()
    directory.chmod(0o777)
    return directory


@pytest.fixture
def instructor(tmp_path: Path, exchange: Path) -> Person:
    """The instructor of a course whose assignment alpha is in the exchange."""
    course = configured_course(tmp_path / "course")
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(f"\nc.Exchange.root = {str(exchange)!r}\n")
    person = Person(tmp_path / "instructor", course)
    person.home.mkdir()
    person.run("-m", "autograder.cli.main", "release")
    person.run("-m", "nbgrader", "generate_assignment", "alpha", "--force")
    person.run("-m", "nbgrader", "release_assignment", "alpha")
    return person


def test_feedback_comes_back_through_the_exchange(
    instructor: Person, tmp_path: Path, exchange: Path
) -> None:
    """Ada's does; of Bob's submission the secret is lost, Cleo's came by mail: they stop nobody.

    The options of nbgrader's command hold: --student, and the configured exclusions.
    """
    ada, bob = (_student(tmp_path, name, exchange) for name in ("ada", "bob"))
    _hand_in(ada, ADD)
    _hand_in(bob, "def add(a, b):\n    return a - b")
    instructor.run("-m", "nbgrader", "collect", "alpha")
    submitted = instructor.at / "submitted"
    secret = submitted / "bob/alpha/submission_secret.txt"
    secret.parent.chmod(0o755)
    secret.unlink()
    for student, odd in (("cleo", None), ("dan", b"\xff\xfe"), ("eve", b"a" * 1_000_000)):
        directory = submitted / student / "alpha"
        directory.mkdir(parents=True)
        (directory / "alpha.ipynb").write_bytes((submitted / "ada/alpha/alpha.ipynb").read_bytes())
        if odd is not None:
            (directory / "submission_secret.txt").write_bytes(odd)
    (submitted / "fay/alpha/submission_secret.txt").mkdir(parents=True)
    (submitted / "fay/alpha/submission_secret.txt/page.html").write_text("<p>not ours</p>")
    instructor.run("-m", "autograder.cli.main", "grade")
    assert not (instructor.at / "feedback/fay/alpha/submission_secret.txt").exists()
    released = exchange / "small/feedback"
    excluding = "--CourseDirectory.student_id_exclude=ada,bob,cleo,dan,eve,fay"
    instructor.run("-m", "nbgrader", "release_feedback", "alpha", excluding)
    assert list(released.iterdir()) == []
    output = instructor.run("-m", "nbgrader", "release_feedback", "alpha", "--student", "ada")
    assert "bob" not in output
    [released_page] = released.iterdir()
    output = instructor.run("-m", "nbgrader", "release_feedback", "alpha")
    for student in ("bob", "cleo", "dan", "eve", "fay"):
        assert f"{student}/alpha: not released" in output
    [page] = _fetched(ada)
    assert "3 of 3 points" in page
    assert _fetched(bob) == []
    assert list(released.iterdir()) == [released_page]
    assert released_page.stat().st_mode & 0o777 == 0o644

    with Gradebook(f"sqlite:///{instructor.at}/gradebook.db", "small") as book:
        book.find_grade("add", "alpha", "alpha", "ada").manual_score = 2.5
        book.db.commit()
    output = instructor.run("-m", "nbgrader", "release_feedback", "alpha")
    assert "ada/alpha: not released: points or comments have changed since its page" in output
    instructor.run("-m", "nbgrader", "generate_feedback", "alpha", "--force", "--student", "ada")
    output = instructor.run("-m", "nbgrader", "release_feedback", "alpha")
    assert "ada/alpha: not released" not in output
    assert "2.5 of 3 points" in released_page.read_text()
