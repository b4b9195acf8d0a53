"""The example class, from `make grade` to nbgrader's gradebook and back."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.authoring.leak_audit import audit, audit_others, secrets
from autograder.cli import main
from autograder.course.course import find_course

ROOT = Path(__file__).resolve().parents[3]

# student: assignment: what each question earned, where it is not the full or the blank score.
EXPECTED = {
    "ada-all-right": {
        "convolution": 24,
        "fashion_ladder": 42,
        "parameters": 16,
        "pooling": 14,
        "two_layer_cnn": 18,
    },
    "ben-all-blank": {
        "convolution": 0,
        "fashion_ladder": 0,
        "parameters": 0,
        "pooling": 0,
        "two_layer_cnn": 0,
    },
    "cleo-partly-right": {"convolution": 19},  # window and stride; what is built on them counts
    "dan-syntax-error": {"convolution": 22},  # window; sharing calls it, so ours was substituted
    "eve-endless-function": {"convolution": 22},  # the same
    "finn-endless-cell": {"convolution": 24},
    "gita-deleted-cells": {"convolution": 21},  # stride; convolve calls it, so ours was substituted
    "hugo-old-format": {"convolution": 24},
    "ines-not-a-notebook": {"convolution": 0},
    "jack-empty-file": {"convolution": 0},
    "kira-huge-output": {"convolution": 24},
    "leo-raises-in-a-cell": {"convolution": 24},
    "mia-another-way": {"convolution": 24, "two_layer_cnn": 18},
    "nils-late": {"pooling": 14},
    "olga-two-notebooks": {"pooling": 14},
    "paul-hardly-learns": {"fashion_ladder": 39},  # of the open rung, the point for its form
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the course, so that nothing of a test is left in it."""
    root = tmp_path_factory.mktemp("course")
    for name in ("solutions", "assignments"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copytree(ROOT / "tests" / "students", root / "tests" / "students")
    shutil.copy(ROOT / "nbgrader_config.py", root)
    shutil.copy(ROOT / "pyproject.toml", root)
    # What `make grade` has trained and graded with this code already is not done again here.
    if (known := ROOT / ".autograder").exists():
        shutil.copytree(known, root / ".autograder", ignore=shutil.ignore_patterns("unfinished"))
    return root


@pytest.fixture(scope="module")
def graded(course: Path) -> str:
    """What `make grade` printed; it must end with 0 although students failed."""
    completed = run("autograder.cli.main", "grade", directory=course)
    assert completed.returncode == 0, completed.stdout + completed.stderr
    return completed.stdout


def run(module: str, *arguments: str, directory: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    environment.pop("AUTOGRADER_COURSE", None)
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(
        command, cwd=directory, env=environment, capture_output=True, text=True, check=False
    )


def scores(class_root: Path) -> dict[str, dict[str, float]]:
    scores: dict[str, dict[str, float]] = {}
    with Gradebook(f"sqlite:///{class_root / 'gradebook.db'}") as gradebook:
        for assignment in gradebook.assignments:
            for submission in gradebook.assignment_submissions(assignment.name):
                scores.setdefault(submission.student_id, {})[assignment.name] = submission.score
    return scores


def test_every_student_has_the_expected_score(course: Path, graded: str) -> None:
    assert scores(course / "example-class") == EXPECTED


def test_pictures_and_the_tier_stand_on_the_feedback_page(course: Path, graded: str) -> None:
    pages = course / "example-class" / "feedback" / "paul-hardly-learns" / "fashion_ladder"
    page = (pages / "fashion_ladder.html").read_text()
    for text in ("data tier <code>sample</code>", "does not even learn a single batch"):
        assert text in page
    for alt in ("After the last of 2 epochs", "The loss on one batch went from"):
        assert alt in page
    assert page.count("data:image/png;base64") >= 2


def test_the_table_and_the_notes_are_printed(graded: str) -> None:
    for student in EXPECTED:
        assert student in graded
    for note in ("not a notebook", "empty file", "2 notebooks of one name", "upgraded"):
        assert note in graded
    # Otherwise the examples are of an older release: run `python -m tests.support.make_students`.
    assert "the read-only cell" not in graded
    assert "Traceback" not in graded


def test_what_cannot_be_read_waits_for_a_look_by_hand(course: Path, graded: str) -> None:
    with Gradebook(f"sqlite:///{course / 'example-class' / 'gradebook.db'}") as gradebook:
        for student in ("ines-not-a-notebook", "jack-empty-file"):
            assert gradebook.find_submission("convolution", student).needs_manual_grade


def test_the_submissions_are_untouched(course: Path, graded: str) -> None:
    for path in (course / "tests" / "students").rglob("*.ipynb"):
        copy = course / "example-class" / "submitted" / path.relative_to(course / "tests/students")
        assert copy.read_bytes() == path.read_bytes()


def test_feedback_names_the_mistake_and_shows_no_hidden_source(course: Path, graded: str) -> None:
    page = (
        course / "example-class/feedback/cleo-partly-right/convolution/convolution.html"
    ).read_text()
    assert "You are one short" in page
    assert "@given" not in page
    assert "reference.conv_output_size" not in page


def test_a_syntax_error_is_shown_where_it_happened(course: Path, graded: str) -> None:
    page = (
        course / "example-class/feedback/dan-syntax-error/convolution/convolution.html"
    ).read_text()
    assert "your code stopped with an error" in page
    assert "The cell with your answer stopped: SyntaxError" in page


def test_no_solution_reaches_a_blank_student(course: Path, graded: str) -> None:
    page = (
        course / "example-class/feedback/ben-all-blank/convolution/convolution.html"
    ).read_text()
    assert "size - kernel + 1" not in page


def test_nbgrader_autograde_writes_the_same_scores_and_manual_ones_survive(
    course: Path, graded: str
) -> None:
    class_root = course / "example-class"
    with Gradebook(f"sqlite:///{class_root / 'gradebook.db'}") as gradebook:
        grade = gradebook.find_grade("convolve", "convolution", "convolution", "gita-deleted-cells")
        grade.manual_score = 2.5
        gradebook.db.commit()
    for assignment in find_course(ROOT).assignments:
        completed = run("nbgrader", "autograde", assignment, "--force", directory=class_root)
        assert completed.returncode == 0, completed.stderr[-3000:]
    expected = {student: dict(marks) for student, marks in EXPECTED.items()}
    expected["gita-deleted-cells"]["convolution"] -= 2.5  # by hand, instead of the 5 it earned
    assert scores(class_root) == expected
    with Gradebook(f"sqlite:///{class_root / 'gradebook.db'}") as gradebook:
        grade = gradebook.find_grade("convolve", "convolution", "convolution", "gita-deleted-cells")
        grade.manual_score = None
        gradebook.db.commit()


def test_export_and_feedback_of_nbgrader_work(course: Path, graded: str) -> None:
    class_root = course / "example-class"
    completed = run("nbgrader", "export", directory=class_root)
    assert completed.returncode == 0, completed.stderr
    rows = (class_root / "grades.csv").read_text()
    assert "ada-all-right" in rows
    completed = run("nbgrader", "generate_feedback", "pooling", "--force", directory=class_root)
    assert completed.returncode == 0, completed.stderr


def test_report_shows_scores_and_pass_rates(course: Path, graded: str) -> None:
    completed = run("autograder.cli.main", "report", directory=course)
    assert completed.returncode == 0, completed.stderr
    assert "ada-all-right" in completed.stdout
    assert "same-padding" in completed.stdout


def test_the_class_page_shows_the_class(course: Path, graded: str) -> None:
    assert "Class page: example-class/class.html" in graded
    page = (course / "example-class" / "class.html").read_text()
    for student in EXPECTED:
        assert f"<bdi>{student}</bdi>" in page
    for text in (
        "You are one short",
        "conv_output_size took longer than",
        "convolution: waits for a grade by hand",
        'href="feedback/cleo-partly-right/convolution/convolution.html"',
    ):
        assert text in page
    # The class follows the references: what is drawn of them are the runs that are kept.
    runs = ROOT / "autograder" / "graders" / "hidden" / "runs"
    rungs = [f"rung-{letter}" for letter in ("a", "b", "c", "d", "e", "open")]
    without = [rung for rung in rungs if not list(runs.glob(f"sample-{rung}-*.run"))]
    assert len(without) < len(rungs)
    questions = find_course(ROOT).assignments["fashion_ladder"].questions
    titles = {question.name: question.title for question in questions}
    named = "; ".join(titles[rung] for rung in without)
    assert (f"No confusion matrix for {named}" in page) == bool(without)
    last_rung = page.partition("Accuracy ladder:")[2].partition(f"{titles['rung-open']}<")[2]
    best = re.search("<bdi>(.*?)</bdi>", last_rung)
    assert best is not None
    assert best[1] == "ada-all-right"


def test_a_real_class_collected_from_a_zip(course: Path, graded: str) -> None:
    archive = course / "downloaded" / "pooling" / "archive" / "class.zip"
    archive.parent.mkdir(parents=True)
    notebook = course / "tests" / "students" / "ada-all-right" / "pooling" / "pooling.ipynb"
    with zipfile.ZipFile(archive, "w") as bundle:
        bundle.write(notebook, "zoe_pooling.ipynb")
    pattern = r".*[/\\](?P<student_id>[a-z]+)_(?P<file_id>\w+)\.ipynb"
    option = f"--FileNameCollectorPlugin.named_regexp={pattern}"
    completed = run("nbgrader", "zip_collect", "pooling", option, directory=course)
    assert completed.returncode == 0, completed.stderr[-3000:]
    completed = run("autograder.cli.main", "grade", directory=course)
    assert completed.returncode == 0, completed.stdout + completed.stderr
    assert scores(course) == {"zoe": {"pooling": 14}}
    assert scores(course / "example-class") == EXPECTED
    (course / "submitted" / "zoe" / "no-such-assignment").mkdir()
    completed = run("autograder.cli.main", "grade", directory=course)
    assert completed.returncode == 1
    assert (
        "NOT GRADED submitted/zoe/no-such-assignment: no assignment has this name"
        in completed.stdout
    )


def test_the_example_class_is_the_one_that_its_maker_writes() -> None:
    """Only what can be compared without a release: every student is in the expected table."""
    students = {path.name for path in (ROOT / "tests" / "students").iterdir() if path.is_dir()}
    assert students == set(EXPECTED)


def test_the_release_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["--course", str(ROOT), "release", "--check"]) == 0


def test_nothing_secret_is_released() -> None:
    course = find_course(ROOT)
    known = secrets(course)
    for kind in ("a line of the solution", "a line of a hidden grader", "a help text"):
        assert sum(secret.description.startswith(kind) for secret in known) > 50
    for name in course.assignments:
        assert audit(course, name, course.released_notebook(name).read_bytes(), known) == []
    assert audit_others(course, known) == []


def test_the_wheel_holds_no_solution_and_no_hidden_test(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        text = "\n".join(archive.read(name).decode(errors="replace") for name in names)
    assert any(name.endswith("graders/convolution.py") for name in names)
    parts = {part for name in names for part in name.split("/")}
    assert not parts & {"hidden", "solutions", "tests"}
    for secret in (
        "(size - kernel) // stride + 1\n",
        "def test_any_",
        "positions = -(-size // stride)",
    ):
        assert secret not in text
