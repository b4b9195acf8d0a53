"""`autograder collect` takes the archives that Moodle and Canvas write, as an instructor runs it."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from pathlib import Path

import pytest

from autograder.course.course import Course
from autograder.submissions.archive import MAX_MEMBER
from tests.support.commands import run_here, run_module
from tests.support.small_course import answered, released_course

ROSTER = """\
id,first_name,last_name,email,lms_user_id,dropped
ada,Ada,Lovelace,ada@example.org,1234,
jon,Jürgen,O'Neill-Peña,jp@example.org,1235,
li,小龙,李,li@example.org,1236,
zoe,Zoë,Ärmel,zoe@example.org,1237,
eve,Eve,Evil,eve@example.org,1238,
gone,Gus,Gone,gus@example.org,1239,yes
"""
MONDAY, TUESDAY = (2026, 11, 2, 12, 0, 0), (2026, 11, 3, 12, 0, 0)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    course = released_course(tmp_path / "course")
    (course.root / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return course


def notebook(course: Course, author: str, assignment: str = "alpha") -> bytes:
    """A notebook that its author can be told by."""
    released = course.released_notebook(assignment).read_bytes()
    return answered(released, {"add": f"def add(a, b):\n    return a + b  # of {author}"}).encode()


def archive(
    course: Course, files: dict[str, bytes], encoding: str = "", time: tuple[int, ...] = MONDAY
) -> str:
    """A zip of these files; with an encoding, names are in it and nothing says so."""
    path = course.root.parent / "hand-ins.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, time)  # type: ignore[arg-type]
            if encoding:
                info = _Unflagged(name, time)  # type: ignore[arg-type]
                info.encoding = encoding
            bundle.writestr(info, data, zipfile.ZIP_DEFLATED)
    return str(path)


class _Unflagged(zipfile.ZipInfo):
    """A member whose name is not in UTF-8, or does not say so."""

    encoding = "cp437"

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the name in zipfile
        return self.filename.encode(self.encoding), self.flag_bits


def collect(course: Course, *arguments: str) -> tuple[int, str]:
    roster = str(course.root / "roster.csv")
    return run_here(course.root, "collect", *arguments, "--roster", roster)


def authors(course: Course) -> dict[str, str]:
    """Student -> who wrote the notebook that lies there, and what it is called."""
    actual = {}
    for path in sorted((course.root / "submitted").glob("*/alpha/*.ipynb")):
        author = re.search(r"# of (\S+?)\"", path.read_text())
        assert author
        actual[path.parent.parent.name] = author[1]
    return actual


def row(output: str, student: str) -> str:
    """The row of a student in the table, which may take several lines."""
    actual = re.search(rf"│ {student} +│(.*?)(?=\n│ \S|\n└)", output, re.DOTALL)
    return " ".join(actual[1].replace("│", " ").split()) if actual else ""


def test_moodles_archive_goes_to_its_students_and_is_graded(course: Course) -> None:
    names = {"Ada Lovelace": "ada", "Jürgen O'Neill-Peña": "jon", "李 小龙": "li"}
    files = {
        f"{name}_{4711 + at}_assignsubmission_file_/{at}_alpha.ipynb": notebook(course, student)
        for at, (name, student) in enumerate(names.items())
    }
    files["Zoë Ärmel_4720_assignsubmission_onlinetext_/onlinetext.html"] = b"I could not"
    files["Gus Gone_4721_assignsubmission_file_/alpha.ipynb"] = notebook(course, "gone")
    files["Nora Nobody_4722_assignsubmission_file_/alpha.ipynb"] = notebook(course, "nora")
    files["Eve Evil_4723_assignsubmission_file_/alpha.ipynb"] = notebook(course, "eve")
    files["Eve Evil_4723_assignsubmission_file_/timestamp.txt"] = b"2020-01-01 12:00:00 UTC"
    files["Eve Evil_4723_assignsubmission_file_/../../ada/alpha/alpha.ipynb"] = b"{}"
    path = archive(course, files)
    status, output = run_module(
        course.root,
        *("autograder.cli.main", "collect", "moodle", path, "--roster", "roster.csv"),
    )
    assert status == 1
    assert "Traceback" not in output
    assert authors(course) == {"ada": "ada", "jon": "jon", "li": "li", "eve": "eve"}
    assert "Hand-ins of alpha" in output
    assert "new" in row(output, "ada")
    assert "renamed, found by its cells" in row(output, "ada")
    assert "leads out of the" in row(output, "eve")
    assert "NOT TAKEN Gus Gone_4721: of gone, who is dropped in the roster" in output
    assert "NOT TAKEN Nora Nobody_4722: nobody in the roster is Nora Nobody" in output
    assert "typed into Moodle (onlinetext), no file" in row(output, "zoe")
    assert "Without a hand-in: 0" not in output
    eve = course.root / "submitted/eve/alpha"
    assert sorted(entry.name for entry in eve.iterdir()) == [
        "alpha.ipynb",
        "student-timestamp.txt",
    ]
    assert not list(course.root.glob(".collect-*"))
    status, output = run_module(course.root, "autograder.cli.main", "grade")
    assert status == 0, output
    assert "taken for alpha.ipynb" in output


@pytest.mark.parametrize("encoding", ["", "utf-8", "cp437", "cp1252"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_umlauts_in_any_encoding_of_a_zip(course: Course, encoding: str, form: str) -> None:
    if form == "NFD" and encoding.startswith("cp"):
        pytest.skip("no such letters in a code page")
    name = unicodedata.normalize(form, "Zoë Ärmel_12_assignsubmission_file_/Übung.ipynb")
    path = archive(course, {name: notebook(course, "zoe")}, encoding)
    status, output = collect(course, "moodle", path)
    assert status == 0, output
    assert [p.name for p in (course.root / "submitted/zoe/alpha").iterdir()] == ["Übung.ipynb"]


def test_canvas_archive_with_late_and_second_attempts(course: Course) -> None:
    files = {
        "lovelaceada_1234_567890_alpha.ipynb": notebook(course, "ada"),
        "lovelaceada_1234_567894_alpha-2.ipynb": notebook(course, "ada"),
        "oneillpeñajürgen_LATE_1235_567891_alpha-1.ipynb": notebook(course, "jon"),
        "eve_1238_5_lovelaceada_1234_567890_alpha.ipynb": notebook(course, "eve"),
        "ärmelzoë_1237_text.html": b"I could not",
        "LATE_anon_x7Yz2_99_alpha.ipynb": notebook(course, "nobody"),
    }
    status, output = collect(course, "canvas", archive(course, files))
    assert status == 1
    assert authors(course) == {"ada": "ada", "jon": "jon", "eve": "eve"}
    # So the student called it: -1 is Canvas's. With an alpha.ipynb beside it, a name is the student's own.
    assert row(output, "jon") == "new alpha.ipynb LATE"
    assert "alpha-2.ipynb" in row(output, "ada")
    assert "LATE is Canvas's mark" in output
    assert "anonymous grading" in output
    assert "(gone" not in output
    assert "li" in output.partition("Without a hand-in: ")[2]
    assert not list((course.root / "submitted").rglob("timestamp.txt"))


def test_a_folder_of_a_person_also_zipped_with_itself(course: Course) -> None:
    files = {
        "all of them/ada/alpha/alpha.ipynb": notebook(course, "ada"),
        "all of them/Jürgen O'Neill-Peña - alpha.ipynb": notebook(course, "jon"),
        "all of them/alpha_zoe.ipynb": notebook(course, "zoe"),
        "all of them/notes.txt": b"of mine",
    }
    path = archive(course, files)
    status, output = collect(course, "folder", path)
    assert status == 1
    assert authors(course) == {"ada": "ada", "jon": "jon", "zoe": "zoe"}
    assert "NOT TAKEN notes.txt: nobody in the roster is notes" in output
    with zipfile.ZipFile(path) as bundle:
        bundle.extractall(course.root.parent / "folder")
    (course.root.parent / "folder/all of them/notes.txt").unlink()
    status, output = collect(course, "folder", str(course.root.parent / "folder"))
    assert status == 0
    assert row(output, "ada").startswith("unchanged")
    (course.root.parent / "folder/all of them/alpha_zoe.ipynb").unlink()
    output = collect(course, "folder", str(course.root.parent / "folder"))[1]
    assert "Not in this archive, in submitted/ already: 1 of 5 (zoe)" in output
    assert "Without a hand-in: 2 of 5 (eve, li)" in output


@pytest.mark.parametrize("students", [["ada", "jon"], ["ada"]])
def test_the_clones_of_github_classroom(course: Course, students: list[str]) -> None:
    """Also a single one, which is no folder around all of them."""
    clones = course.root.parent / "alpha-submissions"
    for student in students:
        clone = clones / f"alpha-{student}"
        (clone / "alpha").mkdir(parents=True)
        (clone / "alpha/alpha.ipynb").write_bytes(notebook(course, student))
        (clone / ".git").mkdir()
        (clone / ".git/config").write_text("[core]")
    status, output = collect(course, "folder", str(clones))
    assert status == 0, output
    assert authors(course) == {student: student for student in students}
    assert not list((course.root / "submitted").rglob(".git"))


def test_a_newer_hand_in_stays_and_an_older_one_is_kept_aside(course: Course) -> None:
    name = "Ada Lovelace_7_assignsubmission_file_/alpha.ipynb"
    there = course.root / "submitted/ada/alpha/alpha.ipynb"
    assert collect(course, "moodle", archive(course, {name: notebook(course, "one")}))[0] == 0
    second = notebook(course, "two")
    status, output = collect(course, "moodle", archive(course, {name: second}, time=TUESDAY))
    assert status == 0
    assert row(output, "ada").startswith("replaced")
    assert there.read_bytes() == second
    kept = course.root / "replaced/ada/alpha/1/alpha.ipynb"
    assert kept.read_bytes() == notebook(course, "one")
    status, output = collect(course, "moodle", archive(course, {name: notebook(course, "one")}))
    assert status == 1
    assert "NOT TAKEN" in row(output, "ada")
    assert "older than what is there" in row(output, "ada")
    assert there.read_bytes() == second
    status, output = collect(
        course, "moodle", archive(course, {name: notebook(course, "one")}), "--replace"
    )
    assert status == 0
    assert there.read_bytes() == notebook(course, "one")
    assert (course.root / "replaced/ada/alpha/2/alpha.ipynb").read_bytes() == second


def test_the_time_is_written_where_the_archive_has_it(course: Course) -> None:
    path = archive(course, {"ada/alpha.ipynb": notebook(course, "ada")})
    assert collect(course, "folder", path, "--times", "Nowhere/City")[0] == 2
    assert not (course.root / "submitted").exists()
    assert collect(course, "folder", path, "--times", "Europe/Berlin")[0] == 0
    stamp = course.root / "submitted/ada/alpha/timestamp.txt"
    assert stamp.read_text() == "2026-11-02 11:00:00 UTC\n"


def test_a_late_student_stays_late_when_the_hand_in_is_replaced(course: Course) -> None:
    name = "Ada Lovelace_7_assignsubmission_file_/alpha.ipynb"
    stamp = course.root / "submitted/ada/alpha/timestamp.txt"
    assert collect(course, "moodle", archive(course, {name: notebook(course, "one")}))[0] == 0
    assert not stamp.exists()
    stamp.write_text("2026-11-01 18:00 Europe/Berlin\n")  # by the instructor's hand
    newer = archive(course, {name: notebook(course, "two")}, time=TUESDAY)
    status, output = collect(course, "moodle", newer)
    assert status == 0
    assert "keeps 2026-11-01 17:00:00 UTC" in " ".join(output.split())
    assert stamp.read_text() == "2026-11-01 17:00:00 UTC\n"
    older = archive(course, {name: notebook(course, "one")}, time=(2026, 10, 1, 12, 0, 0))
    assert collect(course, "moodle", older, "--replace")[0] == 0
    assert not stamp.exists()
    in_real_time = archive(course, {name: notebook(course, "three")}, time=TUESDAY)
    assert collect(course, "moodle", in_real_time, "--times", "UTC")[0] == 0
    assert stamp.read_text().startswith("2026-11-03 ")


def test_the_assignment_is_asked_for_where_it_is_unclear(course: Course) -> None:
    files = {
        "ada/x.ipynb": notebook(course, "ada"),
        "zoe/y.ipynb": course.released_notebook("beta").read_bytes(),
    }
    path = archive(course, files)
    status, output = collect(course, "folder", path)
    assert status == 2
    assert "holds alpha of 1 student, beta of 1 student. Name the assignment with" in output
    assert not (course.root / "submitted").exists()
    status, output = collect(course, "folder", path, "--assignment", "alpha")
    assert status == 0
    assert "no notebook of alpha (beta is in it)" in row(output, "zoe")
    for name in ("none", "gamma"):
        status, output = collect(course, "folder", path, "--assignment", name)
        assert status == 2
        assert f"{name}: no assignment has this name" in output


def test_an_archive_of_strangers_is_said_to_be_that(course: Course) -> None:
    """Its notebooks are of the course; it is the names that are not."""
    path = archive(course, {"lovelaceada_1234_567_alpha.ipynb": notebook(course, "ada")})
    status, output = collect(course, "moodle", path)
    assert status == 2
    assert "no file of the archive is a student's of the roster, as moodle names them" in output
    assert "lovelaceada_1234_567_alpha.ipynb" in output.partition("\n")[2]
    assert "no notebook" not in output
    assert collect(course, "canvas", path)[0] == 0


def test_another_notebook_never_takes_the_place_of_the_right_one(course: Course) -> None:
    right = notebook(course, "ada")
    collect(course, "folder", archive(course, {"ada/alpha.ipynb": right}))
    files = {"ada/alpha.pdf": b"%PDF", "zoe/alpha.ipynb": notebook(course, "zoe")}
    status, output = collect(course, "folder", archive(course, files, time=TUESDAY))
    assert status == 1
    assert "no notebook of the assignment, and something is there already" in row(output, "ada")
    assert (course.root / "submitted/ada/alpha/alpha.ipynb").read_bytes() == right


def test_the_gradebook_is_the_roster_where_none_is_named(course: Course) -> None:
    path = archive(course, {"ada/alpha.ipynb": notebook(course, "ada")})
    status, output = run_here(course.root, "collect", "folder", path)
    assert status == 2
    assert "no students are known yet. Name a CSV file with --roster" in output
    (course.root / "submitted/ada/beta").mkdir(parents=True)
    assert run_module(course.root, "autograder.cli.main", "grade")[0] == 0
    status, output = run_here(course.root, "collect", "folder", path)
    assert status == 0, output
    assert authors(course) == {"ada": "ada"}


def test_a_bomb_costs_itself_only(course: Course) -> None:
    files = {"ada/alpha.ipynb": notebook(course, "ada"), "eve/alpha.ipynb": bytes(MAX_MEMBER + 1)}
    status, output = collect(course, "folder", archive(course, files))
    assert status == 1
    assert authors(course) == {"ada": "ada"}
    assert "the limit is 104,857,600" in row(output, "eve")
