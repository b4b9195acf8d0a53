"""A part of the class by --assignment and --student; what grading again would change, and changed."""

import csv
import shutil
import stat
from pathlib import Path

import pytest

from autograder.authoring.release import build
from autograder.authoring.validate import filled_in
from tests.support.commands import run_here
from tests.support.small_course import edit, released_course


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small course in which ann (right), bob (blank) have been graded."""
    course = released_course(tmp_path_factory.mktemp("course"))
    for name, built in build(course).items():
        for student, notebook in (
            ("ann", filled_in(built.release, built.source)),
            ("bob", built.release),
        ):
            directory = course.root / "submitted" / student / name
            directory.mkdir(parents=True)
            (directory / f"{name}.ipynb").write_bytes(notebook)
    assert run_here(course.root, "grade")[0] == 0
    return course.root


@pytest.fixture
def root(graded: Path, tmp_path: Path) -> Path:
    """A copy of that course, to change."""
    return Path(shutil.copytree(graded, tmp_path / "course"))


def change_grader(root: Path) -> None:
    """Ask for another sum in the hidden test of `add`, which has 2 points."""
    hidden = root / "autograder" / "graders" / "hidden" / "alpha.py"
    edit(hidden, "returns(reference.add(20, 30))", "returns(reference.add(20, 30) + 1)")


def files(root: Path) -> dict[Path, bytes]:
    """All that an instructor keeps of the class."""
    kept = [root / "gradebook.db", root / "class.html", *(root / "regrades.txt",)]
    kept += [p for d in ("records", "feedback", "autograded") for p in (root / d).rglob("*")]
    return {path: path.read_bytes() for path in kept if path.is_file()}


def whole(root: Path) -> dict[Path, bytes]:
    """Everything below the course's directory, the cache included; directories are empty."""
    return {path: path.read_bytes() if path.is_file() else b"" for path in root.rglob("*")}


def test_a_preview_names_what_would_change_and_writes_nothing(root: Path) -> None:
    change_grader(root)
    shutil.copytree(root / "submitted" / "ann", root / "submitted" / "cora")
    before = whole(root)
    code, printed = run_here(root, "grade", "--preview")
    assert code == 0
    assert "WOULD CHANGE ann/alpha: 4 -> 2 of 4" in printed
    assert '  add, "Larger numbers": was passed (2 points), is failed (0 points)' in printed
    assert "  solution, graders or kit: was" in printed
    assert "bob" not in printed.replace("bob/", "")
    assert "Preview: 1 score of 6 submissions would change; 0 would keep the score" in printed
    assert "2 are new." in printed
    assert whole(root) == before


def test_a_preview_keeps_apart_who_is_only_told_something_else(root: Path) -> None:
    """Points move between the tests of a question: ann's total stays, and bob's."""
    edit(root / "autograder" / "graders" / "alpha.py", '"add", points=1', '"add", points=2')
    hidden = root / "autograder" / "graders" / "hidden" / "alpha.py"
    edit(hidden, '"add", points=2', '"add", points=1')
    code, printed = run_here(root, "grade", "--preview", "--assignment", "alpha")
    assert code == 0
    assert "WOULD CHANGE" not in printed
    assert "SAME SCORE ann/alpha: 4 of 4 as before" in printed
    assert "Preview: 0 scores of 2 submissions would change; 1 would keep the score" in printed


def test_an_unchanged_class_has_nothing_to_preview(root: Path) -> None:
    code, printed = run_here(root, "grade", "--preview")
    assert code == 0
    assert "WOULD CHANGE" not in printed
    assert "Preview: 0 scores of 4 submissions would change; 0 would keep" in printed


def test_a_preview_makes_no_example_class(root: Path) -> None:
    shutil.rmtree(root / "submitted")
    before = whole(root)
    code, printed = run_here(root, "grade", "--preview")
    assert (code, "Preview: 0 scores of 0 submissions" in printed) == (0, True)
    assert whole(root) == before


def test_a_regrade_keeps_the_list_of_what_it_changed(root: Path) -> None:
    change_grader(root)
    code, printed = run_here(root, "grade")
    assert code == 0
    assert "Results of 1 submission changed: .venv/bin/autograder regrades" in printed
    kept = root / "regrades.txt"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    heading, scores, *_ = kept.read_text().splitlines()
    assert heading.startswith("# Graded again at 20")
    assert scores == "ann/alpha: 4 -> 2 of 4"
    assert "regrades" not in run_here(root, "grade")[1]  # nothing has changed since
    assert run_here(root, "regrades") == (0, kept.read_text())
    kept.write_text(f"# Graded again at 1999\nann/beta: 0 -> 1 of 1\n{kept.read_text()}")
    assert "1999" not in run_here(root, "regrades")[1]
    assert run_here(root, "regrades", "--all") == (0, kept.read_text())
    kept.unlink()
    assert run_here(root, "regrades") == (0, "No regrade has changed a result yet.\n")


def test_only_the_selection_is_graded(root: Path) -> None:
    change_grader(root)
    before = files(root)
    code, printed = run_here(root, "grade", "--assignment", "beta", "--student", "ann")
    assert code == 0
    assert "Grading 1 submission " in printed
    assert "alpha" not in printed
    assert files(root) == before


