"""Feedback goes back to Moodle and to students: from Moodle's archive there and back, by commands."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from tests.support.commands import run_here, run_module
from tests.support.small_course import answered, edit, released_course

RIGHT = "def add(a, b):\n    return a + b"
WRONG = "def add(a, b):\n    return '=cmd()' if a == 1 else [-1, a]"
FOLDERS = {
    "ada": "Ada Lovelace_4711_assignsubmission_file_/",
    "jon": "Jürgen Peña_4712_assignsubmission_file_/",
}
SHEET = (
    '\ufeffIdentifier,"Full name","Email address",Status,Grade,"Maximum Grade",'
    '"Grade can be changed","Last modified (submission)","Last modified (grade)",'
    '"Feedback comments"\n'
    "Participant 4711,Ada Lovelace,ada@example.org,-,,4.00,Yes,-,-,<p>Well done!</p>\n"
    "Participant 4712,Jürgen Peña,jp@example.org,-,,4.00,Yes,-,-,\n"
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of two whose work came in an archive of Moodle, and of one who brought it by hand."""
    course = released_course(tmp_path_factory.mktemp("course"))
    root = course.root
    (root / "roster.csv").write_text(
        "id,name,email\nada,Ada Lovelace,ada@example.org\njon,Jürgen Peña,jp@example.org\n",
        encoding="utf-8",
    )
    released = course.released_notebook("alpha").read_bytes()
    with zipfile.ZipFile(root / "alpha.zip", "w") as bundle:
        for folder, answer in zip(FOLDERS.values(), (RIGHT, WRONG), strict=True):
            bundle.writestr(f"{folder}alpha.ipynb", answered(released, {"add": answer}))
    collect = ("collect", "moodle", "alpha.zip", "--roster", "roster.csv")
    for command in (collect, ("grade",)):
        status, output = run_module(root, "autograder.cli.main", *command)
        assert status == 0, output
    return root


def feedback(root: Path, *arguments: str) -> tuple[int, str]:
    return run_here(root, "export", "feedback", *arguments)


