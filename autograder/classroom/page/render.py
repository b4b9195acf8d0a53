"""Render the class page as HTML: template data, chart geometry, and content security policy."""

from __future__ import annotations

import base64
import hashlib
import math
import statistics
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from importlib import resources
from typing import NamedTuple

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from autograder._util.control_codes import without_control_codes
from autograder.classroom.page.accuracy import Rung
from autograder.classroom.page.curve_drawing import axes
from autograder.classroom.page.entries import Entry
from autograder.classroom.page.item_statistics import distribution
from autograder.classroom.page.last_run import Comparison
from autograder.classroom.page.links import formgrader_link
from autograder.classroom.page.pixels import strokes
from autograder.classroom.page.roster import FLAGS, looks, rows, totals
from autograder.classroom.page.summary import (
    BINS,
    AssignmentSummary,
    QuestionSummary,
    histogram,
)
from autograder.classroom.page.timeline_drawing import (
    attempts_text,
    timeline_drawing,
    timeline_text,
)
from autograder.classroom.page.written import STATES as WRITTEN_STATES
from autograder.classroom.page.written import state_of, written_scores
from autograder.course.course import Course
from autograder.feedback.markup import line_html
from autograder.feedback.render import WORDS
from autograder.gradebook.scores import Student
from autograder.results.outcome import Status
from autograder.results.pictures import Confusion, whole_tenths

