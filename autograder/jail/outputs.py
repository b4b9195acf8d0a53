"""Check cell outputs that came out of the jail; what is kept can be shown on any page."""

from __future__ import annotations

from typing import Any

from autograder import embedded

_MAX_OUTPUTS = 1000
_LEFT_OUT = "[left out here: all cells together show more than the limit]\n"


def clean_outputs(data: object, limit: int) -> list[dict[str, Any]]:
    """Nbformat outputs rebuilt from `data`: text and PNG images, `limit` characters in all.

    What is no such output is dropped without a word: the jail's own code never sends it.
    """
    kept: list[dict[str, Any]] = []
    for item in data[:_MAX_OUTPUTS] if isinstance(data, list) else []:
        output = _clean(item) if isinstance(item, dict) else None
        if output is None:
            continue
        limit -= _size(output)
        if limit < -1000:  # the jail cuts at the limit itself; a line says so
            break
        kept.append(output)
    return kept


def fit(outputs: list[dict[str, Any]], limit: int) -> list[dict[str, Any]]:
    """The outputs of a cell that fit into `limit` characters, and a line where some do not."""
    kept: list[dict[str, Any]] = []
    for output in outputs:
        limit -= _size(output)
        if limit < 0:
            return [*kept, {"output_type": "stream", "name": "stdout", "text": _LEFT_OUT}]
        kept.append(output)
    return kept


def total_size(outputs: list[dict[str, Any]]) -> int:
    """The characters of all outputs of a cell."""
    return sum(map(_size, outputs))


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
                embedded.is_shown("image/png", png)
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
