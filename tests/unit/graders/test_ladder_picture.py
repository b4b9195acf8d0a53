"""The ladder as a student sees it: in a notebook, after grading, and what check() says of a threshold."""

from pathlib import Path

import pytest

from autograder import figures
from autograder.course.course import find_course
from autograder.feedback.images import picture_text, png
from autograder.figures.described import Drawing
from autograder.graders.hidden.ladder_pictures import ladder
from autograder.notebook.visible_graders import accuracy_requirement
from autograder.results.record import TrainedRun
from autograder.results.thresholds import (
    Threshold,
    article_accuracies,
    read_thresholds,
    write_thresholds,
)

THRESHOLDS = {
    "rung-b": Threshold({}, minimum=0.70, step="a larger network"),
    "rung-open": Threshold({}, minimum=0.90, extra=True),
    "rung-a": Threshold({}, minimum=0.60, step="convolutions"),
}


@pytest.fixture
def graders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The graders of a course whose ladder has thresholds."""
    place = tmp_path / "autograder" / "graders"
    place.mkdir(parents=True)
    write_thresholds(
        place / "climb.json",
        {
            "sample": THRESHOLDS,
            "full": {
                "rung-a": Threshold({}, minimum=0.8, article=0.8593, step="convolutions"),
                "rung-open": Threshold({}, minimum=0.85, extra=True, step="another network"),
            },
        },
    )
    monkeypatch.setenv("AUTOGRADER_COURSE", str(tmp_path))
    return place


def test_the_graded_ladder_grows_rung_by_rung() -> None:
    runs = [TrainedRun("x", seed, accuracy, "rung-a") for seed, accuracy in ((0, 0.61), (1, 0.63))]
    first = ladder(THRESHOLDS, runs, {"rung-a": 0.8593})
    assert [(rung.name, rung.threshold, rung.own) for rung in first.rungs] == [
        ("a", 60, pytest.approx(62)),
        ("b", 70, None),
        ("open", 90, None),
    ]
    assert [rung.article for rung in first.rungs] == [pytest.approx(85.93), None, None]
    assert picture_text(first) == "Your ladder: Yours: a 62.0 % (threshold 60.0 %)."
    second = ladder(THRESHOLDS, [*runs, TrainedRun("y", 0, 0.69, "rung-b")], {})
    assert picture_text(second).endswith(
        "a 62.0 % (threshold 60.0 %), b 69.0 % (threshold 70.0 %)."
    )
    assert picture_text(ladder(THRESHOLDS, [], {})).endswith("none yet.")
    assert len({png(picture) for picture in (first, second, ladder(THRESHOLDS, [], {}))}) == 3


def test_the_graded_ladder_has_the_articles_figures_on_the_sample_too() -> None:
    path = find_course(Path(__file__).parent).thresholds("fashion_ladder")
    rungs = ladder(read_thresholds(path)["sample"], [], article_accuracies(path)).rungs
    figures_of_article = [85.93, 86.28, 90.99, 92.56, 94.54, None]
    assert [rung.article for rung in rungs] == [pytest.approx(each) for each in figures_of_article]


def test_a_lent_rung_counts_by_the_recipe_that_was_judged_last() -> None:
    runs = [TrainedRun("own", 0, 0.2, "rung-b"), TrainedRun("lent", 0, 0.8, "rung-b")]
    assert ladder(THRESHOLDS, runs, {}).rungs[1].own == pytest.approx(80)


def test_the_notebooks_ladder_reads_the_thresholds_as_they_stand(
    graders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Drawing] = []
    monkeypatch.setattr("IPython.display.display", drawn.append)
    figures.ladder("climb", {"rung-b": 0.72})
    write_thresholds(graders / "climb.json", {"sample": {"rung-b": Threshold({}, minimum=0.74)}})
    figures.ladder("climb")
    first, second = ([ax.get_lines() for ax in each.figure.axes] for each in drawn)
    assert [[list(line.get_ydata()) for line in lines] for lines in first] == [
        [[60, 60], [70, 70], [72], [90, 90]],
        [[80, 80], [pytest.approx(85.93)], [85, 85]],
    ]
    assert [[list(line.get_ydata()) for line in lines] for lines in second] == [[[74, 74]], []]
    assert "b (the threshold 70.0, yours 72.0)" in drawn[0].text
    assert [label.get_text() for label in drawn[0].figure.axes[0].get_xticklabels()] == [
        "a",
        "b",
        "open",
    ]


def test_check_names_what_grading_will_demand(graders: Path) -> None:
    grader = graders / "climb.py"
    assert accuracy_requirement(grader, "rung-a") == (
        "When it is graded, the kit trains this recipe. It must then reach 60.0% on the sample or "
        "80.0% on all images. "
        "The points for accuracy also need what the rung is about: convolutions."
    )
    write_thresholds(graders / "new.json", {"sample": {"rung-a": Threshold({})}})  # none yet
    assert accuracy_requirement(graders / "new.py", "rung-a") == ""
    assert accuracy_requirement(grader, "rung-open").endswith(
        "It must then reach 90.0% on the sample or 85.0% on all images. "
        "Graded on all images, the points for accuracy also need another network: there, accuracy "
        "alone does not tell this rung from the one before."
    )
    assert (
        accuracy_requirement(grader, "split")
        == accuracy_requirement(graders / "other.py", "rung-a")
        == ""
    )
