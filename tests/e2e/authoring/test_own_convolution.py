"""The last cells of two_layer_cnn: the student's own convolution on the trained kernels."""

from pathlib import Path

import nbformat
import numpy as np
import pytest

from autograder.authoring.release import build
from autograder.authoring.validate import filled_in
from autograder.course.course import find_course
from autograder.notebook.earlier import earlier_answer

COURSE = find_course(Path(__file__).parent)


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where convolution.ipynb lies for a student who works in two_layer_cnn/."""
    (tmp_path / "two_layer_cnn").mkdir()
    monkeypatch.chdir(tmp_path / "two_layer_cnn")
    (tmp_path / "convolution").mkdir()
    return tmp_path / "convolution" / "convolution.ipynb"


def test_it_makes_the_feature_maps_of_keras(beside: Path) -> None:
    import keras

    built = build(COURSE)["convolution"]
    beside.write_bytes(filled_in(built.release, built.source))
    convolve = earlier_answer("convolution", "convolve")
    assert convolve is not None
    image = np.random.default_rng(0).random((1, 28, 28, 1), np.float32)
    layer = keras.layers.Conv2D(32, (5, 5), activation="relu")
    maps = np.array(layer(image))[0]
    by_hand = np.maximum(convolve(image[0], *layer.get_weights()), 0)
    np.testing.assert_allclose(by_hand, maps, atol=1e-5)


def test_a_blank_answer_is_called_blank_by_the_cell(beside: Path) -> None:
    beside.write_bytes(COURSE.released_notebook("convolution").read_bytes())
    convolve = earlier_answer("convolution", "convolve")
    assert convolve is not None
    with pytest.raises(NotImplementedError):
        convolve(None, None, None)


def test_without_the_notebook_it_says_where_to_put_it(
    beside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert earlier_answer("convolution", "convolve") is None
    assert "convolution.ipynb is not here. Put it beside" in capsys.readouterr().out


@pytest.mark.parametrize("content", ["", "[]", '{"cells": 7}', '{"cells": [{}]}', "\0"])
def test_a_broken_notebook_is_named(
    beside: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    beside.write_text(content)
    assert earlier_answer("convolution", "convolve") is None
    assert "convolution.ipynb cannot be read" in capsys.readouterr().out


def test_an_answer_that_is_not_there_is_named(
    beside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x = 1")])
    beside.write_text(nbformat.writes(notebook))
    assert earlier_answer("convolution", "convolve") is None
    assert "does not define convolve" in capsys.readouterr().out
