"""What a grader says to a wrong model is in the language of the course, and its table stays straight."""

from __future__ import annotations

import re

import numpy as np
import pytest

from autograder._util.i18n import use_language
from autograder.graders.compile_checks import expect_sgd
from autograder.keras_objects.convolution import Conv2D
from autograder.models import Compiled
from autograder.models.model import ModelData
from autograder.results.outcome import Mismatch
from autograder.testing import Wanted, compare_layers, show
from autograder.testing.formatting import columns
from autograder.testing.layers import expect_layers


class ReturnsNothing:
    """A student whose functions return nothing."""

    def call(self, name: str) -> object:
        return None


@pytest.fixture(autouse=True)
def _chinese() -> None:
    use_language("zh_CN")


def test_the_columns_of_layers_stand_below_each_other() -> None:
    wanted = [Wanted("Conv2D", (5, 5), "linear", (24, 24, 2), 52)]
    model = ModelData((28, 28, 1), (Conv2D(3, (5, 5)),))
    with pytest.raises(Mismatch) as mismatch:
        compare_layers("", model, wanted)
    head, row = mismatch.value.message.splitlines()[1:]
    assert head.split() == ["你的层", "输出", "参数", "|", "期望值", "输出", "参数"]
    assert columns(head) == columns(row)
    assert columns(head.partition("|")[0]) == columns(row.partition("|")[0])


def test_no_model_and_another_optimizer() -> None:
    with pytest.raises(Mismatch) as mismatch:
        expect_layers(ReturnsNothing(), "build", [])  # type: ignore[arg-type]
    assert mismatch.value.message == "调用 build()\n返回 空值（None）\n应为一个模型"  # noqa: RUF001
    settings = Compiled("adam", 0.01, "categorical_crossentropy")
    with pytest.raises(Mismatch) as mismatch:
        expect_sgd("调用 compile_model()", settings, {"optimizer": ""})
    assert mismatch.value.message == "调用 compile_model()\n优化器是 adam\n应为 sgd"


def test_a_large_array() -> None:
    assert not re.search("array of|type", show(np.zeros((9, 9))))
