"""Sliders below a figure where a reader can move them, and the same figure alone elsewhere."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder import figures
from autograder.figures import sliders
from autograder.figures.described import Drawing

IMAGE, KERNEL = np.arange(16).reshape(4, 4), np.array([[1, -1], [2, 0]])


class Figure:
    """A figure in a notebook that can be replaced."""

    def __init__(self) -> None:
        self.drawings: list[Drawing] = []

    def update(self, drawing: Drawing) -> None:
        self.drawings.append(drawing)


@pytest.fixture
def figure(monkeypatch: pytest.MonkeyPatch) -> Figure:
    """What is displayed, instead of in a notebook."""
    figure = Figure()

    def display(output: Any, **options: Any) -> Figure | None:
        if isinstance(output, Drawing):
            figure.update(output)
        return figure if options.get("display_id") else None

    monkeypatch.setattr("IPython.display.display", display)
    return figure


@pytest.fixture
def fields(figure: Figure, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The number fields that are linked to sliders, by name, in a kernel that Jupyter's server started."""
    import ipywidgets

    boxes: dict[str, Any] = {}

    def field(**options: Any) -> Any:
        boxes[options["description"]] = ipywidgets.BoundedIntText(**options)
        return boxes[options["description"]]

    class Widgets:
        BoundedIntText = staticmethod(field)
        HBox, IntSlider, VBox = ipywidgets.HBox, ipywidgets.IntSlider, ipywidgets.VBox
        link = ipywidgets.link

    monkeypatch.setattr(sliders, "_widgets", lambda: Widgets)
    return boxes


def test_a_slider_moves_the_window(fields: dict[str, Any], figure: Figure) -> None:
    figures.convolution_step(IMAGE, KERNEL, (1, 2))
    assert (fields["position"].value, fields["position"].max) == (5, 8)
    fields["position"].value = 6
    assert len(figure.drawings) == 2
    assert "row 2 and column 0 of the image" in figure.drawings[-1].text
    assert "8·1 + 9·(-1) + 12·2 + 13·0 = 23" in figure.drawings[-1].text


def test_a_longer_stride_takes_positions_away(fields: dict[str, Any], figure: Figure) -> None:
    figures.window_grid(size=5, kernel=3, position=8)
    assert [fields[name].max for name in ("stride", "padding", "position")] == [4, 2, 8]
    fields["stride"].value = 2
    assert (fields["position"].value, fields["position"].max) == (3, 3)
    assert len(figure.drawings) == 2  # drawn once for both changes
    assert "the feature map of 2 x 2" in figure.drawings[-1].text
    fields["padding"].value = 1
    assert fields["position"].max == 8


def test_every_place_of_the_sliders_can_be_drawn(fields: dict[str, Any], figure: Figure) -> None:
    figures.window_grid(size=8, kernel=3)
    for padding in (0, 2):
        fields["padding"].value = padding
        fields["position"].value = fields["position"].max
    assert "the feature map of 10 x 10" in figure.drawings[-1].text


def test_a_pooling_window_moves_by_its_stride(fields: dict[str, Any], figure: Figure) -> None:
    figures.pooling_step(IMAGE, pool=2, stride=2, position=3)
    assert [fields[name].max for name in ("stride", "position")] == [2, 3]
    fields["stride"].value = 1
    assert fields["position"].max == 8
    assert "begins in row 1 and column 0 of the feature map" in figure.drawings[-1].text
    assert "max(4, 5, 8, 9) = 9" in figure.drawings[-1].text


SHOWS: dict[str, Callable[[], None]] = {
    "window_grid": lambda: figures.window_grid(size=5, kernel=3, stride=2, position=3),
    "convolution_step": lambda: figures.convolution_step(IMAGE, KERNEL, (1, 2)),
    "pooling_step": lambda: figures.pooling_step(IMAGE, pool=2, stride=2, position=1),
}


@pytest.mark.parametrize("name", SHOWS)
@pytest.mark.parametrize("missing", ["a reader", "ipywidgets"])
def test_elsewhere_the_figure_stands_alone(
    figure: Figure, monkeypatch: pytest.MonkeyPatch, name: str, missing: str
) -> None:
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    if missing == "ipywidgets":
        monkeypatch.setenv("JPY_SESSION_NAME", "convolution.ipynb")
        monkeypatch.setitem(sys.modules, "ipykernel", sys)
        monkeypatch.setitem(sys.modules, "ipywidgets", None)
    SHOWS[name]()
    assert len(figure.drawings) == 1


def test_the_figure_alone_imports_no_widgets_and_the_kit_no_figures() -> None:
    code = (
        "import sys, autograder\n"
        "assert not {'matplotlib', 'ipywidgets'} & set(sys.modules)\n"
        "autograder.figures.window_grid(5, 3)\n"
        "assert 'ipywidgets' not in sys.modules\n"
    )
    completed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert completed.returncode == 0, completed.stderr
    assert completed.stdout.startswith("An image of 5 x 5 numbered pixels")


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (lambda: figures.window_grid(5, 3, position=9), "no position 9. They go from 0 to 8"),
        (lambda: figures.pooling_step(IMAGE, 2, 2, 4), "no position 4. They go from 0 to 3"),
        (
            lambda: figures.convolution_step(IMAGE, KERNEL, (1, 3)),
            "2 x 2 at row 1, column 3 is not",
        ),
        (
            lambda: figures.convolution_step(KERNEL, IMAGE, (0, 0)),
            "4 x 4 at row 0, column 0 is not",
        ),
    ],
)
def test_a_place_where_no_window_stands_is_refused(draw: Callable[[], None], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        draw()


def test_a_kernel_of_one_pixel_has_one_product(figure: Figure) -> None:
    figures.convolution_step(IMAGE, np.array([[3]]), (1, 2))
    assert "add up to 6·3 = 18, the number" in figure.drawings[0].text


def test_a_confusion_matrix_may_be_a_list(figure: Figure) -> None:
    figures.confusion([[5, 2], [0, 7]], ["cat", "dog"])  # type: ignore[arg-type]
    assert "cat taken for dog 2 times" in figure.drawings[0].text
