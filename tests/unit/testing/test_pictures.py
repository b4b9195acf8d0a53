"""Pictures of wrong answers about windows: what they mark, and what is too odd to draw."""

import numpy as np
import pytest

from autograder.feedback.images import _grids, png
from autograder.results.pictures import Grids, Windows
from autograder.sandbox.protocol.values import Opaque
from autograder.testing.pictures import Sliding, beside, positions

IMAGE = np.arange(15.0).reshape(3, 5, 1)
EXPECTED = np.array([[6.0, 8.0]])[:, :, None]  # of max pooling, two by two
draw = beside(IMAGE, EXPECTED, Sliding((2, 2), (2, 2)))


def test_the_first_wrong_number_and_its_window_are_marked() -> None:
    picture = draw(np.array([[6.0, 7.5]])[:, :, None])
    assert isinstance(picture, Grids)
    assert [grid.title for grid in picture.grids] == ["image", "returned", "expected"]
    assert [grid.marked for grid in picture.grids] == [(0, 2, 2, 2), (0, 1, 1, 1), (0, 1, 1, 1)]
    assert picture.grids[1].rows == [["6", "7.5"]]
    assert picture.text == (
        "At row 0, column 1: 7.5; expected 8. "
        "The window's first pixel is at row 0, column 2 of the image."
    )


def test_a_wrong_tiny_number_is_marked_as_a_large_one_is() -> None:
    picture = beside(IMAGE, 1e-8 * EXPECTED, Sliding((2, 2), (2, 2)))(1e-8 * EXPECTED[:, ::-1])
    assert isinstance(picture, Grids)
    assert picture.grids[1].marked == (0, 0, 1, 1)


def test_another_feature_map_and_unequal_strides() -> None:
    image = np.arange(24.0).reshape(4, 3, 2)
    expected = np.zeros((2, 2, 3))
    wrong = expected.copy()
    wrong[1, 1, 2] = 1
    picture = beside(image, expected, Sliding((1, 2), (3, 1)))(wrong)
    assert isinstance(picture, Grids)
    assert picture.grids[0].marked == (3, 1, 1, 2)
    assert [(grid.title, grid.channel) for grid in picture.grids] == [
        ("image", 1),
        ("returned", 2),
        ("expected", 2),
    ]
    assert picture.grids[0].rows[0] == ["1", "3", "5"]


def test_a_convolution_shows_the_kernel_and_the_sum() -> None:
    image = np.array([[1.0, 0, 2], [0, 1, 1]])[:, :, None]
    kernels = np.array([[1.0, -1], [2, 0]])[:, :, None, None]
    expected = np.array([[11.0, 10]])[:, :, None]
    sliding = Sliding((2, 2), (1, 1), kernels, np.array([10.0]))
    picture = beside(image, expected, sliding)(expected - [[[0.0], [10.0]]])
    assert isinstance(picture, Grids)
    assert [grid.title for grid in picture.grids] == ["image", "kernel", "returned", "expected"]
    assert picture.grids[1].rows == [["1", "-1"], ["2", "0"]]
    assert picture.below == "0·1 + 2·(-1) + 1·2 + 1·0 + 10 = 10"
    assert picture.text.endswith(picture.below)
    assert png(picture)


def test_a_filter_of_several_channels_sums_over_them() -> None:
    image = np.arange(12.0).reshape(2, 3, 2)
    kernels = np.ones((1, 2, 2, 2))
    expected = np.full((2, 2, 2), 7.0)
    sliding = Sliding((1, 2), (1, 1), kernels, np.array([0.0, -1]))
    wrong = expected.copy()
    wrong[0, 0, 1] = 6
    picture = beside(image, expected, sliding)(wrong)
    assert isinstance(picture, Grids)
    assert [grid.channel for grid in picture.grids] == [0, 0, 1, 1]
    assert picture.below == "0·1 + 2·1 + 1·1 + 3·1 + (-1) = 7"


def test_a_long_sum_is_left_out() -> None:
    image, expected = np.ones((5, 5, 1)), np.ones((1, 1, 1))
    sliding = Sliding((5, 5), (1, 1), np.ones((5, 5, 1, 1)), np.zeros(1))
    picture = beside(image, expected, sliding)(np.zeros((1, 1, 1)))
    assert isinstance(picture, Grids)
    assert picture.below == ""


def test_another_shape_is_shown_without_a_mark() -> None:
    picture = draw(np.array([[6.0]])[:, :, None])
    assert isinstance(picture, Grids)
    assert picture.text == "The shape is (1, 1, 1); expected (1, 2, 1)."
    assert {grid.marked for grid in picture.grids} == {None}


@pytest.mark.parametrize(
    "returned",
    [
        None,
        Opaque("Model", "<Model>"),
        EXPECTED[:, :, 0],
        EXPECTED.astype(complex),
        EXPECTED > 7,
        np.zeros((0, 2, 1)),
        np.zeros((2, 11, 1)),
        EXPECTED + 1e-9,
    ],
)
def test_what_is_no_small_feature_map_is_not_drawn(returned: object) -> None:
    assert draw(returned) is None


@pytest.mark.parametrize("odd", [np.nan, np.inf, -1e300, 123456789])
def test_odd_numbers_are_drawn(odd: float) -> None:
    picture = draw(np.array([[6.0, odd]])[:, :, None])
    assert picture is not None
    assert png(picture).startswith(b"\x89PNG")


def test_positions_of_a_window() -> None:
    picture = positions(5, 3, 2, (1, 1))(None)
    assert isinstance(picture, Windows)
    assert picture.text == (
        "A window of 3 begins at -1, 1, 3, of 5 pixels "
        "with 1 of padding before the first and 1 after the last."
    )
    assert png(picture).startswith(b"\x89PNG")


@pytest.mark.parametrize(("size", "kernel"), [(28, 5), (3, 4)])
def test_what_does_not_read_well_is_not_drawn(size: int, kernel: int) -> None:
    assert positions(size, kernel)(None) is None


def test_all_boxes_of_a_picture_have_one_size() -> None:
    """Otherwise a feature map looks as large as the image that it is made of."""
    picture = draw(np.array([[6.0, 7.5]])[:, :, None])
    assert isinstance(picture, Grids)
    figure = _grids(picture)
    figure.draw_without_rendering()
    boxes = [
        axes.transData.transform_bbox(axes.collections[0].get_paths()[0].get_extents())
        for axes in figure.axes
    ]
    sides = [side for box in boxes for side in (box.width, box.height)]
    assert max(sides) - min(sides) < 1  # pixel
    assert max(box.y1 for box in boxes) - min(box.y1 for box in boxes) < 4


def test_a_matrix_is_drawn_as_a_map_of_one_channel() -> None:
    matrix = np.array([[1.0, 2.0], [3.0, 4.0]])
    wrong_value = beside(matrix, matrix)(matrix.T)
    assert wrong_value == beside(matrix[..., None], matrix[..., None])(matrix.T[..., None])
    wrong_shape = beside(matrix, matrix)(matrix[:1])
    assert isinstance(wrong_shape, Grids)
    assert wrong_shape.text == "The shape is (1, 2); expected (2, 2)."
