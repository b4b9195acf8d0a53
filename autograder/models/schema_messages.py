"""Say in a sentence which entry of a recipe breaks the schema, with its value and what it must be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_WHERE = re.compile(r"(?P<what>.*?) - at `\$\.(?P<path>[^`]*)`", re.DOTALL)
_STEP = re.compile(r"\.?(?P<name>\w+)|\[(?P<index>\d+)\]")
_BOUND = re.compile(r"Expected `(?:int|float)` (?P<sign>[<>]=?) (?P<bound>\S+)")
_LENGTH = re.compile(r"Expected `array` of length <= (?P<most>\d+)")
_TYPE = re.compile(r"Expected `(?P<type>.+?)`, got ")
_MISSING = re.compile(r"Object missing required field `(?P<name>\w+)`")
_SIGNS = {">=": "at least", ">": "above", "<=": "at most", "<": "below"}
_TYPES = {
    "int": "a whole number",
    "float": "a number",
    "float | null": "a number or None",
    "bool": "True or False",
    "str": "a text",
    "array": "a list",
    "object": "one of EarlyStopping and ReduceLROnPlateau",
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
        return f'the recipe has no "{missing["name"]}"'
    if not (match := _WHERE.fullmatch(error)):
        return error
    place, value = _place(match["path"], recipe)
    demand = _demand(match["what"])
    if demand is None:
        return f"{place}: {match['what']}"
    text = repr(value)
    if len(text) > _LONGEST_VALUE:
        text = text[:_LONGEST_VALUE] + " ..."
    return f"{place} is {text}; it must be {demand}"


def _demand(problem: str) -> str | None:
    if bound := _BOUND.fullmatch(problem):
        return f"{_SIGNS[bound['sign']]} {float(bound['bound']):g}"
    if length := _LENGTH.fullmatch(problem):
        return f"a list of at most {length['most']}"
    if wrong_type := _TYPE.match(problem):
        return _TYPES.get(wrong_type["type"])
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