# The CSS class of a status, and its name on the page.
STATES = {
    Status.PASSED: ("passed", "passed"),
    Status.FAILED: ("wrong", "wrong"),
    Status.NOT_ATTEMPTED: ("blank", "not attempted"),
    Status.CRASHED: ("crashed", "crashed"),
    Status.GRADER_ERROR: ("ours", "our grader failed"),
}
_COMMON = 10  # mistakes that are shown unfolded
_SHADES = 9  # of a confusion matrix; the style sheet has a class for each


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
    classes: Mapping[str, Sequence[Entry]],
    comparisons: Mapping[str, Comparison],
    images: np.ndarray | None,
    *,
    with_names: bool = True,
) -> str:
    """The page, self-contained: its policy allows only its own inline script and styles.

    `comparisons` are those of assignments with the last run. `images` are the test images, or None if
    they are not on this machine. Without names, nothing of a single student is on the page, nor any
    text that a student wrote.
    """
    environment = Environment(
        loader=PackageLoader("autograder.classroom.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    titles = {
        question.name: question.title
        for assignment in course.assignments.values()
        for question in assignment.questions
    }
    environment.filters.update(
        accuracy=accuracy,
        duration=duration,
        marked=lambda text: Markup(line_html(text)),  # noqa: S704  # it escapes the text
        name=student_name if with_names else _refuse_name,
        percent=percent,
        points=points,
        span=span,
        title=lambda name: titles.get(name, name),
    )
    environment.globals.update(
        axes=axes, axis=axis, bar=bar, columns=columns, mark=lambda status: WORDS[status][0],
        distribution=distribution, formgrader=partial(formgrader_link, course), histogram=histogram,
        median=statistics.median, place=place, shades=shades, strokes=strokes,
        attempts_text=attempts_text, timeline_drawing=timeline_drawing, timeline_text=timeline_text,
        with_names=with_names,
        written_scores=written_scores, written_state=state_of, written_states=WRITTEN_STATES,
    )  # fmt: skip
    students = rows(classes)
    # Our own files, so not escaped: the policy allows them by their digests.
    style, script = (Markup(_asset(name)) for name in ("page.css", "page.js"))  # noqa: S704
    return environment.get_template("page.html.j2").render(
        course=course,
        summaries=summaries,
        students=students,
        looks=looks(classes) if with_names else [],
        totals=totals(
            students, {summary.assignment.name: summary.assignment.points for summary in summaries}
        ),
        comparisons=comparisons,
        images=images,
        common=_COMMON,
        most=sum(summary.assignment.points for summary in summaries),
        states=STATES,
        flag_words=FLAGS,
        style=style,
        script=script,
        policy=(
            f"default-src 'none'; script-src '{_csp_source(script)}'; style-src '{_csp_source(style)}'; "
            "base-uri 'none'; form-action 'none'"
        ),
    )


def student_name(student: Student) -> str:
    """Last and first name and id, or only the id if there is no name."""
    names = ", ".join(filter(None, (student.last_name, student.first_name)))
    return without_control_codes(f"{names} ({student.id})" if names else student.id)


def _refuse_name(student: Student) -> str:
    """Stop a page without names from getting one."""
    raise AssertionError("a template asks for a name on a page without names")


def percent(share: float) -> str:
    """A share from 0 to 1 in per cent."""
    return f"{share:.1%}".replace("%", " %")


def accuracy(share: float) -> str:
    """An accuracy from 0 to 1 in per cent, rounded down: a threshold stands beside it."""
    return percent(whole_tenths(100 * share) / 100)


def points(value: float) -> str:
    """Points with at most two decimal places."""
    return f"{round(value, 2):g}"


def duration(seconds: float) -> str:
    """A duration for people, in a suitable unit."""
    for unit, size in (("days", 86_400), ("hours", 3_600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.1f} s"


def span(width: timedelta) -> str:
    """The width of a bar of the timeline: an hour, 6 hours, a day, 7 days."""
    for unit, size in (("day", timedelta(days=1)), ("hour", timedelta(hours=1))):
        if width >= size:
            count = width // size
            return unit if count == 1 else f"{count} {unit}s"
    return str(width)


def columns(histogram: Sequence[int]) -> list[Column]:
    """The histogram's columns with their labels, in per cent of the points."""
    step, highest = 100 // BINS, max(*histogram, 1)
    labels = [*(f"{low}-{low + step - 1}" for low in range(0, 100, step)), "100+"]
    return [
        Column(label, count, 44 * index + 4, round(90 * count / highest, 1))
        for index, (label, count) in enumerate(zip(labels, histogram, strict=True))
    ]


def bar(question: QuestionSummary) -> list[Segment]:
    """The statuses of a question as segments of one bar."""
    counts = {STATES[status][0]: len(question.states[status]) for status in STATES}
    counts["unknown"] = len(question.unknown)
    total = sum(counts.values()) or 1
    segments, x = [], 0.0
    for style, count in counts.items():
        if count:
            segments.append(Segment(style, round(x, 2), round(100 * count / total, 2)))
            x += 100 * count / total
    return segments


def axis(rungs: Sequence[Rung]) -> tuple[float, float]:
    """The range of all rungs' accuracies and thresholds, rounded outwards to steps of 5 %."""
    accuracies = [student.accuracy for rung in rungs for student in rung.reached]
    accuracies += [rung.threshold.minimum for rung in rungs]
    low = math.floor(min(accuracies, default=0.0) * 20) / 20
    high = math.ceil(max(accuracies, default=1.0) * 20) / 20
    return low, max(high, low + 0.05)


def place(accuracy: float, limits: tuple[float, float]) -> float:
    """The position of an accuracy on an axis 200 wide, with room for a mark at both ends."""
    low, high = limits
    return round(6 + 188 * (accuracy - low) / (high - low), 1)


def shades(matrix: Confusion) -> list[list[str]]:
    """The CSS classes of each cell of a confusion matrix: the more mistakes, the darker."""
    cells = range(len(matrix.names))
    highest = max((matrix.counts[i][j] for i in cells for j in cells if i != j), default=0) or 1
    return [
        [
            "right" if i == j else f"shade s{math.ceil(_SHADES * matrix.counts[i][j] / highest)}"
            for j in cells
        ]
        for i in cells
    ]


def _asset(name: str) -> str:
    return (resources.files("autograder.classroom.page") / "templates" / name).read_text(
        encoding="utf-8"
    )


def _csp_source(text: str) -> str:
    """The Content-Security-Policy source that allows exactly this inline script or style sheet."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
