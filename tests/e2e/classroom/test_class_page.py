"""The numbers of the class page, from a made class whose scores are known, and its HTML."""

from __future__ import annotations

import base64
import hashlib
import re
from argparse import Namespace
from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.console import Console

from autograder.classroom.class_writer import ClassWriter
from autograder.classroom.page.accuracy import rung
from autograder.classroom.page.command import NAME, class_page
from autograder.classroom.page.entries import Entry, read_class
from autograder.classroom.page.render import axis, bar, columns, duration, shades
from autograder.classroom.page.roster import looks, rows
from autograder.classroom.page.summary import AssignmentSummary, summarize_class
from autograder.course.course import Course, find_course
from autograder.gradebook.class_gradebook import database
from autograder.results.outcome import Status
from autograder.results.pictures import Confusion
from autograder.results.record import GradeRecord, TrainedRun
from autograder.results.thresholds import NotCalibrated
from autograder.submissions.selection import ALL
from tests.support.made_class import Pupil, made_course, outcome
from tests.support.small_course import configured_course
from tests.support.written_page import write

OPTIONS = Namespace(without_names=False, csv=False)
FAILED, CRASHED = Status.FAILED, Status.CRASHED
SHORT, ROUNDED = "You are one short.", "You rounded up: `a < b`."
BY_ZERO = "add raised ZeroDivisionError: division by zero"
CLASS = [
    Pupil(
        "ann",
        "Ann",
        "Archer",
        outcomes=[outcome("add", counts=[[5, 1], [2, 6]]), outcome("double")],
        accuracies=(0.88, 0.92),
    ),
    Pupil(
        "bob",
        hours_late=2,
        penalty=0.5,
        scores={"add": 1.0, "double": 1.0},
        outcomes=[
            outcome("add", FAILED, "returned 2", SHORT, counts=[[3, 4], [0, 1]]),
            outcome("add", FAILED, "returned 4", SHORT),
            outcome("double"),
        ],
        accuracies=(0.6,),
    ),
    Pupil(
        "cyd",
        scores={"add": 0.0, "double": 0.0},
        outcomes=[
            outcome("add", FAILED, "returned 0", SHORT),
            outcome("add", FAILED, "returned 1", ROUNDED),
            outcome("double", FAILED, "returned 7"),
        ],
        accuracies=(0.75,),
    ),
    Pupil(
        "dan",
        scores={"add": 0.0, "double": 0.0},
        outcomes=[
            outcome("add", CRASHED, f"{BY_ZERO}\nin line 2"),
            outcome("add", CRASHED, BY_ZERO),
            outcome("double", Status.NOT_ATTEMPTED),
        ],
        seconds=100.0,
    ),
    Pupil(
        "eve",
        scores={"add": None, "double": 1.0},
        outcomes=[outcome("add", Status.GRADER_ERROR, "KeyError"), outcome("double")],
    ),
    Pupil("fay", submitted=False),
    Pupil("gus", last_name="Àbel"),  # graded by `nbgrader autograde` alone
]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return made_course(tmp_path_factory.mktemp("course"), *CLASS)


@pytest.fixture(scope="module")
def classes(course: Course) -> dict[str, list[Entry]]:
    return read_class(course, course.root, database(course, course.root))


@pytest.fixture(scope="module")
def alpha(course: Course, classes: dict[str, list[Entry]]) -> AssignmentSummary:
    return summarize_class(course, classes)[0]


def ids(entries: tuple[Entry, ...] | list[Entry]) -> str:
    return " ".join(entry.student for entry in entries)


def test_who_handed_in_who_is_late_and_who_waits(alpha: AssignmentSummary) -> None:
    assert ids(alpha.handed_in) == "bob cyd dan eve gus ann"
    assert ids(alpha.missing) == "fay"
    assert ids(alpha.late) == "bob"
    assert alpha.late[0].score.seconds_late == 7200
    assert ids(alpha.waiting) == "eve"
    assert alpha.due == "2026-03-01 12:00:00"


