"""Boxes and numbers of figures: drawn fast, and nothing of them cut off or covered."""

from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.patches import Rectangle

from autograder.figures import demonstrations, drawing


def drawn_grid(values: np.ndarray) -> tuple[Any, Axes]:
    figure, (axes,) = drawing.axes_for_grids([values.shape[1]], values.shape[0], box=0.55)
    drawing.grid(axes, values, "", marked=(0, 0, 2, 2))
    figure.draw_without_rendering()
    return figure, axes


@pytest.mark.parametrize("column", [0, 2])
def test_a_number_too_long_for_its_box_is_not_cut_off(column: int) -> None:
    values = np.zeros((3, 3))
    values[1, column] = -1234567.25
    figure, axes = drawn_grid(values)
    inches = 1 / figure.dpi
    widest = max((text.get_window_extent() for text in axes.texts), key=lambda box: box.width)
    box = figure.get_tightbbox()  # what a notebook shows of the figure
    assert box.x0 <= widest.x0 * inches
    assert widest.x1 * inches <= box.x1


def test_boxes_are_one_artist() -> None:
    """Each for itself takes Matplotlib twice as long, on the page of each wrong answer."""
    _, axes = drawn_grid(np.zeros((5, 5)))
    assert [len(boxes.get_paths()) for boxes in axes.collections] == [25]
    assert len(axes.patches) == 1  # the outline of the marked boxes


def test_a_window_is_outlined_above_its_boxes() -> None:
    _figure, axes = drawing.axes_for(width=4, height=3)
    drawing.window_rows(axes, size=5, kernel=3, stride=1, padding=(0, 0))
    drawn = [child for child in axes.get_children() if child in (*axes.collections, *axes.patches)]
    assert [type(artist) for artist in drawn] == [PatchCollection, Rectangle] * 3


def test_axes_without_a_frame_measure_no_ticks() -> None:
    _, axes = drawing.axes_for(width=4, height=3)
    assert not len(axes.get_xticks())
    assert not len(axes.get_yticks())
    _, framed = drawing.axes_for(width=4, height=3, frame=True)
    assert len(framed.get_xticks())
    assert framed.axison


def test_the_label_of_a_sure_prediction_stays_within_its_frame(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    figures: list[Any] = []
    monkeypatch.setattr(demonstrations, "show", lambda figure, text: figures.append(figure))
    demonstrations.prediction(np.zeros((28, 28)), np.eye(10)[9], [str(name) for name in range(10)])
    (figure,) = figures
    figure.draw_without_rendering()
    bars = figure.axes[1]
    (label,) = bars.texts
    assert label.get_text() == " 100.0%"
    assert label.get_window_extent().x1 < bars.get_window_extent().x1
