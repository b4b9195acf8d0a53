"""Scores given by hand count on every way out, and say so, also after a regrade."""

from __future__ import annotations

import shutil
from io import StringIO
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from rich.console import Console

from autograder.authoring.release import sources
from autograder.classroom.page.entries import read_class
from autograder.classroom.terminal_report import class_table, confirm_scores, to_confirm
from autograder.course.course import Course, find_course
from autograder.course.settings import CourseError
from autograder.gradebook import gradebook
from autograder.gradebook.class_gradebook import class_config, graded_class
from autograder.results.outcome import Status, TestOutcome
from autograder.results.record import GradeRecord, write_record
from autograder.submissions.submission import read_submission
from tests.support.commands import run_here
from tests.support.small_course import answered, released_course

ADD = "def add(a, b):\n    return a + b"
OTHER = "def add(a, b):\n    return b + a"


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A released course with a gradebook; source/ is gone, as in a fresh clone."""
    course = released_course(tmp_path_factory.mktemp("course"))
    shutil.rmtree(course.source)
    gradebook.register(course, course.root, sources(course))
    return course.root


@pytest.fixture
def course(released: Path, tmp_path: Path) -> Course:
    """A copy of it, with Ada's answer graded: 1 of 3 points, which a person has made 2.5."""
    root = tmp_path / "course"
    shutil.copytree(released, root)
    copied = find_course(root)
    grade(copied, ADD, 1)
    by_hand(copied, 2.5)
    return copied


def grade(course: Course, answer: str, points: float, student: str = "ada") -> None:
    """Grade an answer to `add` once more, with this automatic score."""
    released = course.released_notebook("alpha").read_bytes()
    grade_file(course, answered(released, {"add": answer}), points, student)


def grade_file(course: Course, text: str, points: float, student: str = "ada") -> None:
    """Grade what stands in the file of a notebook, with this automatic score for `add`."""
    directory = course.root / "submitted" / student / "alpha"
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "alpha.ipynb").write_text(text)
    submission = read_submission(directory, "alpha", course)
    outcomes = [
        TestOutcome(question="add", title="t", status=Status.FAILED, points=points, max_points=3),
        TestOutcome(question="double", title="t", status=Status.PASSED, points=1, max_points=1),
    ]
    record = GradeRecord(
        assignment="alpha", digest=submission.digest, key="k", sandbox="bwrap", outcomes=outcomes
    )
    gradebook.write(course, course.root, student, "alpha", record)
    write_record(course.root / "records" / student / "alpha.json", record)


def by_hand(course: Course, score: float) -> None:
    """Give Ada a score by hand for `add`, as the formgrader does."""
    with Gradebook(f"sqlite:///{course.root}/gradebook.db", "small") as book:
        entry = book.find_grade("add", "alpha", "alpha", "ada")
        entry.manual_score, entry.needs_manual_grade = score, False
        book.db.commit()


def reported(course: Course) -> tuple[float | None, list[str], str]:
    """Ada's score that counts, what is to be confirmed, and the table."""
    classes = read_class(course, *graded_class(course))
    out = StringIO()
    Console(file=out, width=120).print(class_table(course, classes))
    return classes["alpha"][0].score.final, to_confirm(classes), out.getvalue()


def test_a_regrade_that_changes_nothing_leaves_a_score_by_hand_as_it_is(course: Course) -> None:
    assert reported(course)[:2] == (3.5, [])
    grade(course, ADD, 1)
    final, listed, table = reported(course)
    assert (final, listed) == (3.5, [])
    assert "3.5 hand" in table
    assert "confirm" not in table


@pytest.mark.parametrize(
    ("answer", "points"), [(OTHER, 1), (ADD, 3), (OTHER, 3)], ids=["answer", "score", "both"]
)
def test_a_change_is_counted_flagged_and_confirmed(
    course: Course, answer: str, points: float
) -> None:
    grade(course, answer, points)
    final, listed, table = reported(course)
    assert final == 3.5
    [line] = listed
    assert line.startswith("ada/alpha: add: 2.5 of 3 by hand still count")
    assert "3.5 hand confirm" in table
    grade(course, answer, points)  # unchanged since, and still nobody has looked
    assert reported(course)[1] == listed
    out = StringIO()
    with pytest.raises(CourseError, match="bob: has no score by hand to confirm"):
        confirm_scores(course, ["bob"], Console(file=out))
    assert confirm_scores(course, ["ada/alpha"], Console(file=out))
    assert out.getvalue() == "confirmed ada/alpha: add: 2.5\n"
    assert reported(course)[:2] == (3.5, [])
    grade(course, answer, points)
    assert reported(course)[:2] == (3.5, [])


def test_an_unreadable_notebook_is_confirmed_again_only_if_the_reason_is_another_one(
    course: Course,
) -> None:
    grade_file(course, "no notebook", 0)
    assert len(reported(course)[1]) == 1
    confirm_scores(course, ["ada"], Console(file=StringIO()))
    grade_file(course, "no notebook", 0)
    assert reported(course)[1] == []
    grade_file(course, "", 0)
    assert len(reported(course)[1]) == 1