def test_the_distribution_is_of_final_scores(alpha: AssignmentSummary) -> None:
    # Of 4 points: ann and gus all, bob 2 less 0.5 for being late, cyd and dan none.
    assert sorted(alpha.shares) == [0, 0, 0.375, 1, 1]
    assert alpha.histogram == [2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 2]
    drawn = columns(alpha.histogram)
    assert [column.label for column in drawn if column.students] == ["0-9", "30-39", "100+"]
    assert [column.height for column in drawn if column.students] == [90, 45, 90]


def test_each_question_has_its_states_and_our_errors_apart(alpha: AssignmentSummary) -> None:
    add, double = alpha.questions
    assert {state: ids(entries) for state, entries in add.states.items()} == {
        Status.PASSED: "ann",
        Status.FAILED: "bob cyd",
        Status.NOT_ATTEMPTED: "",
        Status.CRASHED: "dan",
        Status.GRADER_ERROR: "eve",
    }
    assert ids(add.unknown) == "gus"
    assert (add.graded, add.pass_rate) == (4, 0.25)  # neither eve nor gus counts
    assert add.mean == (3 + 1 + 0 + 0 + 3) / 5
    assert (double.graded, double.pass_rate) == (5, 0.6)
    assert [(part.style, part.x) for part in bar(add)] == [
        ("passed", 0), ("wrong", 16.67), ("crashed", 50), ("ours", 66.67), ("unknown", 83.33),
    ]  # fmt: skip


def test_a_mistake_counts_once_a_student_and_the_commonest_comes_first(
    alpha: AssignmentSummary,
) -> None:
    actual = [(group.question, group.text, ids(group.entries)) for group in alpha.mistakes]
    assert actual == [("add", SHORT, "bob cyd"), ("add", ROUNDED, "cyd")]
    assert [(group.question, ids(group.entries)) for group in alpha.unexplained] == [
        ("double", "cyd")
    ]


def test_code_in_a_help_is_shown_as_code_and_a_students_text_as_it_is(tmp_path: Path) -> None:
    pupil = Pupil(
        "cyd",
        outcomes=[
            outcome("add", FAILED, "returned 1", ROUNDED),
            outcome("double", CRASHED, "double raised ValueError: `x` <b>"),
        ],
    )
    course = made_course(tmp_path, pupil)
    page = write(course, tmp_path, database(course, tmp_path)).read_text()
    assert "<bdi>You rounded up: <code>a &lt; b</code>.</bdi>" in page
    assert "<bdi>double raised ValueError: `x` &lt;b&gt;</bdi>" in page


def test_crashes_are_told_by_their_first_line(alpha: AssignmentSummary) -> None:
    assert [(group.text, ids(group.entries)) for group in alpha.crashes] == [(BY_ZERO, "dan")]


def test_only_an_outlier_is_slow(alpha: AssignmentSummary) -> None:
    assert ids(alpha.slow) == "dan"
    assert alpha.slow_from == 20  # twice the median: the others took the same time


def test_the_ladder_holds_means_over_seeds_against_the_threshold(alpha: AssignmentSummary) -> None:
    (ladder,) = alpha.rungs
    assert [(student.entry.student, round(student.accuracy, 4)) for student in ladder.reached] == [
        ("ann", 0.9), ("cyd", 0.75), ("bob", 0.6),
    ]  # fmt: skip
    assert (ladder.passed, ids(ladder.best)) == (2, "ann")
    assert axis([ladder]) == (0.6, 0.9)


@pytest.mark.parametrize(("carried", "reached"), [((), 0.5), (("rung_b",), 0.9)])
def test_a_recipe_that_was_lent_ours_counts_as_it_was_graded(
    alpha: AssignmentSummary, carried: tuple[str, ...], reached: float
) -> None:
    record = GradeRecord(
        assignment="alpha", digest="d", key="k", sandbox="bwrap",
        outcomes=[replace(outcome("add"), carried=carried)],
        trained=[TrainedRun("own", 0, 0.5, "add"), TrainedRun("lent", 0, 0.9, "add")],
    )  # fmt: skip
    entry = Entry(alpha.entries[0].score, record)
    (student,) = rung("add", alpha.rungs[0].threshold, (entry,)).reached
    assert student.accuracy == reached


