"""Random image classes that exist nowhere else, for questions in which the student trains a model.

Weights that a student trained before, on any data, do not know these classes: they are drawn for
the grading, and a model must learn them from the given images and labels.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

_SIDE, _MARGIN = 28, 1  # pixels; each image shifts its pattern by up to the margin
_PER_CLASS = 2  # patterns of one class, unlike each other
_WAVES = 8  # in a pattern
_FREQUENCY = 2.5  # of the shortest wave, in periods an image
_CLUTTER = 0.4  # strength of a further pattern unique to an image, as a share of the class's
_MEAN, _SPREAD, _NOISE = 128, 50, 12  # mean of pixels; standard deviations of patterns and noise


class Patterns(NamedTuple):
    """Images (uint8, (images, 28, 28)) of ten classes and their labels, for training and for testing."""

    images: np.ndarray
    labels: np.ndarray
    test: np.ndarray
    test_labels: np.ndarray


@cache
def draw_patterns(seed: int, count: int, tests: int) -> Patterns:
    """Draw classes that depend on `seed`, with `count` training images and `tests` test images."""
    random = np.random.default_rng([seed, count, tests])
    patterns = _waves(random, 10 * _PER_CLASS)
    return Patterns(*_images(random, patterns, count), *_images(random, patterns, tests))


def _images(
    random: np.random.Generator, patterns: np.ndarray, count: int
) -> tuple[np.ndarray, np.ndarray]:
    """Images and labels; an image is its class's shifted pattern, a unique pattern and noise."""
    chosen = random.integers(0, len(patterns), count)
    pixels = _CLUTTER * _cut(_waves(random, count), np.zeros((count, 2), int))
    pixels += _cut(patterns[chosen], random.integers(-_MARGIN, _MARGIN + 1, (count, 2)))
    pixels *= _SPREAD / np.hypot(1, _CLUTTER)
    pixels += _MEAN + random.normal(0, _NOISE, pixels.shape)
    return np.clip(pixels, 0, 255).astype(np.uint8), chosen // _PER_CLASS


def _waves(random: np.random.Generator, count: int) -> np.ndarray:
    """Sums of plane waves, (count, side, side) with margins, each with a standard deviation of 1."""
    position = np.arange(_SIDE + 2 * _MARGIN) / _SIDE
    sums = np.zeros((count, len(position), len(position)))
    for _ in range(_WAVES):
        down, across = random.uniform(-_FREQUENCY, _FREQUENCY, (2, count, 1, 1))
        phase = random.uniform(0, 2 * np.pi, (count, 1, 1))
        strength = random.uniform(0.5, 1, (count, 1, 1))
        waves = down * position[:, None] + across * position[None, :]
        sums += strength * np.cos(2 * np.pi * waves + phase)
    scaled: np.ndarray = sums / sums.std(axis=(1, 2), keepdims=True)
    return scaled


def _cut(fields: np.ndarray, shifts: np.ndarray) -> np.ndarray:
    """Cut an image from the middle of each field, moved by its shift (rows, columns)."""
    rows = np.arange(_SIDE) + _MARGIN + shifts[:, :1]
    columns = np.arange(_SIDE) + _MARGIN + shifts[:, 1:]
    numbers = np.arange(len(fields))[:, None, None]
    cut: np.ndarray = fields[numbers, rows[:, :, None], columns[:, None, :]]
    return cut