def test_a_run_that_was_killed_leaves_nothing_to_confirm(course: Course) -> None:
    """It had removed the graded notebook; the gradebook takes all of a run or nothing."""
    shutil.rmtree(course.root / "autograded")
    grade(course, ADD, 1)
    assert reported(course)[:2] == (3.5, [])
    shutil.rmtree(course.root / "autograded")
    grade(course, OTHER, 1)
    assert len(reported(course)[1]) == 1


def test_a_notebook_under_another_name_changes_nothing(course: Course) -> None:
    """nbgrader clears its marks where the exact name is missing."""
    path = course.root / "submitted/ada/alpha/alpha.ipynb"
    grade(course, OTHER, 1)
    path.rename(path.with_name("alpha-copy.ipynb"))
    submission = read_submission(path.parent, "alpha", course)
    record = GradeRecord(
        assignment="alpha", digest=submission.digest, key="k", sandbox="bwrap",
        outcomes=[
            TestOutcome(question="add", title="t", status=Status.FAILED, points=1, max_points=3)
        ],
    )  # fmt: skip
    gradebook.write(course, course.root, "ada", "alpha", record)
    assert len(reported(course)[1]) == 1


def test_the_table_explains_the_signs_that_occur(course: Course) -> None:
    grade(course, ADD, 3, student="bob")
    table = reported(course)[2]
    assert "hand: holds points given by hand" in table
    assert "-: nothing handed in" in table  # beta
    for sign in ("late:", "waits:", "crashed:", "*:"):
        assert sign not in table


def test_the_table_takes_a_late_penalty_off(course: Course) -> None:
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    with Gradebook(f"sqlite:///{course.root}/gradebook.db", "small") as book:
        book.update_or_create_assignment("alpha", duedate="2020-01-01 00:00:00 UTC")
    (course.root / "submitted/ada/alpha/timestamp.txt").write_text("2020-01-02 00:00:00 UTC")
    grade(course, ADD, 1)
    final, _listed, table = reported(course)
    assert final == 0
    assert "0 late hand" in table


def test_the_feedback_page_says_what_counts(course: Course) -> None:
    page = gradebook.feedback(course, course.root, "ada", "alpha").read_text()
    output = (
        "Graded by hand: 2.5 of 3 points. They count instead of the points that the tests gave."
    )
    assert page.count(output) == 1  # above the tests, which say what the kit's comment says
    with Gradebook(f"sqlite:///{course.root}/gradebook.db", "small") as book:
        book.find_comment("add-solution", "alpha", "alpha", "ada").manual_comment = "well done"
        book.db.commit()
    page = gradebook.feedback(course, course.root, "ada", "alpha").read_text()
    assert page.count(output) == 2  # and above a person's comment
    assert page.count("well done") == 1
    contents = page.partition('<div id="toc">')[2].partition("</ol>")[0]
    assert '<a href="#add">add</a>' in contents
    assert '<a href="#comment-add-solution">add: comment</a>' in contents
    grade(course, ADD, 3, student="bob")
    assert "by hand" not in gradebook.feedback(course, course.root, "bob", "alpha").read_text()


def test_the_formgrader_lists_what_was_graded(course: Course) -> None:
    """Though nobody has run `make release` here."""
    config = class_config(course, course.root)
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    actual = {entry["name"]: entry["num_submissions"] for entry in api.get_assignments()}
    assert actual == {"alpha": 1, "beta": 0}
    assert [entry["needs_manual_grade"] for entry in api.get_submissions("alpha")] == [False]


@pytest.mark.parametrize("change", ["points", "comment"])
def test_a_page_from_before_points_or_a_comment_is_not_exported(
    course: Course, tmp_path: Path, change: str
) -> None:
    """The pages of others are, and this one once it is made anew."""
    grade(course, ADD, 3, student="bob")
    for student in ("ada", "bob"):
        gradebook.feedback(course, course.root, student, "alpha")
    with Gradebook(f"sqlite:///{course.root}/gradebook.db", "small") as book:
        if change == "points":
            book.find_grade("double", "alpha", "alpha", "ada").manual_score = 0.5
        else:
            book.find_comment("add-solution", "alpha", "alpha", "ada").manual_comment = "well done"
        book.db.commit()
    command = ("export", "feedback", "students", "--to")
    status, output = run_here(course.root, *command, str(tmp_path / "old"))
    assert status == 1
    assert "NOT EXPORTED ada/alpha: points or comments have changed since the page was" in output
    assert [path.name for path in (tmp_path / "old").iterdir()] == ["bob.zip"]
    gradebook.feedback(course, course.root, "ada", "alpha")
    status, output = run_here(course.root, *command, str(tmp_path / "new"))
    assert status == 0, output
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["ada.zip", "bob.zip"]
