"""The class page as HTML: the template's data, the bars' geometry, and the page's policy."""

from __future__ import annotations

import base64
import hashlib
import math
import statistics
from collections.abc import Sequence
from importlib import resources
from typing import NamedTuple

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from autograder.classroom.page.accuracy import Rung
from autograder.classroom.page.curve_drawing import axes
from autograder.classroom.page.entries import Entry
from autograder.classroom.page.pixels import strokes
from autograder.classroom.page.roster import FLAGS, Row
from autograder.classroom.page.summary import BINS, AssignmentSummary, QuestionSummary
from autograder.course.course import Course
from autograder.feedback.render import WORDS, without_control_codes
from autograder.gradebook.scores import Student
from autograder.results.outcome import Status
from autograder.results.pictures import Confusion

# The class of a state in the style sheet, and what the page calls it.
STATES = {
    Status.PASSED: ("passed", "passed"),
    Status.FAILED: ("wrong", "wrong"),
    Status.NOT_ATTEMPTED: ("blank", "not attempted"),
    Status.CRASHED: ("crashed", "crashed"),
    Status.GRADER_ERROR: ("ours", "our grader failed"),
}
_COMMON = 10  # mistakes that are shown at once
_SHADES = 9  # of a confusion matrix, by classes of the style sheet


class Column(NamedTuple):
    """A column of a histogram: 36 wide, at most 90 high."""

    label: str
    students: int
    x: int
    height: float


class Segment(NamedTuple):
    """A part of a bar that is 100 wide."""

    style: str
    x: float
    width: float


def render(
    course: Course,
    summaries: Sequence[AssignmentSummary],
    students: Sequence[Row],
    looks: Sequence[tuple[str, Sequence[Entry]]],
    images: np.ndarray | None,
) -> str:
    """The page, self-contained: its script and its styles are the only ones that its policy allows.

    `looks` says what somebody has to look at, and whose it is; `images` are the test images,
    None where there is nothing to draw them from.
    """
    environment = Environment(
        loader=PackageLoader("autograder.classroom.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(duration=duration, name=student_name, percent=percent, points=points)
    environment.globals.update(
        axes=axes, axis=axis, bar=bar, columns=columns, mark=lambda status: WORDS[status][0],
        median=statistics.median, place=place, shades=shades, strokes=strokes,
    )  # fmt: skip
    # Ours, not to be escaped: the policy names them by their digests.
    style, script = (Markup(_asset(name)) for name in ("page.css", "page.js"))  # noqa: S704
    return environment.get_template("page.html.j2").render(
        course=course,
        summaries=summaries,
        students=students,
        looks=looks,
        images=images,
        common=_COMMON,
        most=sum(summary.assignment.points for summary in summaries),
        states=STATES,
        flag_words=FLAGS,
        style=style,
        script=script,
        policy=(
            f"default-src 'none'; script-src '{_source(script)}'; style-src '{_source(style)}'; "
            "base-uri 'none'; form-action 'none'"
        ),
    )


def student_name(student: Student) -> str:
    """Last and first name and id, or the id alone where there is no name."""
    names = ", ".join(filter(None, (student.last_name, student.first_name)))
    return without_control_codes(f"{names} ({student.id})" if names else student.id)


def percent(share: float) -> str:
    """A share from 0 to 1 in per cent."""
    return f"{share:.1%}".replace("%", " %")


def points(value: float) -> str:
    """Points to two places at most."""
    return f"{round(value, 2):g}"


def duration(seconds: float) -> str:
    """A time for reading, in the unit that suits it."""
    for unit, size in (("days", 86_400), ("hours", 3_600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.1f} s"


def columns(histogram: Sequence[int]) -> list[Column]:
    """The histogram's columns with their labels, in per cent of the points."""
    step, most = 100 // BINS, max(*histogram, 1)
    labels = [*(f"{low}-{low + step - 1}" for low in range(0, 100, step)), "100+"]
    return [
        Column(label, count, 44 * place + 4, round(90 * count / most, 1))
        for place, (label, count) in enumerate(zip(labels, histogram, strict=True))
    ]


def bar(question: QuestionSummary) -> list[Segment]:
    """The states of a question as parts of one bar."""
    counts = {STATES[status][0]: len(question.states[status]) for status in STATES}
    counts["unknown"] = len(question.unknown)
    whole = sum(counts.values()) or 1
    segments, x = [], 0.0
    for style, count in counts.items():
        if count:
            segments.append(Segment(style, round(x, 2), round(100 * count / whole, 2)))
            x += 100 * count / whole
    return segments


def axis(rungs: Sequence[Rung]) -> tuple[float, float]:
    """The accuracies between which all rungs' are, in steps of 5 %."""
    accuracies = [one.accuracy for rung in rungs for one in rung.reached]
    accuracies += [rung.threshold.minimum for rung in rungs]
    low = math.floor(min(accuracies, default=0.0) * 20) / 20
    high = math.ceil(max(accuracies, default=1.0) * 20) / 20
    return low, max(high, low + 0.05)


def place(accuracy: float, between: tuple[float, float]) -> float:
    """Where an accuracy is on an axis that is 200 wide, with room for a mark at its ends."""
    low, high = between
    return round(6 + 188 * (accuracy - low) / (high - low), 1)


def shades(matrix: Confusion) -> list[list[str]]:
    """The style of each cell of a confusion matrix: mistakes are the darker, the more there are."""
    cells = range(len(matrix.names))
    most = max((matrix.counts[i][j] for i in cells for j in cells if i != j), default=0) or 1
    return [
        [
            "right" if i == j else f"shade s{math.ceil(_SHADES * matrix.counts[i][j] / most)}"
            for j in cells
        ]
        for i in cells
    ]


def _asset(name: str) -> str:
    return (resources.files("autograder.classroom.page") / "templates" / name).read_text(
        encoding="utf-8"
    )


def _source(text: str) -> str:
    """What a Content-Security-Policy calls this one inline script or style sheet."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
