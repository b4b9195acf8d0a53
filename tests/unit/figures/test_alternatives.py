"""Each figure has a text for readers who cannot see it, in notebooks and on feedback pages."""

import re
from itertools import product
from typing import Any

import matplotlib
import numpy as np
import pytest
from matplotlib.text import Text
from nbformat import from_dict

from autograder import figures
from autograder._util.i18n import use_language
from autograder._util.images import PictureBudget
from autograder.figures import fonts
from autograder.figures.described import Drawing
from autograder.gradebook.feedback_cells import _valid_outputs
from tests.support.pictures import picture

IMAGE = np.array([[1, 0, 2], [0, 1, 1], [2, 1, 0]])
SHAPES = {"conv": (4, 4, 2), "dense": (10,)}
NAMES = {"cat", "conv", "dense", "dog", "edges", "ReLU", "seven"}  # what CALLS names
# A call of each public figure, and what its text must tell.
CALLS = {
    "confusion": ((np.array([[5, 2], [0, 7]]), ["cat", "dog"]), "cat taken for dog 2 times"),
    "convolution_step": ((IMAGE, IMAGE[:2, :2], (0, 1)), "row 0 and column 1"),
    "curve": (("ReLU", np.arange(-1.0, 2), np.array([0.0, 0, 1])), "(-1, 0), (0, 0), (1, 1)"),
    "dense_connections": ((4, 3), "4 inputs to each of 3 units"),
    "feature_maps": ((IMAGE, IMAGE[:, :, None], ["edges"]), "edges, from 0 to 2"),
    "filter_bank": (((3, 2), 2, 3), "3 filters, each a stack of 2 grids of 3 x 2"),
    "images_beside": (({"seven": IMAGE},), "seven 3 x 3"),
    "kernels": ((np.ones((5, 5, 8)),), "8 kernels of 5 x 5"),
    "ladder": (("fashion_ladder",), "the threshold"),
    "layer_bars": ((["conv"], [832], [18432]), "conv: 832 parameters to learn, 18,432 output"),
    "learning_curve": (({"loss": [2.0, 1.0], "accuracy": [0.5, 0.75]},), "training images: 50, 75"),
    "network": ((SHAPES,), "conv 4 x 4 x 2, dense 10"),
    "pooling_blocks": ((IMAGE, 2, {"max": IMAGE[:1, :1]}), "max: 1."),
    "pooling_step": ((IMAGE, 2, 1, 3), "max(1, 1, 1, 0) = 1, its mean (1 + 1 + 1 + 0) / 4 = 0.75"),
    "prediction": ((IMAGE, np.array([0.25, 0.75]), ["cat", "dog"]), "cat 25.0%, dog 75.0%"),
    "sliding_window": ((np.zeros((6, 6)), 3, [(0, 0), (3, 3)]), "(0, 0), (3, 3)"),
    "tensors": ((SHAPES,), "conv 4 x 4 x 2, dense 10"),
    "window_grid": ((5, 3, 2, 0, 3), "covers 13, 14, 15, 18, 19, 20, 23, 24, 25,"),
    "window_positions": ((5, 3, 2), "A window of 3 starts at: 0, 2."),
}


def test_no_figure_is_left_out() -> None:
    assert CALLS.keys() == set(figures.__all__)


@pytest.mark.parametrize("name", CALLS)
def test_a_figure_says_what_it_shows(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Drawing] = []
    monkeypatch.setattr("IPython.display.display", drawn.append)
    arguments, excerpt = CALLS[name]
    getattr(figures, name)(*arguments)
    (displayed,) = drawn
    assert excerpt in displayed.text
    assert "{" not in displayed.text
    bundle = displayed._repr_mimebundle_()
    assert bundle["text/plain"] == displayed.text
    assert re.match('<img alt="[^"]{20,}" src="data:image/png;base64,', bundle["text/html"])


def test_a_figure_without_a_text_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a text"):
        Drawing(object(), " ")


@pytest.mark.parametrize(
    ("plain", "alt"),
    [
        ("A row of 5 pixels.", "A row of 5 pixels."),
        ("<Figure size 640x480 with 1 Axes>", "a picture without a description"),
        ("", "a picture without a description"),
        ("x" * 9_000, "x" * 2_000),
    ],
)
def test_a_page_takes_over_the_text_of_a_figure(plain: str, alt: str) -> None:
    data = {"image/png": picture("PNG"), "text/plain": plain}
    output = from_dict({"output_type": "display_data", "data": data, "metadata": {}})
    (displayed,) = _valid_outputs([output], PictureBudget())
    assert displayed.metadata["alt"] == alt


