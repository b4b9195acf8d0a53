"""Learning curves and misread images of the class page: the numbers, and where they are drawn."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from autograder.classroom.page import pixels
from autograder.classroom.page.curve_drawing import axes
from autograder.classroom.page.entries import Entry, read_class
from autograder.classroom.page.hard_images import HardImage, hard_images
from autograder.classroom.page.learning_curves import (
    MAX_CURVES,
    LearningCurve,
    RungCurves,
    rung_curves,
)
from autograder.classroom.page.pixels import strokes
from autograder.classroom.page.summary import AssignmentSummary, summarize_class
from autograder.course.course import Course
from autograder.datasets import DatasetUnavailable, load_fashion_mnist_sample
from autograder.gradebook.class_gradebook import database
from autograder.graders.hidden.ladder_pictures import batch_curve
from autograder.results.misclassified import pack
from tests.support.made_class import THRESHOLD, Pupil, made_course, outcome
from tests.support.written_page import write

LABELS = np.array([0, 6, 6, 9, 9], np.uint8)  # T-shirt, shirt, shirt, ankle boot, ankle boot


def pupil(
    name: str,
    recipe: str,
    training: list[float],
    validation: list[float],
    reached: tuple[float, ...],
    predicted: list[int],
) -> Pupil:
    """A student whose recipe was trained here."""
    history = {"accuracy": training, "val_accuracy": validation}
    return Pupil(
        name,
        outcomes=[outcome("add", counts=[[1, 2], [3, 4]], history=history), outcome("double")],
        accuracies=reached,
        recipe=recipe,
        misread=pack(LABELS, np.array(predicted, np.uint8)),
    )


STRONG = ("strong", [0.5, 0.75, 0.875], [0.5, 0.75, 0.7], (0.74,), [6, 6, 0, 9, 9])
CLASS = [
    pupil("ann", *STRONG),
    pupil("bob", "weak", [0.25], [0.375], (0.4, 0.5), [6, 0, 0, 7, 9]),
    pupil("cyd", *STRONG),
    Pupil("dan", outcomes=[outcome("add")], accuracies=(0.8,), recipe="ours"),  # not trained again
    Pupil("eve", outcomes=[outcome("add")]),  # nothing was trained
    Pupil("fay", submitted=False),
]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return made_course(tmp_path_factory.mktemp("course"), *CLASS)


@pytest.fixture(scope="module")
def alpha(course: Course) -> AssignmentSummary:
    classes = read_class(course, course.root, database(course, course.root))
    return summarize_class(course, classes)[0]


def curve(
    *validation: float, training: tuple[float, ...] = (), reached: float = 0
) -> LearningCurve:
    return LearningCurve((), reached, training or validation, validation)


def by(student: str, alpha: AssignmentSummary) -> Entry:
    return next(entry for entry in alpha.entries if entry.student == student)


def test_equal_recipes_share_a_curve_and_the_best_on_test_images_is_first(
    alpha: AssignmentSummary,
) -> None:
    (actual,) = alpha.curves
    assert (actual.question, actual.threshold, actual.students, actual.without) == (
        "add",
        THRESHOLD,
        3,
        1,
    )
    strong, weak = actual.curves
    assert [entry.student for entry in strong.entries] == ["ann", "cyd"]
    assert strong.training == pytest.approx([0.5, 0.75, 0.875])
    assert strong.validation == pytest.approx([0.5, 0.75, 0.7])
    assert (strong.reached, strong.peak) == (0.74, 2)
    assert [entry.student for entry in weak.entries] == ["bob"]
    assert (weak.reached, weak.validation, weak.peak) == (pytest.approx(0.45), (0.375,), 1)
    assert actual.ends == pytest.approx((0.375, 0.5375, 0.7))
    assert actual.past_peak == 1
    assert alpha.without_curve == []


@pytest.mark.parametrize(
    ("validation", "past"), [((0.5, 0.7), 0), ((0.7, 0.5), 1), ((0.5, 0.5), 0), ((0.5,), 0)]
)
def test_a_curve_that_ends_as_high_as_it_was_has_no_better_epoch(
    validation: tuple[float, ...], past: int
) -> None:
    assert RungCurves("add", 0.0, (curve(*validation),), 0).past_peak == past


def test_the_curve_of_a_batch_is_not_one_of_epochs(alpha: AssignmentSummary) -> None:
    ann = by("ann", alpha)
    assert ann.record
    alone = replace(ann.record.outcomes[0], pictures=(batch_curve([2.0, 1.0]),))
    record = replace(ann.record, outcomes=[alone])
    assert rung_curves("add", THRESHOLD, (Entry(ann.score, record),)) is None


def test_rungs_without_a_curve_are_named(alpha: AssignmentSummary, course: Course) -> None:
    dan = summarize_class(course, {"alpha": [by("dan", alpha)]})[0]
    assert (dan.curves, dan.hard_images) == ((), ())
    assert dan.without_curve == dan.without_images == ["add"]
    eve = summarize_class(course, {"alpha": [by("eve", alpha)]})[0]
    assert eve.without_curve == eve.without_images == []


@pytest.mark.parametrize("count", [1, MAX_CURVES, MAX_CURVES + 1, 1_000])
def test_of_many_curves_some_are_drawn_from_the_best_to_the_weakest(count: int) -> None:
    curves = tuple(curve(at / count) for at in range(count, 0, -1))
    drawn = RungCurves("add", 0.5, curves, 0).drawn
    assert len(drawn) == len(set(drawn)) == min(count, MAX_CURVES)
    assert (drawn[0], drawn[-1]) == (curves[0], curves[-1])
    assert list(drawn) == sorted(drawn, key=lambda curve: -curve.validation[0])


def test_both_panels_and_the_threshold_are_within_the_same_axes() -> None:
    actual = RungCurves("add", 0.93, (curve(0.62, 0.71, training=(0.55, 0.88)), curve(0.41)), 0)
    field = axes(actual)
    assert (field.epochs, field.low, field.high) == (2, 0.4, 1.0)
    assert [tick.label for tick in field.up] == ["40", "50", "60", "70", "80", "90", "100"]
    assert [(tick.at, tick.label) for tick in field.across] == [(44, "1"), (330, "2")]
    line = field.line((0.4, 1.0))
    assert line == ("M44 180L330 28", 330, 28)
    assert axes(RungCurves("add", 0.0, (curve(0.41, 0.44),), 0)).high < 0.5  # no threshold to hold


def test_one_epoch_and_one_accuracy_have_a_place_too() -> None:
    field = axes(RungCurves("add", 0.0, (curve(1.0),), 0))
    assert field.low < field.high
    assert field.line((1.0,)).path == f"M187 {field.y(1.0):g}"
    assert [tick.label for tick in field.across] == ["1"]


def test_sixty_epochs_are_not_all_named() -> None:
    field = axes(RungCurves("add", 0.0, (curve(*[0.5] * 60),), 0))
    assert [tick.label for tick in field.across] == ["1", "10", "20", "30", "40", "50", "60"]


def test_the_hardest_images_are_those_that_most_students_models_misread(
    alpha: AssignmentSummary,
) -> None:
    (actual,) = alpha.hard_images
    assert (actual.students, actual.by_all, actual.by_any) == (3, 2, 4)
    assert actual.images == (
        HardImage(0, "T-shirt", "shirt", 3, 3),
        HardImage(2, "shirt", "T-shirt", 3, 3),
        HardImage(1, "shirt", "T-shirt", 1, 1),
        HardImage(3, "ankle boot", "sneaker", 1, 1),
    )
    assert alpha.without_images == []


def hard_images_of(entries: list[Entry], *predicted: list[int], tier: str = "sample") -> Any:
    """hard_images of entries whose models predicted this."""
    changed = []
    for entry, classes in zip(entries, predicted, strict=True):
        assert entry.record
        run = replace(entry.record.trained[0], misread=pack(LABELS, np.array(classes, np.uint8)))
        changed.append(Entry(entry.score, replace(entry.record, trained=[run])))
    return hard_images("add", tuple(changed), tier)


def test_of_images_misread_as_often_the_one_with_most_agreement_is_first(
    alpha: AssignmentSummary,
) -> None:
    pair = [by("ann", alpha), by("cyd", alpha)]
    actual = hard_images_of(pair, [1, 6, 6, 5, 9], [2, 6, 6, 5, 9])
    assert [(image.position, image.taken, image.agreed) for image in actual.images] == [
        (3, "sandal", 2),
        (0, "trousers", 1),
    ]
    # But first of all it counts how many misread it.
    actual = hard_images_of(
        [*pair, by("bob", alpha)], [1, 6, 6, 5, 9], [2, 6, 6, 5, 9], [3, 6, 6, 9, 9]
    )
    assert [(image.position, image.misread, image.agreed) for image in actual.images] == [
        (0, 3, 1),
        (3, 2, 2),
    ]
    assert hard_images_of(pair, [0, 6, 6, 9, 9], [0, 6, 6, 9, 9]).images == ()


def test_who_says_nothing_about_the_tiers_images_is_left_out(alpha: AssignmentSummary) -> None:
    ann, cyd, dan = (by(name, alpha) for name in ("ann", "cyd", "dan"))
    assert hard_images("add", (ann,), "sample") is None  # one has nothing in common with anybody
    assert hard_images("add", (ann, cyd), "full") is None
    assert hard_images("add", (ann, dan), "sample") is None
    assert cyd.record
    bare = [replace(outcome, pictures=outcome.pictures[:1]) for outcome in cyd.record.outcomes]
    no_learner = Entry(cyd.score, replace(cyd.record, outcomes=bare))
    assert hard_images("add", (ann, no_learner), "sample") is None


def test_an_image_is_drawn_as_strokes_of_sixteen_greys() -> None:
    image = np.array([[0, 15, 16, 17], [255, 255, 0, 240]], np.uint8)
    assert strokes(image) == [("#111", "M2 0.5h2"), ("#fff", "M0 1.5h2M3 1.5h1")]


def test_strokes_cover_what_is_not_black_once() -> None:
    image = load_fashion_mnist_sample()[1][0][0]
    drawn = np.zeros(image.shape, int)
    for colour, path in strokes(image):
        for column, row, length in re.findall(r"M(\d+) (\d+)\.5h(\d+)", path):
            drawn[int(row), int(column) : int(column) + int(length)] += int(colour[1], 16)
    assert np.array_equal(drawn, image // 16)


def test_without_the_data_set_the_page_says_so_and_names_the_images(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = database(course, course.root)
    assert 'aria-label="test image 2"' in write(course, course.root, url).read_text()

    def missing() -> None:
        raise DatasetUnavailable("no")

    monkeypatch.setattr(pixels, "load_fashion_mnist_sample", missing)
    page = write(course, course.root, url).read_text()
    assert 'aria-label="test image 2"' not in page
    assert "Fashion-MNIST is not on this machine" in page
    assert "misread by 3 of 3" in page


def test_a_data_set_that_is_not_here_is_not_fetched(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(pixels, "find", lambda name: None)
    assert pixels.images_of("full") is None
