"""What the class page answers beyond scores: statistics, tests, hand-ins, tables, the lecture's view."""

from __future__ import annotations

import csv
import random
import re
import shutil
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from autograder.classroom.page.command import NAME
from autograder.classroom.page.entries import Entry
from autograder.classroom.page.render import render
from autograder.classroom.page.summary import summarize_class
from autograder.course.course import Course, find_course
from autograder.gradebook.class_gradebook import database
from autograder.gradebook.scores import QuestionScore, Score, Student
from autograder.results.outcome import Status, TestOutcome
from autograder.results.record import GradeRecord
from tests.support.commands import run_here
from tests.support.made_class import Pupil, made_course, opened, outcome
from tests.support.written_page import write

PASSED, FAILED, CRASHED = Status.PASSED, Status.FAILED, Status.CRASHED
OWN_WORDS = "Zanzibar was here"


def outcomes(number: int) -> list[TestOutcome]:
    """Of every three students one is right in all, one in the visible tests, one nowhere."""
    first = outcome("add", FAILED if number % 3 == 2 else PASSED, help="You are one short.")
    hidden = outcome("add", PASSED if number % 3 == 0 else FAILED)
    double = outcome("double", FAILED if number % 3 == 2 else PASSED)
    if number == 5:
        double = outcome("double", CRASHED, OWN_WORDS)
    return [first, replace(hidden, hidden=True, title="Larger numbers."), double]


def pupil(number: int) -> Pupil:
    return Pupil(
        f"id-{number}-quirin",
        "=First" if number == 0 else f"First{number}-quirin",
        f"Last{number}-quirin",
        hours_late=number - 8,
        scores={"add": (3.0, 1.0, 0.0)[number % 3], "double": (1.0, 1.0, 0.0)[number % 3]},
        outcomes=outcomes(number),
        accuracies=(0.6 + number / 100,),
        submitted=number != 11,
    )


