"""Which test images a model misread: packed, kept with a run, and given to no student."""

from pathlib import Path

import msgspec
import numpy as np
import pytest

from autograder.keras_objects.losses import LOSS
from autograder.models.model import Compiled, ModelData
from autograder.models.recipe import Recipe
from autograder.results.misclassified import pack, unpack
from autograder.results.record import GradeRecord, TrainedRun, read_record, write_record
from autograder.sandbox.protocol.limits import Limits
from autograder.training.cache import TrainingCache
from autograder.training.data import training_data
from autograder.training.run import Run
from autograder.training.trainer import Trainer


def test_what_was_packed_is_unpacked() -> None:
    labels, predicted = np.array([0, 3, 9, 9], np.uint8), np.array([0, 4, 9, 0], np.uint8)
    actual = unpack(pack(labels, predicted))
    assert actual.tolist() == [(1, 3, 4), (3, 9, 0)]
    assert actual.dtype.names == ("image", "true", "taken")
    assert unpack(pack(labels, labels)).tolist() == []


def test_the_last_of_the_full_test_images_has_a_place() -> None:
    predicted = np.zeros(10_000, np.uint8)
    labels = predicted.copy()
    labels[-1] = 7
    assert unpack(pack(labels, predicted)).tolist() == [(9_999, 7, 0)]


def test_cut_short_it_is_refused() -> None:
    with pytest.raises(ValueError, match="multiple"):
        unpack(b"\0" * 6)


class Fixed(Trainer):
    """A trainer whose every run takes the first three images for bags."""

    def run(self, recipe: Recipe, seed: int) -> Run:
        predicted = self._data.test_labels.copy()
        predicted[:3] = 8
        return Run(predicted.tobytes(), {}, 0.0)


def test_a_run_that_was_trained_is_noted_with_what_it_misread(tmp_path: Path) -> None:
    data = training_data("sample")
    trainer = Fixed(data, TrainingCache(tmp_path), Limits())
    recipe = Recipe(ModelData((28, 28, 1), (), Compiled("sgd", 0.01, LOSS)), 1)
    trainer.accuracy(recipe, 0, "rung-a")
    trainer.note(recipe, 1, 0.9, "rung-a")  # of a run whose accuracy alone is known
    trained, known = trainer.requested_runs
    assert trained.misread is not None
    wrong = [(at, label, 8) for at, label in enumerate(data.test_labels[:3].tolist()) if label != 8]
    assert unpack(trained.misread).tolist() == wrong
    assert known.misread is None


def test_a_record_keeps_it_and_one_of_before_can_be_read(tmp_path: Path) -> None:
    path, run = tmp_path / "record.json", TrainedRun("r", 0, 0.9, "rung-a", b"\1\2\3\4")
    record = GradeRecord(
        assignment="a", digest="d", key="k", sandbox="bwrap", outcomes=[], trained=[run]
    )
    write_record(path, record)
    assert read_record(path) == record
    path.write_bytes(path.read_bytes().replace(b',"misread":"AQIDBA=="', b""))
    assert read_record(path).trained == [msgspec.structs.replace(run, misread=None)]
