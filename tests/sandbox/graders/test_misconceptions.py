"""The graders graded: each known mistake fails, with its own help and no other."""

from importlib import import_module
from types import ModuleType

import pytest

from autograder.results.outcome import Status
from autograder.testing import common_help
from autograder.testing.answers import Answer
from autograder.testing.frequent_crashes import FREQUENT_HELP
from autograder.testing.layer_mistakes import MODEL_HELP
from tests.support.answers import catalogues, outcomes

COMMON_HELP = {
    text for name, text in vars(common_help).items() if name.isupper() and isinstance(text, str)
} | set(FREQUENT_HELP.values())
CATALOGUES = catalogues("wrong")
WITHOUT_HELP = "other-"  # begins the label of a mistake that the grader has no own help for
# One of their tests cannot tell the mistake from another one, or says in its message what is missing.
WITHOUT_HELP_IN_A_TEST = {
    "convolution-output-shape-stride-swapped",
    "convolution-output-shape-output-swapped",
    "convolution-output-shape-stride-along-width",
    "convolution-output-shape-square-output",
    "convolution-zero-padding-pad-slice",
    "convolution-convolve-window-and-kernel",
    "pooling-pool-shape-output-swapped",
    "pooling-pool-shape-strides-swapped",
    "pooling-max-pool-first-value",
    "pooling-max-pool-smallest",
    "parameters-conv-parameters-filters-forgotten",
    "parameters-conv-parameters-filters-only-biases",
    "parameters-pool-flatten-flatten-channels-forgotten",
    "parameters-conv-parameters-conv-bias-per-pixel",
    "parameters-pool-flatten-flatten-first-forgotten",
    "parameters-pool-flatten-flatten-first-side",
    "parameters-pool-flatten-flatten-length",
    "parameters-totals-totals-layers-left-out",
    "two_layer_cnn-prepare-one-image",
    "two_layer_cnn-prepare-own-largest",
    "two_layer_cnn-prepare-pair-exchanged",
    "fashion_ladder-confusion-matrix-wrong-only",
    "two_layer_cnn-prepare-numpy-broadcast",
    "fashion_ladder-split-split-from-first",
    "fashion_ladder-split-split-exchanged",
    "fashion_ladder-loss-and-accuracy-loss-of-guess",
    "fashion_ladder-rung-a-rung-optimizer-sgd",
    "fashion_ladder-rung-c-rung-optimizer-adam",
    "fashion_ladder-rung-e-rung-rates-missing",
    "fashion_ladder-rung-e-rung-epochs-long",
}
ALL = [wrong for catalogue in CATALOGUES.values() for wrong in catalogue]


def helps(assignment: str) -> dict[str, str]:
    """Every help text of an assignment's graders by its key."""
    module: ModuleType = import_module(f"autograder.graders.{assignment}")
    return {**MODEL_HELP, **FREQUENT_HELP, **module.HELP}


@pytest.mark.parametrize("wrong", ALL, ids=str)
def test_a_known_mistake_fails_with_its_own_help(wrong: Answer) -> None:
    actual = outcomes(wrong)
    failed = [outcome for outcome in actual if outcome.status is not Status.PASSED]
    for outcome in failed:  # a crash is a known mistake only if the grader has help for it
        crashed_with_help = outcome.status is Status.CRASHED and outcome.help
        assert outcome.status is Status.FAILED or crashed_with_help, outcome.traceback
    assert failed, "a wrong solution passes"
    given = {outcome.help for outcome in failed} - {""}
    if wrong.label.startswith(WITHOUT_HELP):
        assert given <= COMMON_HELP, [(o.message, o.help) for o in failed]
    else:
        assert given == {helps(wrong.assignment)[wrong.label]}, [o.message for o in failed]
        lacking = [outcome.title for outcome in failed if not outcome.help]
        # What a function with a memory returns depends on the calls before.
        remembers = wrong.kind == "effects"
        assert not lacking or remembers or str(wrong) in WITHOUT_HELP_IN_A_TEST, lacking
    for outcome in failed:
        assert outcome.status is Status.CRASHED or "expected" in outcome.message


# Shown where a model is really trained, in test_ladder.py.
TRAINED = {"rung-does-not-learn"}


@pytest.mark.parametrize("assignment", CATALOGUES)
def test_every_help_has_a_wrong_solution(assignment: str) -> None:
    own = set(helps(assignment)) - set(MODEL_HELP) - set(FREQUENT_HELP) - TRAINED
    assert own - {wrong.label for wrong in CATALOGUES[assignment]} == set()


def test_every_help_about_models_has_a_wrong_solution() -> None:
    assert {*MODEL_HELP, *FREQUENT_HELP} - {wrong.label for wrong in ALL} == set()
