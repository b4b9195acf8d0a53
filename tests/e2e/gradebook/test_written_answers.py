"""Written answers and tasks from the gradebook to the pages, reports and exports; nbgrader alike."""

from __future__ import annotations

import csv
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook
from rich.console import Console

from autograder.authoring.release import sources
from autograder.classroom.page.command import read_contents
from autograder.classroom.page.csv_tables import csv_tables
from autograder.classroom.page.entries import Entry, read_class
from autograder.classroom.page.written import still_to_grade
from autograder.classroom.terminal_report import report, to_confirm
from autograder.course.course import Course, find_course
from autograder.export.csv_files import CsvExporter
from autograder.export.gradescope import results
from autograder.gradebook import gradebook, plain_page
from autograder.gradebook.class_gradebook import database, graded_class
from autograder.gradebook.unchanged import Written
from autograder.gradebook.worded_points import WordedPoints
from autograder.results.outcome import Status, TestOutcome
from autograder.results.record import GradeRecord, write_record
from autograder.submissions.class_directory import Job
from autograder.submissions.selection import ALL
from autograder.submissions.submission import read_submission
from tests.support.commands import nbgrader
from tests.support.formgrader import formgrader_page
from tests.support.small_course import edit
from tests.support.written_course import hand_in, released_written_course
from tests.support.written_page import write as write_class_page

ANSWER = {"why": "It is commutative."}


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = released_written_course(tmp_path_factory.mktemp("course"))
    gradebook.register(course, course.root, sources(course))
    return course.root


@pytest.fixture
def course(registered: Path, tmp_path: Path) -> Course:
    """A course in which Ada's answers are graded but for what a person grades."""
    root = tmp_path / "course"
    shutil.copytree(registered, root)
    copied = find_course(root)
    grade(copied, ANSWER, note="0.1 + 0.2")
    return copied


def grade(course: Course, answers: dict[str, str], student: str = "ada", **changes: str) -> None:
    """Hand in and grade once more; the tested question is right."""
    directory = hand_in(course, student, answers, **changes)
    record = record_of(course, directory)
    gradebook.write(course, course.root, student, "sums", record)
    write_record(course.root / "records" / student / "sums.json", record)


def record_of(course: Course, directory: Path) -> GradeRecord:
    digest = read_submission(directory, "sums", course).digest
    outcomes = [
        TestOutcome(question="add", title="t", status=Status.PASSED, points=1, max_points=1)
    ]
    return GradeRecord(
        assignment="sums", digest=digest, key="k", sandbox="bwrap", outcomes=outcomes
    )


def by_hand(course: Course, question: str, score: float, comment: str = "") -> None:
    """Give Ada points and a comment as the formgrader does."""
    with Gradebook(f"sqlite:///{course.root}/gradebook.db", "written") as book:
        entry = book.find_grade(question, "sums", "sums", "ada")
        entry.manual_score, entry.needs_manual_grade = score, False
        book.find_comment(question, "sums", "sums", "ada").manual_comment = comment or None
        book.db.commit()


def entries(course: Course) -> dict[str, list[Entry]]:
    return read_class(course, *graded_class(course))


def ada(course: Course) -> Entry:
    return next(entry for entry in entries(course)["sums"] if entry.student == "ada")


def page_of(course: Course) -> str:
    page = gradebook.feedback(course, course.root, "ada", "sums").read_text()
    return page.partition("<body>")[2]


def test_they_wait_for_a_person(course: Course) -> None:
    assert ada(course).score.waiting
    assert ada(course).score.final is None
    assert ada(course).points == {"add": 1, "why": None, "explore": None}
    assert still_to_grade(course, entries(course)) == ["sums: 2 (why 1, explore 1)"]
    by_hand(course, "why", 2.5)
    assert still_to_grade(course, entries(course)) == ["sums: 1 (explore 1)"]
    by_hand(course, "explore", 2)
    assert ada(course).score.final == 5.5
    assert still_to_grade(course, entries(course)) == []


def test_a_blank_answer_is_not_attempted(course: Course) -> None:
    grade(course, {})
    assert ada(course).points == {"add": 1, "why": 0, "explore": None}
    assert "Not attempted." in page_of(course)


def test_a_regrade_keeps_points_and_comment(course: Course) -> None:
    by_hand(course, "why", 2.5, "Good, but give an example.")
    by_hand(course, "explore", 2, "Fine.")
    grade(course, ANSWER, note="0.1 + 0.2")
    assert ada(course).score.final == 5.5
    assert to_confirm(entries(course)) == []
    page = page_of(course)
    assert "Good, but give an example." in page
    assert "Graded by a person: 2.5 of 3 points." in page


