"""Which submissions there are in a class on disk, and which names are refused."""

from pathlib import Path

import pytest

from autograder.course.course import Course, find_course
from autograder.course.settings import CourseError
from autograder.submissions.class_directory import class_root, find_classroom, read_classroom
from tests.support.small_course import make_course


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return find_course(make_course(tmp_path))


@pytest.mark.parametrize(
    "student", ["<img src=x onerror=alert(1)>", 'ada" onload="x', "\x1b]0;title\x07", "\u202eada"]
)
def test_an_id_that_is_no_name_is_refused(course: Course, student: str) -> None:
    (course.root / "submitted" / student / "alpha").mkdir(parents=True)
    classroom = read_classroom(course, course.root)
    assert classroom.jobs == []
    (line,) = classroom.refused
    assert line.endswith("Rename the directory")
    assert line.isprintable()


@pytest.mark.parametrize("student", ["ada", "Zoë O'Brien, B.", "=1+1", "a&b", "李 [2]", "x*"])
def test_an_id_that_is_a_name_is_graded(course: Course, student: str) -> None:
    (course.root / "submitted" / student / "alpha").mkdir(parents=True)
    classroom = read_classroom(course, course.root)
    assert [job.student for job in classroom.jobs] == [student]
    assert classroom.refused == []


def test_an_unknown_assignment_is_named_in_one_line(course: Course) -> None:
    (course.root / "submitted/ada/\x1b[2Jgamma").mkdir(parents=True)
    (line,) = read_classroom(course, course.root).refused
    assert "no assignment has this name" in line
    assert line.isprintable()


def test_a_course_without_hand_ins_and_without_an_example_says_what_to_do(course: Course) -> None:
    with pytest.raises(
        CourseError, match=r"nothing is handed in yet\. Put notebooks into submitted/"
    ):
        find_classroom(course)
    assert not (course.root / "example-class").exists()


def test_results_are_those_of_the_class_that_is_graded(course: Course) -> None:
    (course.root / "tests" / "students" / "ann" / "alpha").mkdir(parents=True)
    (course.root / "submitted").mkdir()
    assert class_root(course) == find_classroom(course).root == course.root / "example-class"
    (course.root / "submitted" / "ada" / "alpha").mkdir(parents=True)
    assert class_root(course) == find_classroom(course).root == course.root


@pytest.mark.parametrize("left", ["records", "gradebook.db"])
def test_a_class_whose_hand_ins_are_gone_keeps_its_results(course: Course, left: str) -> None:
    (course.root / "submitted").mkdir()
    (course.root / left).mkdir()
    assert class_root(course) == course.root
