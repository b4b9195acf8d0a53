"""Check cell outputs from the sandbox. The checked outputs are safe to show on any page."""

from __future__ import annotations

from typing import Any, NamedTuple

from autograder._util import images
from autograder._util.i18n import N_
from autograder._util.i18n import gettext as _
from autograder.sandbox.protocol.values import whole_text

_MAX_OUTPUTS = 1000  # of a cell, and of all cells together
_LEFT_OUT = N_("[left out here: all cells together show more than the limit]")


def clean_outputs(data: object, limit: int) -> list[dict[str, Any]]:
    """Nbformat outputs rebuilt from `data`: text and PNG images, `limit` characters in all.

    Anything else is dropped silently: the kit's code in the sandbox never sends it.
    """
    outputs: list[dict[str, Any]] = []
    for item in data[:_MAX_OUTPUTS] if isinstance(data, list) else []:
        output = _clean(item) if isinstance(item, dict) else None
        if output is None:
            continue
        limit -= _size(output)
        if limit < -1000:  # the guest cuts at the limit itself and adds a line that says so
            break
        outputs.append(output)
    return outputs


class Extent(NamedTuple):
    """The size of some outputs. `pixels` are those of the decompressed pictures."""

    characters: int = 0
    outputs: int = 0
    pictures: int = 0
    pixels: int = 0

    def plus(self, other: Extent) -> Extent:
        """The sum of both."""
        return Extent(*(left + right for left, right in zip(self, other, strict=True)))

    def minus(self, other: Extent) -> Extent:
        """The difference of both."""
        return Extent(*(left - right for left, right in zip(self, other, strict=True)))


class OutputBudget:
    """Limits the outputs of all cells of a notebook together, cell by cell."""

    def __init__(self, characters: int) -> None:
        self._remaining = Extent(
            characters, _MAX_OUTPUTS, images.MAX_PICTURES, images.MAX_PAGE_PIXELS
        )
        self._extents: dict[str, Extent] = {}

    def fit(self, cell: str, outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The outputs of a cell that fit, with a line in place of those that do not.

        Outputs of the same cell from an earlier process, which ended, no longer count.
        """
        remaining = self._remaining.plus(self._extents.pop(cell, Extent()))
        before, fitting = remaining, list[dict[str, Any]]()
        omitted, position = 0, 0  # number of pictures, position of the first
        for output in outputs:
            extent = _extent(output)
            after = remaining.minus(extent)
            if after.characters < 0 or after.outputs < 0:
                fitting.append(_line(_(_LEFT_OUT)))
                break
            if after.pictures < 0 or after.pixels < 0:
                position = position if omitted else len(fitting)
                omitted += 1
                continue
            fitting.append(output)
            remaining = after
        if omitted:
            fitting.insert(position, _line(images.pictures_omitted(omitted)))
        self._extents[cell], self._remaining = before.minus(remaining), remaining
        return fitting


def _line(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": f"{text}\n"}


def _extent(output: dict[str, Any]) -> Extent:
    png = output.get("data", {}).get("image/png")
    pixels = images.pixels("image/png", png) if png else None
    return Extent(_size(output), 1, int(png is not None), pixels or 0)


def _clean(item: dict[str, Any]) -> dict[str, Any] | None:
    match item:
        case {"output_type": "stream", "name": "stdout" | "stderr" as name, "text": str() as text}:
            return {"output_type": "stream", "name": name, "text": whole_text(text)}
        case {
            "output_type": "error",
            "ename": str() as name,
            "evalue": str() as value,
            "traceback": list() as tb,
        }:
            lines = [whole_text(line) for line in tb[:1000] if isinstance(line, str)]
            return {
                "output_type": "error",
                "ename": whole_text(name)[:100],
                "evalue": whole_text(value)[:2000],
                "traceback": lines,
            }
        case {"output_type": "display_data" | "execute_result" as kind, "data": dict() as data}:
            contents: dict[str, str] = {}
            if isinstance(plain_text := data.get("text/plain"), str):
                contents["text/plain"] = whole_text(plain_text)
            if isinstance(png := data.get("image/png"), str) and (
                images.is_safe_image("image/png", png)
            ):
                contents["image/png"] = png
            output: dict[str, Any] = {"output_type": kind, "data": contents, "metadata": {}}
            if kind == "execute_result":
                count = item.get("execution_count")
                is_count = type(count) is int and 0 <= count < 2**31  # others are no valid notebook
                output["execution_count"] = count if is_count else None
            return output if contents else None
    return None


def _size(output: dict[str, Any]) -> int:
    lines = output.get("traceback", [])
    texts = [output.get("text", ""), *output.get("data", {}).values(), *lines]
    return sum(map(len, texts)) + 10