@pytest.mark.parametrize(
    ("answers", "note", "changed"),
    [
        ({"why": "Because."}, "0.1 + 0.2", "why"),
        (ANSWER, "0.1 + 0.7", "explore"),
        ({}, "0.1 + 0.2", "why"),
    ],
    ids=["answer", "task", "taken-back"],
)
def test_another_answer_asks_for_a_new_look(
    course: Course, answers: dict[str, str], note: str, changed: str
) -> None:
    by_hand(course, "why", 2.5)
    by_hand(course, "explore", 2)
    grade(course, answers, note=note)
    assert ada(course).score.final == 5.5
    (line,) = to_confirm(entries(course))
    assert line.startswith(f"ada/sums: {changed}:")
    assert "You have changed your answer since." in page_of(course)


def test_a_change_of_the_text_alone_is_written(course: Course) -> None:
    job = Job("ada", "sums", course.root / "submitted" / "ada" / "sums")
    record = record_of(course, job.directory)
    gradebook.feedback(course, course.root, "ada", "sums")
    Written(course, course.root).note(job, record)
    assert Written(course, course.root).holds(job, record)
    changed = record_of(course, hand_in(course, "ada", {"why": "Because."}, note="0.1 + 0.2"))
    assert not Written(course, course.root).holds(job, changed)


def test_the_page_says_that_the_total_is_not_final(course: Course) -> None:
    page = page_of(course)
    assert "Not final: 2 questions are still to be graded by a person (why, explore)." in page
    assert "sums (Score: 1 so far / 6.0)" in page
    assert page.count("Score: not graded yet / 3.0") == 2  # in the list, and at the answer
    assert "2 points: Names commutativity." in page
    assert "Expect 0.1 and 0.2" not in page
    by_hand(course, "why", 2.5)
    by_hand(course, "explore", 2)
    page = page_of(course)
    assert "Not final" not in page
    assert "sums (Score: 5.5 / 6.0)" in page
    assert (
        "Expect 0.1 and 0.2" in page
    )  # nbgrader's mark scheme, which students see with the points
    assert "<strong>How this is graded</strong>" in page
    assert "MARK SCHEME" not in page
    assert "Expect 0.1" not in course.released_notebook("sums").read_text()


def test_the_plain_page_says_it_too() -> None:
    assert "not graded yet" in plain_page._score(WordedPoints(0.0, "not graded yet"), 3.0)


def test_the_formgrader_has_answer_and_rubric(course: Course) -> None:
    page = formgrader_page(course, "ada", "sums")
    for text in ("It is commutative.", "2 points: Names commutativity.", "Expect 0.1 and 0.2"):
        assert text in page


def test_who_grades_sees_how_many_are_left(course: Course) -> None:
    by_hand(course, "explore", 2)
    grade(course, {}, student="bob")
    out = StringIO()
    assert report(course, ALL, Console(file=out, width=120))
    rows = [line.split() for line in out.getvalue().splitlines() if "why" in line]
    assert [row[1::2] for row in rows] == [["sums", "why", "3", "1", "0", "0", "1"]]
    write_class_page(course, course.root, database(course, course.root))
    page = (course.root / "class.html").read_text()
    assert "<dt>answers to grade</dt><dd>2</dd>" in page
    assert "Written answers and tasks: a person grades them" in page


def test_the_table_of_questions_has_what_a_person_grades(course: Course) -> None:
    grade(course, {}, student="ben")
    contents = read_contents(course, course.root, f"sqlite:///{course.root}/gradebook.db", ALL)
    tables = csv_tables(contents.summaries, contents.comparisons, None)
    table = csv.DictReader(StringIO(tables["questions"].decode("utf-8-sig")))
    rows = {row["question"]: row for row in table}
    assert list(rows) == ["add", "why", "explore"]
    counted = {name: (row["students to grade"], row["pass_rate"]) for name, row in rows.items()}
    assert counted == {
        "add": ("", "1.0"),
        "why": ("1", ""),
        "explore": ("2", ""),
    }  # a task always waits
    assert rows["why"][f"students {Status.NOT_ATTEMPTED}"] == "1"


