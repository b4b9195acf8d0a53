"""The recipes of the rungs have the keys of the runs on record, in both tiers."""

from __future__ import annotations

from pathlib import Path

from autograder.course.course import find_course
from autograder.sandbox.protocol.limits import Limits
from autograder.training.cache import TrainingCache
from autograder.training.calibration import rungs
from autograder.training.data import training_data
from autograder.training.run import run_key
from autograder.training.trainer import Trainer
from tests.support.pinned_keys import DATA, PINNED

COURSE = find_course(Path(__file__).parent)


def test_the_keys_of_the_rungs_stay_what_they_were() -> None:
    """Whoever changes a key throws away hours of training: raise ENCODING and say why."""
    recipes = {question: recipe for _assignment, question, recipe in rungs(COURSE)}
    keys = {
        (tier, question): run_key(recipe, data)
        for tier, data in DATA.items()
        for question, recipe in recipes.items()
    }
    assert keys == PINNED


def test_the_sample_is_the_one_of_the_keys(tmp_path: Path) -> None:
    trainer = Trainer(training_data("sample"), TrainingCache(tmp_path), Limits())
    for _assignment, question, recipe in rungs(COURSE):
        assert trainer.run_key(recipe) == PINNED["sample", question]
