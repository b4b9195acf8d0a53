"""A class of the small course whose gradebook and records are written, not graded."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.authoring.release import sources
from autograder.course.course import Course
from autograder.gradebook import gradebook
from autograder.gradebook.class_gradebook import database
from autograder.graders.hidden.ladder_pictures import learning_curve
from autograder.results.outcome import Status, TestOutcome
from autograder.results.pictures import Confusion, Picture
from autograder.results.record import GradeRecord, TrainedRun, write_record
from autograder.results.thresholds import Threshold, write_thresholds
from autograder.submissions.class_directory import Job, record_path
from tests.support.small_course import released_course

DUE = datetime(2026, 3, 1, 12)
THRESHOLD = 0.7
POINTS = {"add": 3.0, "double": 1.0}


@dataclass
class Pupil:
    """A student of the gradebook, and what came of alpha, if it was handed in."""

    id: str
    first_name: str | None = None
    last_name: str | None = None
    submitted: bool = True
    hours_late: float = 0.0
    penalty: float = 0.0
    scores: dict[str, float | None] = field(default_factory=lambda: {"add": 3.0, "double": 1.0})
    outcomes: list[TestOutcome] | None = None  # None: there is no record
    seconds: float = 10.0
    accuracies: tuple[float, ...] = ()  # by seed, of the recipe of "add"
    recipe: str = "r"  # its digest
    misread: bytes | None = None  # of its runs


def outcome(
    question: str,
    status: Status = Status.PASSED,
    message: str = "",
    help: str = "",
    counts: list[list[int]] | None = None,
    names: tuple[str, str] = ("shirt", "coat"),
    history: dict[str, list[float]] | None = None,
) -> TestOutcome:
    """What one test ended in; `counts` is a confusion matrix of two classes."""
    pictures: list[Picture] = [learning_curve(history, THRESHOLD)] if history else []
    if counts:
        pictures.append(Confusion.from_counts("Confused", list(names), counts))
    return TestOutcome(
        question=question,
        title="A test.",
        status=status,
        points=1.0 if status is Status.PASSED else 0.0,
        max_points=1.0,
        message=message,
        help=help,
        pictures=tuple(pictures),
    )


def made_course(root: Path, *pupils: Pupil) -> Course:
    """The small course, released, with an accuracy threshold for "add" and these in its gradebook."""
    course = released_course(root)
    write_thresholds(
        course.thresholds("alpha"),
        {"sample": {"add": Threshold({0: 0.8}, mean=0.8, minimum=THRESHOLD)}},
    )
    gradebook.register(course, root, sources(course))
    with opened(course) as book:
        book.update_or_create_assignment("alpha", duedate=DUE)
    _enrol(course, pupils)
    return course


def opened(course: Course) -> Gradebook:
    """The gradebook of the course's class."""
    return Gradebook(database(course, course.root), course.config.course_id)


def _enrol(course: Course, pupils: Sequence[Pupil]) -> None:
    """Write students, scores, records and (empty) feedback pages."""
    with opened(course) as book:
        for pupil in pupils:
            names = {"first_name": pupil.first_name, "last_name": pupil.last_name}
            book.add_student(pupil.id, **names)
            if pupil.submitted:
                _hand_in(book, pupil)
    for pupil in pupils:
        if pupil.submitted and pupil.outcomes is not None:
            _record(course, pupil)


def _hand_in(book: Gradebook, pupil: Pupil) -> None:
    at = DUE + timedelta(hours=pupil.hours_late)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # SQLAlchemy's about nbgrader
        submission = book.add_submission("alpha", pupil.id, timestamp=at)
    submission.notebooks[0].late_submission_penalty = pupil.penalty
    for name, score in pupil.scores.items():
        grade = book.find_grade(name, "alpha", "alpha", pupil.id)
        grade.auto_score, grade.needs_manual_grade = score, score is None
    book.db.commit()


def _record(course: Course, pupil: Pupil) -> None:
    record = GradeRecord(
        assignment="alpha",
        digest="d",
        key="k",
        sandbox="bwrap",
        outcomes=pupil.outcomes or [],
        seconds=pupil.seconds,
        tier=course.config.tier,
        trained=[
            TrainedRun(pupil.recipe, seed, accuracy, "add", pupil.misread)
            for seed, accuracy in enumerate(pupil.accuracies)
        ],
    )
    job = Job(pupil.id, "alpha", course.root / "submitted" / pupil.id / "alpha")
    write_record(record_path(course.root, job), record)
    page = course.root / "feedback" / pupil.id / "alpha" / "alpha.html"
    page.parent.mkdir(parents=True)
    page.write_text("<!DOCTYPE html><title>feedback</title>")