def test_an_export_says_what_is_not_final(course: Course, tmp_path: Path) -> None:
    exporter = CsvExporter()
    exporter.to = str(tmp_path / "grades.csv")
    with Gradebook(f"sqlite:///{course.root}/gradebook.db", "written") as book:
        export_report = exporter.write(book)
    assert export_report.notes == [
        "sums: 1 waiting for a grade by hand, left empty: ada. Grade in the formgrader"
    ]
    (row,) = csv.DictReader((tmp_path / "grades.csv").read_text().splitlines())
    assert (row["raw_score"], row["score"], row["status"]) == ("1.0", "", "waiting")


def in_gradescope(shown_by: Course, course: Course) -> dict[str, Any]:
    """What Gradescope gets of Ada's submission."""
    directory = course.root / "submitted" / "ada" / "sums"
    submission = read_submission(directory, "sums", course)
    return results(shown_by, record_of(course, directory), submission)


def test_gradescope_gets_0_at_once_for_a_blank_answer(course: Course) -> None:
    """As the gradebook does: nobody needs to read it."""
    hand_in(course, "ada", {})
    gradescope_results = in_gradescope(course, course)
    assert "A person grades explore (2 points)" in gradescope_results["output"]
    _add, why, explore = gradescope_results["tests"]
    assert (why["name"], why["score"], why["max_score"], why["status"]) == ("why", 0, 3, "failed")
    assert "Not attempted." in why["output"]
    assert "score" not in explore


def test_gradescope_is_told_what_a_person_grades(course: Course) -> None:
    gradescope_results = in_gradescope(course, course)
    assert gradescope_results["score"] == 1
    assert "A person grades why, explore (5 points)" in gradescope_results["output"]
    written = [test for test in gradescope_results["tests"] if "score" not in test]
    assert [test["name"] for test in written] == [
        "why: graded by a person, 3 points",
        "explore: graded by a person, 2 points",
    ]
    assert "2 points: Names commutativity." in written[0]["output"]


def test_an_unreadable_notebook_waits_for_a_person(course: Course) -> None:
    directory = course.root / "submitted" / "ada" / "sums"
    (directory / "sums.ipynb").write_text("{")
    gradebook.write(course, course.root, "ada", "sums", record_of(course, directory))
    assert ada(course).points["why"] is None
    assert ada(course).score.waiting


def test_nbgraders_own_autograde_gives_the_same(course: Course) -> None:
    by_hand(course, "why", 2.5, "Good.")

    def stored() -> dict[str, tuple[float | None, float | None, bool, str | None]]:
        with Gradebook(f"sqlite:///{course.root}/gradebook.db", "written") as book:
            grades = {
                name: book.find_grade(name, "sums", "sums", "ada")
                for name in ("add", "why", "explore")
            }
            comment = book.find_comment("why", "sums", "sums", "ada")
            return {
                name: (
                    *(entry.auto_score, entry.manual_score),
                    *(entry.needs_manual_grade, comment.manual_comment),
                )
                for name, entry in grades.items()
            }

    before = stored()
    grade(course, {**ANSWER, "add-solution": "def add(a, b):\n    return a + b"}, note="0.1 + 0.2")
    status, printed = nbgrader(course.root, "autograde", "sums", "--force")
    assert status == 0, printed
    assert stored() == before


def in_chinese(course: Course) -> Course:
    edit(
        course.root / "pyproject.toml", "[tool.autograder]", '[tool.autograder]\nlanguage = "zh_CN"'
    )
    return find_course(course.root)


def test_nbgraders_own_command_writes_the_page_in_the_language_of_the_course(
    course: Course,
) -> None:
    """As after points by hand: nothing is graded in that process."""
    by_hand(in_chinese(course), "why", 2.5)
    status, printed = nbgrader(course.root, "generate_feedback", "sums", "--force")
    assert status == 0, printed
    page = (course.root / "feedback" / "ada" / "sums" / "sums.html").read_text()
    assert '<html lang="zh">' in page
    assert "尚非最终成绩" in page
    assert "Not final" not in page
    for english, chinese in {  # of nbgrader's template
        "Score:": "得分",
        "Student's answer": "学生作答",
        "Student's task": "学生的任务作答",
        "Grade cell:": "评分单元格",
        "(Top)": "返回顶部",
        "Comments:": "评语",
    }.items():
        assert english not in page
        assert chinese in page


def test_gradescope_is_told_in_the_language_of_the_course(course: Course) -> None:
    """Also of a record that was graded before."""
    gradescope_results = in_gradescope(in_chinese(course), course)
    assert "由人工评分" in gradescope_results["output"]
    right, why, _explore = gradescope_results["tests"]
    assert "正确" in right["output"]
    assert "人工评分" in why["name"]