@pytest.mark.parametrize("name", ["images_beside", "feature_maps", "kernels"])
def test_a_white_edge_is_told_from_the_white_page(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Drawing] = []
    monkeypatch.setattr("IPython.display.display", drawn.append)
    getattr(figures, name)(*CALLS[name][0])
    for axes in drawn[0].figure.axes:
        assert axes.axison
        assert all(side.get_visible() for side in axes.spines.values())


def figure_of(name: str, arguments: tuple[object, ...], monkeypatch: pytest.MonkeyPatch) -> Any:
    """The matplotlib figure that a function of the notebooks draws."""
    drawn: list[Drawing] = []
    monkeypatch.setattr("IPython.display.display", drawn.append)
    getattr(figures, name)(*arguments)
    figure = drawn[0].figure
    figure.draw_without_rendering()
    return figure


def test_every_box_of_a_filter_can_be_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The notebook says how many boxes there are; none may be hidden behind others."""
    (drawn,) = figure_of("filter_bank", ((3, 2), 2, 3), monkeypatch).axes[0].collections
    boxes = [path.get_extents() for path in drawn.get_paths()]
    visible = set()
    for box in boxes:
        for right, up in product(np.linspace(0.05, 0.95, 9), repeat=2):
            point = (box.x0 + right, box.y0 + up)
            visible.add(max(number for number, other in enumerate(boxes) if other.contains(*point)))
    assert len(visible) == len(boxes) == 3 * (2 * 3 * 2 + 1)


@pytest.mark.parametrize(
    "name", ["convolution_step", "pooling_blocks", "pooling_step", "window_grid"]
)
def test_an_image_and_its_feature_map_are_drawn_to_one_scale(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure = figure_of(name, CALLS[name][0], monkeypatch)
    boxes = [
        axes.transData.transform_bbox(boxes.get_paths()[0].get_extents())
        for axes in figure.axes
        for boxes in axes.collections
    ]
    assert len(boxes) > 1
    sides = [side for box in boxes for side in (box.width, box.height)]
    assert max(sides) - min(sides) < 1  # pixel


def test_the_number_of_a_window_stands_inside_the_feature_map(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    feature_map = figure_of("sliding_window", (np.zeros((6, 6)), 3, [(0, 0), (3, 3)]), monkeypatch)
    axes = feature_map.axes[1]
    for text in axes.texts:
        assert axes.get_window_extent().contains(*text.get_window_extent().get_points().mean(0))


def shown_texts(figure: Any) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text) if text.get_visible()]


@pytest.mark.parametrize("name", CALLS)
def test_each_word_of_a_figure_is_translated(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # In letters that matplotlib's own font has. A translation replaces every word.
    monkeypatch.setattr(fonts, "_", lambda text: re.sub(r"\b(?<!{)[a-z]+\b(?!})", "слово", text))
    monkeypatch.setitem(matplotlib.rcParams, "font.family", ["sans-serif"])
    arguments, _excerpt = CALLS[name]
    texts = shown_texts(figure_of(name, arguments, monkeypatch))
    # What the caller names stays as it is, and so do arithmetic and the names of rungs.
    named = {*NAMES, "max", "rung", "open"}
    words = {word for text in texts for word in re.findall(r"[A-Za-z]{3,}", text)}
    assert words <= named


def test_a_confusion_matrix_names_its_axes(monkeypatch: pytest.MonkeyPatch) -> None:
    figure = figure_of("confusion", CALLS["confusion"][0], monkeypatch)
    (axes,) = figure.axes
    (names,) = [text for text in axes.texts if "class" in text.get_text()]
    assert names.get_text() == "predicted class →\ntrue class ↓"
    box = names.get_window_extent()
    assert not any(
        box.overlaps(other.get_window_extent()) for other in axes.texts if other != names
    )
    assert box.x0 >= 0  # feedback pages do not enlarge the figure for what sticks out
    assert box.y1 <= figure.bbox.y1


@pytest.mark.parametrize("name", CALLS)
def test_the_first_figure_has_the_readers_fonts(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Axes make their titles and labels before a word is translated."""
    monkeypatch.setitem(matplotlib.rcParams, "font.family", ["sans-serif"])
    monkeypatch.setattr(fonts, "_FAR_EASTERN", ("DejaVu Serif",))  # comes with matplotlib
    use_language("zh_CN")
    figure = figure_of(name, CALLS[name][0], monkeypatch)
    displayed = [text for text in figure.findobj(Text) if text.get_text()]
    assert all("DejaVu Serif" in text.get_fontfamily() for text in displayed)
