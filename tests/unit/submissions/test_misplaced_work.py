"""Work in the wrong place is listed with what to do, and none of it is passed over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder.course.course import Course, find_course
from autograder.submissions.class_directory import find_classroom, read_classroom
from tests.support.small_course import make_course


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return find_course(make_course(tmp_path))


def put(course: Course, name: str) -> Path:
    path = course.root / "submitted" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"{}")
    return path


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("flat/alpha.ipynb", "Move it to submitted/flat/alpha/"),
        ("flat/s1_Alpha (2).ipynb", "Move it to submitted/flat/alpha/"),
        ("flat/notebook.ipynb", "Move it to submitted/flat/<assignment>/"),
        ("flat/alpha.zip", "Unpack it into submitted/flat/alpha/"),
        ("flat/all.tar.gz", "Unpack it into submitted/flat/<assignment>/"),
        ("alpha.ipynb", "Move it to submitted/<student>/<assignment>/"),
        ("moodle-export.ZIP", "Unpack it into submitted/<student>/<assignment>/"),
        ("notes.txt", "Move it to submitted/<student>/<assignment>/"),
    ],
)
def test_a_file_in_the_wrong_place(course: Course, name: str, remedy: str) -> None:
    put(course, "ada/alpha/alpha.ipynb")
    put(course, name)
    classroom = read_classroom(course, course.root)
    assert [(job.student, job.assignment) for job in classroom.jobs] == [("ada", "alpha")]
    (line,) = classroom.refused
    assert line.startswith(f"submitted/{name}: ")
    assert line.endswith(remedy)


@pytest.mark.parametrize("name", ["linked", "ada/beta", "ada/gamma"])
def test_a_linked_directory(course: Course, name: str) -> None:
    put(course, "ada/alpha/alpha.ipynb")
    target = course.root / "elsewhere"
    target.mkdir()
    (course.root / "submitted" / name).symlink_to(target)
    classroom = read_classroom(course, course.root)
    assert [job.student for job in classroom.jobs] == ["ada"]
    (line,) = classroom.refused
    assert line.startswith(f"submitted/{name}: a link, which is not followed")


def test_something_that_is_neither(course: Course) -> None:
    put(course, "ada/alpha/alpha.ipynb")
    os.mkfifo(course.root / "submitted" / "pipe")
    (line,) = read_classroom(course, course.root).refused
    assert line == "submitted/pipe: not a directory. Remove it"


def test_an_odd_name_in_one_line(course: Course) -> None:
    put(course, "ada/\x1b[2Jalpha\n.ipynb")
    (line,) = read_classroom(course, course.root).refused
    assert line.isprintable()


@pytest.mark.parametrize("name", [".DS_Store", "ada/.DS_Store", "Thumbs.db", "ada/desktop.ini"])
def test_what_a_system_left_is_nobodys_work(course: Course, name: str) -> None:
    put(course, "ada/alpha/alpha.ipynb")
    put(course, name)
    assert read_classroom(course, course.root).refused == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every directory")
def test_a_directory_that_cannot_be_read(course: Course) -> None:
    put(course, "ada/alpha/alpha.ipynb")
    put(course, "ben/alpha/alpha.ipynb").parent.parent.chmod(0)
    try:
        classroom = read_classroom(course, course.root)
    finally:
        (course.root / "submitted/ben").chmod(0o755)
    assert [job.student for job in classroom.jobs] == ["ada"]
    assert classroom.refused == [
        "submitted/ben: cannot be read (Permission denied). Check its permissions"
    ]


def test_misplaced_work_alone_is_not_the_example_class(course: Course) -> None:
    put(course, "alpha.zip")
    classroom = find_classroom(course)
    assert (classroom.root, classroom.jobs, len(classroom.refused)) == (course.root, [], 1)
