"""Images of patterns that exist nowhere else, for questions that hand the training to the student.

Weights that are brought along know nothing of these classes, whatever they were trained on: the
patterns are drawn for the grading, and must be learned from the images and labels that are given.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

_SIDE, _MARGIN = 28, 1  # pixels; a pattern lies up to a margin beside its place
_PER_CLASS = 2  # patterns of one class, alike in nothing
_WAVES = 8  # in a pattern
_FREQUENCY = 2.5  # of the shortest wave, in an image
_CLUTTER = 0.7  # how strong a pattern of its own is in each image, as a share of the class's
_MEAN, _SPREAD, _NOISE = 128, 50, 12  # of a pixel


class Patterns(NamedTuple):
    """Images (uint8, (images, 28, 28)) of ten classes and their labels, to train on and to judge."""

    images: np.ndarray
    labels: np.ndarray
    test: np.ndarray
    test_labels: np.ndarray


@cache
def draw_patterns(seed: int, count: int, tests: int) -> Patterns:
    """Classes that depend on `seed`, with `count` images to train on and `tests` to judge by."""
    random = np.random.default_rng([seed, count, tests])
    patterns = _waves(random, 10 * _PER_CLASS)
    return Patterns(*_images(random, patterns, count), *_images(random, patterns, tests))


def _images(
    random: np.random.Generator, patterns: np.ndarray, count: int
) -> tuple[np.ndarray, np.ndarray]:
    """Images, each a shifted pattern below another one that is the image's own, and noise."""
    chosen = random.integers(0, len(patterns), count)
    pixels = _CLUTTER * _cut(_waves(random, count), np.zeros((count, 2), int))
    pixels += _cut(patterns[chosen], random.integers(-_MARGIN, _MARGIN + 1, (count, 2)))
    pixels *= _SPREAD / np.hypot(1, _CLUTTER)
    pixels += _MEAN + random.normal(0, _NOISE, pixels.shape)
    return np.clip(pixels, 0, 255).astype(np.uint8), chosen // _PER_CLASS


def _waves(random: np.random.Generator, count: int) -> np.ndarray:
    """Sums of plane waves (count, side, side) with a margin on each side, of standard deviation 1."""
    place = np.arange(_SIDE + 2 * _MARGIN) / _SIDE
    sums = np.zeros((count, len(place), len(place)))
    for _ in range(_WAVES):
        down, across = random.uniform(-_FREQUENCY, _FREQUENCY, (2, count, 1, 1))
        phase = random.uniform(0, 2 * np.pi, (count, 1, 1))
        strength = random.uniform(0.5, 1, (count, 1, 1))
        waves = down * place[:, None] + across * place[None, :]
        sums += strength * np.cos(2 * np.pi * waves + phase)
    scaled: np.ndarray = sums / sums.std(axis=(1, 2), keepdims=True)
    return scaled


def _cut(fields: np.ndarray, shifts: np.ndarray) -> np.ndarray:
    """The middle of each field, or what lies beside it by its shift."""
    rows = np.arange(_SIDE) + _MARGIN + shifts[:, :1]
    columns = np.arange(_SIDE) + _MARGIN + shifts[:, 1:]
    numbers = np.arange(len(fields))[:, None, None]
    cut: np.ndarray = fields[numbers, rows[:, :, None], columns[:, None, :]]
    return cut