def test_confusion_matrices_are_added_up(alpha: AssignmentSummary) -> None:
    (actual,) = alpha.confusions
    assert (actual.students, actual.matrix.counts) == (2, [[8, 5], [2, 7]])
    assert actual.matrix.text == (
        "The commonest mistakes: shirt taken for coat 5 times, coat taken for shirt 2 times."
    )
    assert shades(actual.matrix) == [["right", "shade s9"], ["shade s4", "right"]]
    assert alpha.without_matrix == []


def test_a_matrix_without_mistakes_says_so() -> None:
    matrix = Confusion.from_counts("Confused", ["shirt", "coat"], [[3, 0], [0, 4]])
    assert (matrix.mistakes(), matrix.text) == ([], "The commonest mistakes: none.")
    assert shades(matrix) == [["right", "shade s0"], ["shade s0", "right"]]


def test_every_student_has_a_row_with_what_to_look_at(classes: dict[str, list[Entry]]) -> None:
    actual = {row.student.id: (row.total, row.flags) for row in rows(classes)}
    assert actual == {
        "ann": (4, []),  # nobody handed in beta, which is missing of nobody
        "bob": (1.5, ["late"]),
        "cyd": (0, []),
        "dan": (0, ["crashed"]),
        "eve": (0, ["by hand", "grader error"]),
        "fay": (0, ["missing"]),
        "gus": (4, []),
    }
    assert {why: ids(entries) for why, entries in looks(classes)} == {
        "alpha: our grader failed": "eve",
        "alpha: waits for a grade by hand": "eve",
        "alpha: no record: `make grade` has not graded it": "gus",
    }


def test_an_assignment_nobody_handed_in(course: Course, classes: dict[str, list[Entry]]) -> None:
    beta = summarize_class(course, classes)[1]
    assert (len(beta.missing), beta.handed_in, beta.shares) == (7, (), ())
    assert (beta.questions[0].pass_rate, beta.questions[0].mean, beta.slow_from) == (None,) * 3


@pytest.mark.parametrize(
    ("seconds", "message"),
    [(9.84, "9.8 s"), (119, "119.0 s"), (180, "3 min"), (7200, "2 hours"), (200_000, "2 days")],
)
def test_durations_are_in_the_unit_that_suits_them(seconds: float, message: str) -> None:
    assert duration(seconds) == message


def test_the_policy_allows_the_pages_own_script_and_styles_alone(course: Course) -> None:
    page = write(course, course.root, database(course, course.root)).read_text()
    policy = re.search('Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert "unsafe" not in policy[1]
    for tag in ("script", "style"):
        (inline,) = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.S)
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert f"{tag}-src &#39;sha256-{digest}&#39;" in policy[1]
    assert "style=" not in page


def test_a_page_that_would_be_the_same_is_left_alone(course: Course) -> None:
    path = write(course, course.root, database(course, course.root))
    before = path.stat().st_mtime_ns, path.stat().st_ino
    write(course, course.root, database(course, course.root))
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


def test_without_a_gradebook_there_is_no_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course = find_course(configured_course(tmp_path))
    assert not class_page(course, ALL, OPTIONS, Console())
    assert "run `make grade` first" in capsys.readouterr().err
    assert not (tmp_path / NAME).exists()


def test_what_is_damaged_is_told(tmp_path: Path) -> None:
    course = made_course(tmp_path, CLASS[0])
    (tmp_path / "records/ann/alpha.json").write_bytes(b"{")
    url = database(course, tmp_path)
    assert (
        "alpha: the record cannot be read; grade again" in write(course, tmp_path, url).read_text()
    )
    course.thresholds("alpha").write_text("{")
    with pytest.raises(NotCalibrated, match=r"alpha\.json: holds no thresholds"):
        write(course, tmp_path, url)
    # A run of `make grade` ends with its report all the same.
    writer = object.__new__(ClassWriter)
    writer._course, writer._root = course, tmp_path
    assert "alpha.json: holds no thresholds" in writer.write_class_page()
