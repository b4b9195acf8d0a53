"""Broken notebooks, made from a good one: by bytes, by JSON, and by what other programs write."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from typing import Any

Json = Any
ODD: list[Json] = [
    *(None, True, False, 0, -1, 10**400, 1e308, float("nan"), "", "\0", "\ud800", "é" * 50),
    *([], [[]], {}, {"": {}}, [None], ["print(1)\n", 3], {"nbgrader": None}, "x" * 10_000),
]


def _odd(source: random.Random) -> Json:
    return copy.deepcopy(source.choice(ODD))


def broken(good: bytes, number: int) -> bytes:
    """The broken notebook of this number; the same number makes the same one."""
    source = random.Random(number)
    change = source.choice([*_OF_BYTES, *_OF_JSON * 3])
    if change in _OF_BYTES:
        return change(good, source)
    notebook = json.loads(good)
    for _ in range(source.choice([1, 1, 1, 2, 5])):
        source.choice(_OF_JSON)(notebook, source)
    return _written(notebook, source)


def _written(notebook: Json, source: random.Random) -> bytes:
    """As text of one of the encodings that editors save in."""
    text = json.dumps(notebook, ensure_ascii=source.random() < 0.5, indent=source.choice([None, 1]))
    encoding = source.choice(["utf-8"] * 6 + ["utf-8-sig", "utf-16", "utf-32", "latin-1"])
    return text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")


# By bytes: what a broken disk, a cut connection or an editor leaves.
def _cut(good: bytes, source: random.Random) -> bytes:
    return good[: source.randrange(len(good))]


def _without_beginning(good: bytes, source: random.Random) -> bytes:
    return good[source.randrange(1, len(good)) :]


def _flipped(good: bytes, source: random.Random) -> bytes:
    data = bytearray(good)
    for _ in range(source.choice([1, 3, 30])):
        data[source.randrange(len(data))] = source.randrange(256)
    return bytes(data)


def _inserted(good: bytes, source: random.Random) -> bytes:
    at = source.randrange(len(good))
    piece = source.choice(
        [b"\0", b"\xff\xfe", b"<<<<<<< HEAD\n", b"NaN", b"\\ud800", b"\r", b"{" * 9]
    )
    return good[:at] + piece + good[at:]


def _twice(good: bytes, source: random.Random) -> bytes:
    return good + source.choice([b"", b"\n", b","]) + good


def _deep(good: bytes, source: random.Random) -> bytes:
    depth = source.choice([100, 1_000, 100_000])
    piece = source.choice([b"[", b'{"cells":', b'{"a":['])
    return source.choice([b"", b'{"nbformat": 4, "cells": ']) + piece * depth


def _something_else(good: bytes, source: random.Random) -> bytes:
    return source.choice(
        [
            b"",
            b" \n",
            b"null",
            b"[]",
            b"%PDF-1.7",
            b"PK\3\4",
            b"<html></html>",
            b"print(1)",
            b"\0" * 99,
        ]
    )


# By JSON: fields that are missing, doubled, of another type, of another version.
def _places(value: Json, places: list[tuple[Json, Any]]) -> list[tuple[Json, Any]]:
    keys = (
        list(value)
        if isinstance(value, dict)
        else range(len(value))
        if isinstance(value, list)
        else []
    )
    for key in keys:
        places.append((value, key))
        _places(value[key], places)
    return places


def _replaced(notebook: Json, source: random.Random) -> None:
    if places := _places(notebook, []):
        container, key = source.choice(places)
        container[key] = _odd(source)


def _deleted(notebook: Json, source: random.Random) -> None:
    if places := _places(notebook, []):
        container, key = source.choice(places)
        del container[key]


def _cells(notebook: Json) -> list[Json]:
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    return cells if isinstance(cells, list) else []


def _shuffled(notebook: Json, source: random.Random) -> None:
    source.shuffle(_cells(notebook))


def _doubled(notebook: Json, source: random.Random) -> None:
    cells = _cells(notebook)
    for cell in source.sample(cells, min(len(cells), 3)):
        cells.insert(source.randrange(len(cells)), json.loads(json.dumps(cell)))


def _many(notebook: Json, source: random.Random) -> None:
    cells = _cells(notebook)
    cells += cells[:1] * source.choice([100, 3_000])


def _other_version(notebook: Json, source: random.Random) -> None:
    notebook["nbformat"] = source.choice([1, 2, 3, 4, 5, 99, "4", None])
    notebook["nbformat_minor"] = source.choice([0, 4, 5, 99, None])
    if source.random() < 0.5:
        old = [dict(c, input=c.get("source")) for c in _cells(notebook) if isinstance(c, dict)]
        notebook["worksheets"] = [{"cells": old}]


def _other_kernel(notebook: Json, source: random.Random) -> None:
    name = source.choice(["ir", "julia-1.9", "", "$(reboot)", "x" * 5_000])
    notebook["metadata"] = {"kernelspec": {"name": name, "language": source.choice(["R", 3])}}


def _widgets(notebook: Json, source: random.Random) -> None:
    state = {"state": {"a": {"model_name": "<script>", "state": _odd(source)}}}
    notebook["metadata"] = {"widgets": {"application/vnd.jupyter.widget-state+json": state}}


def _attachments(notebook: Json, source: random.Random) -> None:
    for cell in _cells(notebook):
        if isinstance(cell, dict):
            kind = source.choice(["image/png", "image/svg+xml", "text/html", "\0"])
            cell["attachments"] = {
                source.choice(["a.png", "../x", ""]): {kind: source.choice(["aGk=", "<b>", 3])}
            }


def _outputs(notebook: Json, source: random.Random) -> None:
    for cell in _cells(notebook):
        if isinstance(cell, dict):
            cell["outputs"] = source.choice(
                [ODD, [{"output_type": "stream", "text": 3}], "x", None]
            )


_OF_BYTES: list[Callable[[bytes, random.Random], bytes]] = [
    *(_cut, _without_beginning, _flipped, _inserted, _twice, _deep, _something_else),
]
_OF_JSON: list[Callable[[Json, random.Random], None]] = [
    *(_replaced, _deleted, _shuffled, _doubled, _many, _other_version, _other_kernel, _widgets),
    *(_attachments, _outputs),
]
