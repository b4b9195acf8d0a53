"""Check cell outputs that came out of the sandbox; what is kept can be shown on any page."""

from __future__ import annotations

from typing import Any, NamedTuple

from autograder._util import images
from autograder._util.i18n import N_
from autograder._util.i18n import gettext as _

_MAX_OUTPUTS = 1000  # of a cell, and of all cells together
_LEFT_OUT = N_("[left out here: all cells together show more than the limit]")


def clean_outputs(data: object, limit: int) -> list[dict[str, Any]]:
    """Nbformat outputs rebuilt from `data`: text and PNG images, `limit` characters in all.

    What is no such output is dropped without a word: the sandbox's own code never sends it.
    """
    kept: list[dict[str, Any]] = []
    for item in data[:_MAX_OUTPUTS] if isinstance(data, list) else []:
        output = _clean(item) if isinstance(item, dict) else None
        if output is None:
            continue
        limit -= _size(output)
        if limit < -1000:  # the sandbox cuts at the limit itself; a line says so
            break
        kept.append(output)
    return kept


class Extent(NamedTuple):
    """How much there is to show of some outputs; pixels are those of pictures once unpacked."""

    characters: int = 0
    outputs: int = 0
    pictures: int = 0
    pixels: int = 0

    def plus(self, other: Extent) -> Extent:
        """Both together."""
        return Extent(*(one + another for one, another in zip(self, other, strict=True)))

    def minus(self, other: Extent) -> Extent:
        """What is left of this after the other."""
        return Extent(*(one - another for one, another in zip(self, other, strict=True)))


class OutputBudget:
    """What all cells of a notebook may show together, cell by cell."""

    def __init__(self, characters: int) -> None:
        self._left = Extent(characters, _MAX_OUTPUTS, images.MAX_PICTURES, images.MAX_PAGE_PIXELS)
        self._shown: dict[str, Extent] = {}

    def fit(self, cell: str, outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The outputs of a cell that fit, and a line in the place of those that do not.

        What the same cell showed before, in a process that ended, counts no more.
        """
        left = self._left.plus(self._shown.pop(cell, Extent()))
        before, kept = left, list[dict[str, Any]]()
        omitted, place = 0, 0  # pictures, and where the first of them was
        for output in outputs:
            extent = _extent(output)
            after = left.minus(extent)
            if after.characters < 0 or after.outputs < 0:
                kept.append(_line(_(_LEFT_OUT)))
                break
            if after.pictures < 0 or after.pixels < 0:
                place = place if omitted else len(kept)
                omitted += 1
                continue
            kept.append(output)
            left = after
        if omitted:
            kept.insert(place, _line(images.pictures_omitted(omitted)))
        self._shown[cell], self._left = before.minus(left), left
        return kept


def _line(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": f"{text}\n"}


def _extent(output: dict[str, Any]) -> Extent:
    png = output.get("data", {}).get("image/png")
    pixels = images.pixels("image/png", png) if png else None
    return Extent(_size(output), 1, int(png is not None), pixels or 0)


def _clean(item: dict[str, Any]) -> dict[str, Any] | None:
    match item:
        case {"output_type": "stream", "name": "stdout" | "stderr" as name, "text": str() as text}:
            return {"output_type": "stream", "name": name, "text": _text(text)}
        case {
            "output_type": "error",
            "ename": str() as name,
            "evalue": str() as value,
            "traceback": list() as tb,
        }:
            lines = [_text(line) for line in tb[:1000] if isinstance(line, str)]
            return {
                "output_type": "error",
                "ename": _text(name)[:100],
                "evalue": _text(value)[:2000],
                "traceback": lines,
            }
        case {"output_type": "display_data" | "execute_result" as kind, "data": dict() as data}:
            shown: dict[str, str] = {}
            if isinstance(plain := data.get("text/plain"), str):
                shown["text/plain"] = _text(plain)
            if isinstance(png := data.get("image/png"), str) and (
                images.is_safe_image("image/png", png)
            ):
                shown["image/png"] = png
            output: dict[str, Any] = {"output_type": kind, "data": shown, "metadata": {}}
            if kind == "execute_result":
                count = item.get("execution_count")
                output["execution_count"] = count if isinstance(count, int) else None
            return output if shown else None
    return None


def _size(output: dict[str, Any]) -> int:
    lines = output.get("traceback", [])
    texts = [output.get("text", ""), *output.get("data", {}).values(), *lines]
    return sum(map(len, texts)) + 10


def _text(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