def test_misplaced_work_of_others_does_not_concern_a_selection(root: Path) -> None:
    (root / "submitted" / "bob" / "notes.txt").write_text("x")
    assert run_here(root, "grade", "--student", "ann")[0] == 0
    code, printed = run_here(root, "grade", "--student", "bob")
    assert code == 1
    assert "NOT GRADED submitted/bob/notes.txt" in printed


@pytest.mark.parametrize("command", ["grade", "report", "class-page"])
def test_an_unknown_name_is_refused_with_the_closest(graded: Path, command: str) -> None:
    code, printed = run_here(graded, command, "--assignment", "alpa")
    assert code == 2
    assert "alpa: no assignment has this name. Did you mean alpha? There are alpha, beta" in printed
    code, printed = run_here(graded, command, "--student", "anne")
    assert code == 2
    assert "anne: no student of this class has this id. Did you mean ann?" in printed


def test_a_report_of_a_selection_has_only_its_rows(graded: Path) -> None:
    code, printed = run_here(graded, "report", "--assignment", "beta", "--student", "ann")
    assert code == 0
    assert "ann" in printed
    assert "bob" not in printed
    assert "alpha" not in printed
    assert "times" in printed


def test_a_page_of_a_selection_leaves_the_class_page(root: Path) -> None:
    whole = (root / "class.html").read_bytes()
    code, printed = run_here(root, "class-page", "--assignment", "beta")
    assert code == 0
    assert "Class page: class-part.html" in printed
    page = (root / "class-part.html").read_text()
    assert "beta" in page
    assert "alpha" not in page
    assert (root / "class.html").read_bytes() == whole


def test_validate_checks_only_the_named_assignment(graded: Path) -> None:
    _code, printed = run_here(graded, "validate", "--assignment", "beta")
    assert "alpha: the solution" not in printed
    assert "beta" in printed
    assert "no assignment has this name" in run_here(graded, "validate", "--assignment", "x")[1]


def test_validate_of_a_student_checks_the_hand_ins_and_runs_nothing(root: Path) -> None:
    assert run_here(root, "validate", "--student", "ann") == (
        0, "ann/alpha: can be graded\nann/beta: can be graded\n",
    )  # fmt: skip
    (root / "submitted" / "bob" / "alpha" / "alpha.ipynb").write_text("{")
    before = whole(root)
    code, printed = run_here(root, "validate", "--student", "bob", "--assignment", "alpha")
    assert code == 1
    assert "bob/alpha: cannot be read, and would score 0\n  alpha.ipynb: " in printed
    assert "ann/" not in printed
    assert whole(root) == before
    code, printed = run_here(root, "validate", "--student", "anne")
    assert (code, printed.count("\n")) == (2, 1)
    assert "Did you mean ann?" in printed


def test_practice_grades_cannot_be_previewed(graded: Path) -> None:
    code, printed = run_here(graded, "grade", "--preview", "--unsafe-local")
    assert code == 2
    assert "--unsafe-local are never recorded" in printed


def test_what_is_handed_in_and_not_graded_yet_is_not_called_missing(root: Path) -> None:
    submitted = root / "submitted"
    shutil.copytree(
        submitted / "ann" / "alpha", submitted / "cora" / "alpha"
    )  # new to the gradebook
    shutil.copytree(submitted / "bob" / "alpha", submitted / "dan" / "alpha")
    code, printed = run_here(root, "grade", "--student", "dan")
    assert code == 0, printed
    shutil.copytree(submitted / "bob" / "beta", submitted / "dan" / "beta")  # came after that

    _, printed = run_here(root, "report")
    rows = {
        line.split("│")[1].strip(): line.split("│")[2:]
        for line in printed.splitlines()
        if "│" in line
    }
    assert [cell.strip() for cell in rows["cora"][:2]] == ["new", "-"]
    assert rows["dan"][1].strip() == "new"
    assert "new: handed in, not graded yet: `make grade` grades it" in printed

    _, printed = run_here(root, "export", "csv", "--to", str(root / "grades.csv"))
    with (root / "grades.csv").open(newline="") as file:
        actual = {(row["student_id"], row["assignment"]): row for row in csv.DictReader(file)}
    assert actual["cora", "alpha"]["status"] == actual["dan", "beta"]["status"] == "ungraded"
    assert actual["cora", "beta"]["status"] == "missing"
    assert "alpha: 1 handed in but not graded yet, left empty: cora. Run `make grade`" in printed

    run_here(root, "class-page", "--csv")
    page = (root / "class.html").read_text()
    assert "alpha: handed in, not graded yet: `make grade`:" in page
    assert page.count('<span class="quiet">not graded yet</span>') == 2
    with (root / "class-assignments.csv").open(newline="") as file:
        alpha = next(csv.DictReader(file))
    assert (alpha["students"], alpha["handed_in"], alpha["ungraded"]) == ("4", "4", "1")

    code, printed = run_here(root, "export", "feedback", "students")
    assert code == 1
    assert (
        "NOT EXPORTED beta: 1 handed in but not graded yet, no page is handed back: dan." in printed
    )
