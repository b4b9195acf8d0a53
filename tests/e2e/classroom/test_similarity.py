"""`autograder similar`: what is handed to the tool that compares, and what becomes of its pages."""

import stat
from pathlib import Path

import pytest

from autograder.classroom.similarity import compare
from autograder.cli.main import main
from autograder.course.course import Course
from autograder.course.settings import CourseError
from autograder.submissions.class_directory import read_classroom
from tests.support.small_course import hand_in, released_course

# In the place of uv: keeps its arguments and what it would compare, and writes a page.
TOOL = """#!/bin/sh
printf '%s\\n' "$@" > "{kept}/arguments"
cp -r students released "{kept}/"
mkdir report && echo page > report/index.html
"""


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return released_course(tmp_path / "course")


def tool(course: Course, script: str) -> None:
    path = course.root / ".tools" / "bin" / "uv"
    path.parent.mkdir(parents=True)
    path.write_text(script)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_the_blanks_are_compared_without_what_was_given(
    course: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for student, source in (
        ("ann", "def add(a, b): return a + b"),
        ("bob", "x = 1"),
        ("eve", None),
    ):
        hand_in(course, student, source)
    tool(course, TOOL.format(kept=tmp_path))
    page = compare(course, read_classroom(course, course.root), "alpha")
    assert page is not None
    assert page == course.root / "similarity" / "alpha" / "index.html"
    assert "compares 2 submissions by compare50" in capsys.readouterr().err
    assert page.read_text() == "page\n"
    arguments = (tmp_path / "arguments").read_text().splitlines()
    assert arguments[arguments.index("compare50") :] == [
        "compare50", "students/ann", "students/bob", "--distro", "released", "--output", "report",
    ]  # fmt: skip
    written = (tmp_path / "students/ann/alpha.py").read_text()
    assert written.startswith("# add-solution\ndef add(a, b): return a + b\n")
    assert "# %" not in written
    assert "NotImplementedError" in (tmp_path / "released/alpha.py").read_text()


def test_a_report_takes_the_place_of_an_older_one(course: Course, tmp_path: Path) -> None:
    for student in ("ann", "bob"):
        hand_in(course, student, f"{student} = 1")
    old = course.root / "similarity" / "alpha" / "match_1.html"
    old.parent.mkdir(parents=True)
    old.write_text("old")
    tool(course, TOOL.format(kept=tmp_path))
    page = compare(course, read_classroom(course, course.root), "alpha")
    assert page is not None
    assert page.exists()
    assert not old.exists()


def test_where_nothing_is_similar_no_report_is_left(
    course: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    for student in ("ann", "bob"):
        hand_in(course, student, f"{student} = 1")
    old = course.root / "similarity" / "alpha" / "index.html"
    old.parent.mkdir(parents=True)
    old.write_text("old")
    # As compare50 does: its progress goes to stderr, its finding to stdout, and it ends with 0.
    tool(course, "#!/bin/sh\nprintf '100%%\\r' >&2\necho 'Done, no similarities found.'\n")
    assert main(["--course", str(course.root), "similar", "alpha"]) == 0
    assert "alpha: no similar answers, so no report" in capsys.readouterr().out
    assert not old.parent.exists()


def test_what_cannot_be_done_is_said_in_a_line(course: Course) -> None:
    hand_in(course, "ann", "x = 1")
    hand_in(course, "bob", None)
    room = read_classroom(course, course.root)
    with pytest.raises(CourseError, match="fewer than two submissions with answers"):
        compare(course, room, "alpha")
    with pytest.raises(CourseError, match="gamma: no assignment has this name"):
        compare(course, room, "gamma")
    hand_in(course, "cyd", "x = 2")
    tool(course, "#!/bin/sh\necho a trace >&2\necho 'no network' >&2\nexit 1\n")
    with pytest.raises(CourseError, match="compare50 did not run: no network"):
        compare(course, read_classroom(course, course.root), "alpha")