@pytest.fixture(scope="module")
def class_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of twelve, one of whom handed in nothing, with its page; one handed in three times."""
    course = made_course(tmp_path_factory.mktemp("course"), *map(pupil, range(12)))
    for attempt in ("1", "2"):
        (course.root / "replaced" / "id-3-quirin" / "alpha" / attempt).mkdir(parents=True)
    (course.root / "submitted").mkdir()
    write(course, course.root, database(course, course.root), after_run=True)
    return course.root


@pytest.fixture
def root(class_root: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(class_root, tmp_path / "course"))


def run(root: Path, *arguments: str) -> tuple[int, str]:
    return run_here(root, "class-page", *arguments)


def words(page: Path) -> str:
    """The text of a page, without tags and with single spaces."""
    body = page.read_text().partition("<body>")[2].partition("<script>")[0]
    return " ".join(re.sub("<[^>]+>", " ", body).split())


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_page_has_the_statistics_of_the_assignment(class_root: Path) -> None:
    page = (class_root / NAME).read_text()
    text = words(class_root / NAME)
    # Of 4 points: four times all, four times 2, three times none.
    assert "mean 54.5 % standard deviation 41.6 % median 50.0 %" in text
    assert "middle half 25.0 % to 100.0 % lowest to highest 0.0 % to 100.0 %" in text
    assert re.search(r"reliability \(Cronbach's alpha\) 0\.\d\d", text)
    assert "Question 1 (add) add 3" in text
    assert "Discrimination is the correlation" in text
    assert 'href="http://localhost:8888/formgrader/gradebook/alpha/alpha/"' in page
    assert "How the 3 tests did, 1 of them hidden" in text
    assert re.search(r"Question 1 \(add\) Larger numbers\. hidden 36\.4 % 4 7", text)
    assert "More than one hand-in, as far as replaced/ has them: 3 from 1." in text
    assert "Since the run before" not in text  # there has been one run
    assert "Of those who handed in anything, in alpha." in text


def test_the_tables_are_csv_files_that_no_spreadsheet_runs(root: Path) -> None:
    status, output = run(root, "--csv")
    assert status == 0, output
    files = {path.name for path in root.glob("class-*.csv")}
    assert files == {
        f"class-{kind}.csv" for kind in ("assignments", "questions", "tests", "students")
    }
    assert all(f"Table: {name}" in output for name in files)
    alpha, beta = table(root / "class-assignments.csv")
    assert (alpha["handed_in"], alpha["late"], alpha["mean"], alpha["median"]) == (
        "11", "2", "0.5455", "0.5",
    )  # fmt: skip
    assert (beta["handed_in"], beta["mean"], beta["reliability"]) == ("0", "", "")
    add, _double, times = table(root / "class-questions.csv")
    assert (add["title"], add["pass_rate"], add["students failed"]) == (
        "Question 1 (add)", "0.3636", "7",
    )  # fmt: skip
    assert 0 < float(add["discrimination"]) < 1
    assert (times["pass_rate"], times["discrimination"]) == ("", "")
    hidden = table(root / "class-tests.csv")[1]
    assert (hidden["test"], hidden["hidden"], hidden["students passed"]) == (
        "Larger numbers.", "1", "4",
    )  # fmt: skip
    first = table(root / "class-students.csv")[0]
    assert (first["first_name"], first["alpha"], first["beta"]) == ("'=First", "4.0", "")


def test_the_lectures_page_has_nobodys_name_nor_words(root: Path) -> None:
    status, output = run(root, "--without-names", "--csv")
    assert status == 0
    assert "In a small class numbers can tell who is meant" in output
    page = (root / "class-lecture.html").read_text()
    assert "quirin" not in page
    assert OWN_WORDS not in page
    assert OWN_WORDS in (root / NAME).read_text()
    assert "formgrader" not in page
    text = words(root / "class-lecture.html")
    assert "standard deviation 41.6 %" in text
    assert "You are one short." in text
    assert not (root / "class-lecture-students.csv").exists()
    for path in root.glob("class-lecture-*.csv"):
        assert "quirin" not in path.read_text()
    status, output = run(root, "--without-names", "--student", "id-1-quirin")
    assert (status, output.count("\n")) == (2, 1)
    assert "Leave --student out" in output


def test_the_page_compares_with_the_run_before(root: Path) -> None:
    course = find_course(root)
    url = database(course, root)
    with opened(course) as book:
        grade = book.find_grade("add", "alpha", "alpha", "id-2-quirin")
        grade.manual_score = 2.0
        book.db.commit()
    write(course, root, url, after_run=True)
    text = words(root / NAME)
    assert "Mean: 54.5 %, now 59.1 %" in text
    assert "Higher: 1 score Last2-quirin, First2-quirin (id-2-quirin) : 0 to 2" in text
    assert "Lower: no score" in text
    assert "New hand-ins: none" in text
    before = (root / NAME).read_bytes()
    write(course, root, url, after_run=True)  # a run that changes nothing is none to compare with
    assert (root / NAME).read_bytes() == before
    assert run(root, "--csv")[0] == 0
    assert table(root / "class-questions.csv")[0]["pass_rate_before"] == "0.3636"
    (root / "class-runs.json").write_text("{")
    assert run(root)[0] == 0
    assert "Since the run before" not in words(root / NAME)


def test_the_address_of_formgrader_is_a_setting(root: Path) -> None:
    settings = root / "pyproject.toml"
    known = settings.read_text()
    settings.write_text(f'{known}\nformgrader = "https://hub.example.org/services/x/formgrader/"\n')
    assert run(root)[0] == 0
    link = 'href="https://hub.example.org/services/x/formgrader/gradebook/alpha/alpha/"'
    assert link in (root / NAME).read_text()
    settings.write_text(f'{known}\nformgrader = "javascript:alert(1)"\n')
    status, output = run(root)
    assert status == 2
    assert "formgrader is no web address" in output


def big_class(course: Course, students: int) -> dict[str, list[Entry]]:
    """A class whose entries are made without a gradebook."""
    drawn = random.Random(0)
    entries = []
    for number in range(students):
        name = f"student-{number:04}"
        points = tuple(
            QuestionScore(q.name, float(drawn.randint(0, int(q.points))), q.points, waiting=False)
            for q in course.assignments["alpha"].questions
        )
        score = Score(
            Student(name, f"First{number}", f"Last{number}", "", ""), "alpha", 4.0,
            "2026-03-01 12:00:00", f"2026-02-{drawn.randint(10, 28)} 08:00:00", submitted=True,
            raw_score=sum(question_score.score or 0 for question_score in points), questions=points,
        )  # fmt: skip
        record = GradeRecord(
            assignment="alpha", digest="d", key="k", sandbox="bwrap", outcomes=outcomes(number),
            seconds=drawn.uniform(1, 3),
        )  # fmt: skip
        entries.append(Entry(score, record, f"feedback/{name}/alpha/alpha.html"))
    return {"alpha": entries}


@pytest.mark.parametrize(("students", "most_bytes"), [(3, 60_000), (300, 600_000)])
def test_a_page_of_any_class_is_small_and_soon_there(
    class_root: Path, students: int, most_bytes: int
) -> None:
    course = find_course(class_root)
    classes = big_class(course, students)
    began = time.process_time()
    summaries = summarize_class(course, classes)
    page = render(course, summaries, classes, {}, None)
    assert time.process_time() - began < 5  # a fraction of a second on an idle machine
    assert len(page.encode()) < most_bytes
    few = "need 10 students with points in every question; here are 3." in page
    assert few is (students == 3)
    assert ("Cronbach" in page) is (students == 300)
