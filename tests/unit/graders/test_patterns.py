"""The patterns that a student's own training is judged by: drawn from a seed, and new to everybody."""

import numpy as np
import pytest

from autograder.graders.hidden.patterns import draw_patterns


@pytest.mark.parametrize("seed", [0, 1])
def test_each_class_has_images_to_train_on_and_to_judge_by(seed: int) -> None:
    drawn = draw_patterns(seed, 300, 200)
    assert (drawn.images.shape, drawn.images.dtype) == ((300, 28, 28), np.uint8)
    assert (drawn.test.shape, drawn.test.dtype) == ((200, 28, 28), np.uint8)
    assert set(drawn.labels) == set(drawn.test_labels) == set(range(10))


def test_a_seed_gives_the_same_images_each_time_and_another_gives_others() -> None:
    first = draw_patterns(0, 30, 20)
    draw_patterns.cache_clear()
    assert all((a == b).all() for a, b in zip(first, draw_patterns(0, 30, 20), strict=True))
    assert (first.images != draw_patterns(1, 30, 20).images).any()


def test_no_image_is_judged_by_that_was_trained_on() -> None:
    drawn = draw_patterns(0, 300, 200)
    trained = {image.tobytes() for image in drawn.images}
    assert not trained & {image.tobytes() for image in drawn.test}


def test_a_class_is_told_by_its_images_alone() -> None:
    # The nearest of the images that were given, by the sum of squares, mostly has the right label.
    drawn = draw_patterns(0, 600, 100)
    images, test_images = (a.reshape(len(a), -1).astype(float) for a in (drawn.images, drawn.test))
    nearest = ((test_images[:, None] - images[None]) ** 2).sum(axis=2).argmin(axis=1)
    assert (drawn.labels[nearest] == drawn.test_labels).mean() > 0.7
