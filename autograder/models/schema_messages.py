"""Say in a sentence which entry of a recipe breaks the schema, with its value and what it must be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from autograder._util.i18n import N_
from autograder._util.i18n import gettext as _

_WHERE = re.compile(r"(?P<what>.*?) - at `\$\.(?P<path>[^`]*)`", re.DOTALL)
_STEP = re.compile(r"\.?(?P<name>\w+)|\[(?P<index>\d+)\]")
_BOUND = re.compile(r"Expected `(?:int|float)` (?P<sign>[<>]=?) (?P<bound>\S+)")
_LENGTH = re.compile(r"Expected `array` of length <= (?P<most>\d+)")
_TYPE = re.compile(r"Expected `(?P<type>.+?)`, got ")
_MISSING = re.compile(r"Object missing required field `(?P<name>\w+)`")
_BOUNDS = {
    ">=": N_("at least {bound}"),
    ">": N_("above {bound}"),
    "<=": N_("at most {bound}"),
    "<": N_("below {bound}"),
}
_TYPES = {
    "int": N_("a whole number"),
    "float": N_("a number"),
    "float | null": N_("a number or None"),
    "bool": N_("True or False"),
    "str": N_("a text"),
    "array": N_("a list"),
    "object": N_("EarlyStopping(...), ReduceLROnPlateau(...) or LearningRateScheduler(...)"),
}
_LONGEST_VALUE = 60


def sentence(error: str, recipe: Mapping[str, Any]) -> str:
    """Put a message of msgspec about `recipe` into words.

    Args:
        error: such as "Expected `int` >= 1 - at `$.epochs`".
        recipe: the data that msgspec refused.

    Returns:
        such as 'recipe["epochs"] is 0; it must be at least 1'. Of an error of a kind that is not
        known here, the place and msgspec's words.

    """
    if missing := _MISSING.fullmatch(error):
        return _('the recipe has no "{name}"').format(name=missing["name"])
    if not (match := _WHERE.fullmatch(error)):
        return error
    place, value = _place(match["path"], recipe)
    demand = _demand(match["what"])
    if demand is None:
        return f"{place}: {match['what']}"
    text = repr(value)
    if len(text) > _LONGEST_VALUE:
        text = text[:_LONGEST_VALUE] + " ..."
    return _("{place} is {value}; it must be {demand}").format(
        place=place, value=text, demand=demand
    )


def _demand(problem: str) -> str | None:
    if bound := _BOUND.fullmatch(problem):
        return _(_BOUNDS[bound["sign"]]).format(bound=f"{float(bound['bound']):g}")
    if length := _LENGTH.fullmatch(problem):
        return _("a list of at most {most}").format(most=length["most"])
    if _MISSING.fullmatch(problem):  # a dict in the place of a callback
        return _(_TYPES["object"])
    if wrong_type := _TYPE.match(problem):
        return _(_TYPES.get(wrong_type["type"], "")) or None
    return None


def _place(path: str, recipe: Mapping[str, Any]) -> tuple[str, object]:
    """An entry as a student writes it, recipe["callbacks"][0].patience, and its value."""
    place = "recipe"
    value: Any = recipe
    for depth, step in enumerate(_STEP.finditer(path)):
        if step["index"] is not None:
            place, value = f"{place}[{step['index']}]", value[int(step["index"])]
        else:
            name = step["name"]
            place = f'{place}["{name}"]' if depth == 0 else f"{place}.{name}"
            value = value[name]
    return place, value
