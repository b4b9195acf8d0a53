"""An accuracy just below its threshold must not read as equal to it."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from matplotlib.figure import Figure

from autograder.classroom.page.render import accuracy as rendered_accuracy
from autograder.feedback.images import picture_text
from autograder.figures.drawing import ladder as draw_ladder
from autograder.figures.drawing import ladder_rung_text
from autograder.graders.hidden import ladder_accuracy
from autograder.graders.hidden.ladder_pictures import ladder
from autograder.results import Mismatch
from autograder.results.record import TrainedRun
from autograder.results.thresholds import Threshold

THRESHOLDS = {"rung-e": Threshold({}, minimum=0.897)}


class MadeUpTrainer:
    """A trainer whose runs all reach 89.66 %."""

    tier, images = "full", (54_000, 10_000)
    requested_runs: tuple[TrainedRun, ...] = ()

    def run_key(self, recipe: object) -> str:
        return "a key"

    def accuracy(self, recipe: object, seed: int, question: str) -> float:
        return 0.8966

    def run(self, recipe: object, seed: int) -> None:
        return None

    def overfit(self, recipe: object) -> tuple[float, ...]:
        return 2.3, 0.1


def test_of_a_recipe_that_misses_its_threshold(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("accepted", None), ("lacking", None), ("thresholds_of", THRESHOLDS)):
        monkeypatch.setattr(ladder_accuracy, name, lambda *_, value=value: value)
    student: Any = SimpleNamespace()
    with pytest.raises(Mismatch) as missed:
        ladder_accuracy.expect_accuracy(student, cast(Any, MadeUpTrainer()), "rung-e")
    assert "reached 89.6% of 10,000 test images\nexpected at least 89.7%" in str(missed.value)


@pytest.mark.parametrize(("accuracy", "shown"), [(0.8966, "89.6"), (0.897, "89.7")])
def test_in_the_text_of_the_ladder(accuracy: float, shown: str) -> None:
    picture = ladder(THRESHOLDS, [TrainedRun("x", 0, accuracy, "rung-e")], {})
    assert picture_text(picture).endswith(f"e {shown} % (threshold 89.7 %).")
    axes = Figure().subplots()
    draw_ladder(axes, picture.rungs)
    assert [text.get_text() for text in axes.texts] == [shown]
    assert ladder_rung_text(picture.rungs[0]) == f"e (the threshold 89.7, yours {shown})"
    assert rendered_accuracy(accuracy) == f"{shown} %"