def files_in(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as bundle:
        assert bundle.testzip() is None
        return {name: bundle.read(name) for name in bundle.namelist()}


def page(root: Path, student: str) -> bytes:
    return (root / "feedback" / student / "alpha" / "alpha.html").read_bytes()


def test_moodles_zip_has_each_page_in_the_students_folder(root: Path, tmp_path: Path) -> None:
    to = tmp_path / "back.zip"
    command = ("moodle", str(root / "alpha.zip"), "--roster", str(root / "roster.csv"))
    status, output = feedback(root, *command, "--assignment", "alpha", "--to", str(to))
    assert status == 0, output
    expected = {
        f"{folder}alpha-feedback.html": page(root, name) for name, folder in FOLDERS.items()
    }
    assert files_in(to) == expected
    assert to.stat().st_mode & 0o077 == 0
    status, output = feedback(root, *command, "--assignment", "alpha", "--to", str(to))
    assert status == 1
    assert "is there already" in output
    status, output = feedback(root, *command)
    assert status == 2
    assert "Name it with --assignment" in output


def test_who_is_not_in_the_archive_is_named(root: Path, tmp_path: Path) -> None:
    archive = tmp_path / "part.zip"
    with zipfile.ZipFile(archive, "w") as bundle:
        bundle.writestr(f"{FOLDERS['ada']}alpha.ipynb", b"{}")
    command = ("moodle", str(archive), "--roster", str(root / "roster.csv"))
    status, output = feedback(root, *command, "--assignment", "alpha")
    assert status == 1
    assert "NOT EXPORTED jon/alpha: has no file in part.zip" in output
    assert list(files_in(tmp_path / "part-feedback.zip")) == [
        f"{FOLDERS['ada']}alpha-feedback.html"
    ]


def test_canvas_gets_each_graded_notebook_under_the_name_in_its_archive(
    root: Path, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(root, tmp_path / "course"))  # points by hand are given here
    roster = tmp_path / "roster.csv"
    roster.write_text(
        "id,name,lms_user_id\nada,Ada Lovelace,71\njon,Jürgen Peña,72\n", encoding="utf-8"
    )
    archive = tmp_path / "submissions.zip"
    names = {
        "ada": "lovelaceada_71_5001_alpha-1.ipynb",
        "jon": "penajurgen_LATE_72_5002_mine.ipynb",
    }
    released = (root / "assignments/alpha/alpha.ipynb").read_bytes()
    with zipfile.ZipFile(archive, "w") as bundle:
        for name in names.values():
            bundle.writestr(name, released)
        bundle.writestr("penajurgen_LATE_72_5003_scratch.ipynb", b'{"cells": []}')
    with Gradebook(f"sqlite:///{root}/gradebook.db", "small") as book:
        grade = book.find_grade("add", "alpha", "alpha", "jon")
        grade.manual_score, grade.needs_manual_grade = 0.5, False
        book.find_comment("add-solution", "alpha", "alpha", "jon").manual_comment = "See me."
        book.db.commit()
    command = ("canvas", str(archive), "--roster", str(roster), "--assignment", "alpha")
    status, output = feedback(root, *command)
    assert status == 0, output
    assert "2 graded notebooks in submissions-feedback.zip" in output
    files = files_in(tmp_path / "submissions-feedback.zip")
    assert set(files) == set(names.values())
    first, *cells = json.loads(files[names["jon"]])["cells"]
    assert "".join(first["source"]) == (
        "**alpha: 0.5 / 4**\n\n- add: 0.5 / 3\n\n  See me.\n\n- double: 0 / 1"
    )
    graded = json.loads((root / "autograded/jon/alpha/alpha.ipynb").read_text())["cells"]
    assert [cell["id"] for cell in cells] == [cell["id"] for cell in graded]
    assert "See me." not in files[names["ada"]].decode()


def test_what_canvas_gets_is_in_the_language_of_the_course(root: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(root, tmp_path / "course"))
    edit(root / "pyproject.toml", "[tool.autograder]", '[tool.autograder]\nlanguage = "zh_CN"')
    roster, archive = tmp_path / "roster.csv", tmp_path / "submissions.zip"
    roster.write_text("id,name,lms_user_id\nada,Ada Lovelace,71\n", encoding="utf-8")
    name = "lovelaceada_LATE_71_5001_alpha.ipynb"
    with zipfile.ZipFile(archive, "w") as bundle:
        bundle.writestr(name, b"{}")
    with Gradebook(f"sqlite:///{root}/gradebook.db", "small") as book:
        book.find_submission_notebook("alpha", "alpha", "ada").late_submission_penalty = 1.5
        book.db.commit()
    command = ("canvas", str(archive), "--roster", str(roster), "--assignment", "alpha")
    feedback(root, *command, "--student", "ada")
    first, *_cells = json.loads(files_in(tmp_path / "submissions-feedback.zip")[name])["cells"]
    assert "迟交扣分" in "".join(first["source"])


def test_each_student_gets_a_zip_of_their_own_pages(root: Path, tmp_path: Path) -> None:
    to = tmp_path / "zips"
    status, output = feedback(root, "students", "--to", str(to))
    assert status == 0, output
    assert sorted(path.name for path in to.iterdir()) == ["ada.zip", "jon.zip"]
    for student in ("ada", "jon"):
        assert files_in(to / f"{student}.zip") == {"alpha.html": page(root, student)}
    assert feedback(root, "students", "--to", str(to))[0] == 1
    status, output = feedback(root, "students", "--student", "ada", "--to", str(tmp_path / "one"))
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["ada.zip"]


def test_moodles_worksheet_gets_comments_where_there_are_none(root: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    run_module(root, "nbgrader", "db", "student", "add", "ada", "--email", "ada@example.org")
    run_module(root, "nbgrader", "db", "student", "add", "jon", "--email", "jp@example.org")
    status, output = run_here(root, "export", "moodle", str(sheet), "--assignment", "alpha")
    assert status == 0, output
    assert "1 row with something under 'Feedback comments', left as it is" in output
    text = (tmp_path / "sheet-graded.csv").read_text(encoding="utf-8-sig")
    rows = {row["Email address"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["ada@example.org"]["Feedback comments"] == "<p>Well done!</p>"
    comment = rows["jp@example.org"]["Feedback comments"]
    assert comment.startswith("<p><strong>add</strong> 0 / 3<br>")
    assert "cmd()" in comment
    assert not {*"=+-@"} & set(comment)
