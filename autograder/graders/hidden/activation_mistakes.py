"""What students with a known misconception of ReLU or of softmax return."""

from __future__ import annotations

import numpy as np

from autograder.graders.two_layer_help import HELP


def relu(maps: np.ndarray) -> dict[str, object]:
    """Wrong answers to an array of any shape."""
    return {
        HELP["absolute"]: np.abs(maps),
        HELP["positives-lost"]: np.minimum(maps, 0),
        HELP["mask-returned"]: maps > 0,
        HELP["negatives-left-out"]: maps[maps > 0],
        HELP["largest-along-axis"]: maps.max(axis=0),
        HELP["unchanged"]: maps,
    }


def softmax(logits: np.ndarray) -> dict[str, object]:
    """Wrong answers to one row of numbers, or to several; NaN among them where a power is infinite."""
    numbers = logits.astype(float)
    with np.errstate(all="ignore"):
        powers = np.exp(numbers)
        stable = np.exp(numbers - numbers.max(axis=-1, keepdims=True))
        opposite = np.exp(numbers.min(axis=-1, keepdims=True) - numbers)
        below_all = np.exp(numbers - numbers.max())
        below_column = np.exp(numbers - numbers.max(axis=0))
        about_mean = np.exp(numbers - numbers.mean(axis=-1, keepdims=True))
        above_smallest = np.exp(numbers - numbers.min(axis=-1, keepdims=True))
        wrong: dict[str, object] = {
            HELP["not-divided"]: powers,
            HELP["divided-by-largest"]: stable,
            HELP["without-powers"]: numbers / numbers.sum(axis=-1, keepdims=True),
            HELP["negative-powers"]: opposite / opposite.sum(axis=-1, keepdims=True),
            HELP["sum-of-all"]: below_all / below_all.sum(),
            HELP["sum-of-columns"]: below_column / below_column.sum(axis=0),
            HELP["overflow"]: powers / powers.sum(axis=-1, keepdims=True),
            HELP["largest-of-all"]: below_all / below_all.sum(axis=-1, keepdims=True),
            HELP["mean-subtracted"]: about_mean / about_mean.sum(axis=-1, keepdims=True),
            HELP["smallest-subtracted"]: above_smallest
            / above_smallest.sum(axis=-1, keepdims=True),
        }
        wrong[HELP["class-returned"]] = numbers.argmax(axis=-1)
        if numbers.ndim == 1:
            wrong[HELP["one-row"]] = np.ones(len(numbers))
        sums = stable.sum(axis=-1)
        if numbers.ndim == 2 and numbers.shape[1] in (1, len(sums)):  # NumPy broadcasts these
            wrong[HELP["lost-axis"]] = stable / sums
        return wrong
