"""Which run of a seed counts where the file has several."""

import pytest

from autograder.training.runs import FinishedRun, of_recipe


def run(seed: int, accuracy: float, threads: int) -> FinishedRun:
    return FinishedRun(
        "full", "rung-d", "key", seed, accuracy, threads, 1.0, "processor", "software", "2026-11-30"
    )


@pytest.mark.parametrize(
    ("runs", "accuracy"),
    [
        ([run(0, 0.92, 2), run(0, 0.91, 1)], 0.91),
        ([run(0, 0.91, 1), run(0, 0.92, 2)], 0.91),
        ([run(0, 0.92, 1), run(0, 0.91, 1)], 0.92),
        ([run(0, 0.92, 2), run(1, 0.91, 1)], 0.92),
    ],
)
def test_the_run_on_the_fewest_threads_counts_and_then_the_first(
    runs: list[FinishedRun], accuracy: float
) -> None:
    assert of_recipe(runs, "key", "software")[0].accuracy == accuracy
