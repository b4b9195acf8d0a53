"""Convert the entries of a recipe that a sandbox sent to plain data, within bounds."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
from msgspec import Struct

from autograder._util.i18n import gettext as _
from autograder.keras_objects.callbacks import WatchingCallback
from autograder.keras_objects.losses import CLASSES
from autograder.models.model import HistoryData
from autograder.models.recipe_rules import RecipeRefused

# Of one entry of a recipe other than the model; ten callbacks and 200 rates are allowed.
_MAX_ITEMS, _MAX_DEPTH = 1_000, 3
_WHOLE = ("epochs", "batch_size")  # 5.0 is taken for 5


def plain_data(key: str, value: object) -> object:
    """Convert NumPy numbers, arrays and callbacks to plain data, which the schema then validates.

    An array from a sandbox takes a few bytes a number, but ten times as many as a list. So the
    size is checked before the conversion: raises RecipeRefused for more than any recipe needs.
    """
    if not _is_small(value):
        raise RecipeRefused(
            _(
                'the "{key}" of the recipe holds more than {most:,} values, or is nested too deeply'
            ).format(key=key, most=_MAX_ITEMS)
        )
    plain = _converted(value)
    if key == "class_weight" and isinstance(plain, dict):
        if unknown := [name for name in plain if name not in range(CLASSES)]:
            raise RecipeRefused(
                _(
                    'recipe["class_weight"] has the key {key}; the keys are classes, from 0 to {last}'
                ).format(key=str(unknown[0])[:50], last=CLASSES - 1)
            )
        return [plain.get(number, 1) for number in range(CLASSES)]
    if key in _WHOLE and isinstance(plain, float) and plain.is_integer() and abs(plain) < 1e9:
        return int(plain)
    return plain


def _is_small(value: object) -> bool:
    """Whether containers hold at most _MAX_ITEMS in total, nested at most _MAX_DEPTH deep."""
    count, pending = 0, [(value, 0)]
    while pending:
        item, depth = pending.pop()
        match item:
            case np.ndarray():
                count, depth = count + item.size, depth + item.ndim
            case list() | tuple() | dict():
                count, depth = count + len(item), depth + 1
        if count > _MAX_ITEMS or depth > _MAX_DEPTH:
            return False
        if isinstance(item, list | tuple | dict):
            inner = item.values() if isinstance(item, dict) else item
            pending += ((child, depth) for child in inner)
    return True


def _converted(value: Any) -> Any:
    if isinstance(value, HistoryData):  # Keras's History is a callback that only watches
        value = WatchingCallback("History")
    if isinstance(value, Struct):
        return msgspec.to_builtins(value)
    if isinstance(value, list | tuple):
        return [_converted(item) for item in value]
    if isinstance(value, dict):
        return {key: _converted(item) for key, item in value.items()}
    return value.tolist() if isinstance(value, np.ndarray | np.generic) else value
