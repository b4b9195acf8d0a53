"""Defects of notebooks outside the answers, each a change of a good notebook's text."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

Notebook = dict[str, Any]
Change = Callable[[Notebook, random.Random], None]
BytesChange = Callable[[bytes, random.Random], bytes]

# What JSON cannot hold, or Python cannot write: put into the text in the place of a marker.
RAW = {
    "@nan@": "NaN",
    "@infinity@": "-Infinity",
    "@huge@": "9" * 6_000,
    "@exponent@": "1e999999",
    "@deep list@": "[" * 3_000 + "]" * 3_000,
    "@deep object@": '{"a":' * 3_000 + "1" + "}" * 3_000,
}
COMMENTS = {
    "cp1252": ["größe für é", "é", "Länge \u2013 \u201eschön\u201c", "à côté", "señal años"],
    "gbk": ["卷积 功能", "注释, 计算输出大小", "池化层", "中", "运\\"],
    "shift_jis": ["プーリング層の出力", "表示 ソ", "計算する", "能"],
    "big5": ["成功 許功蓋", "計算輸出大小", "池化", "功"],
}


def answers(notebook: Notebook) -> list[dict[str, Any]]:
    """The cells that answers are in."""
    cells = [cell for cell in notebook["cells"] if isinstance(cell, dict)]
    return [
        cell
        for cell in cells
        if isinstance(cell.get("metadata"), dict)
        and cell["metadata"].get("nbgrader", {}).get("solution")
    ]


def _insert(entry: Any) -> Change:
    def change(notebook: Notebook, source: random.Random) -> None:
        at = source.randrange(len(notebook["cells"]) + 1)
        notebook["cells"].insert(at, json.loads(json.dumps(entry)))

    return change


def _own(**fields: Any) -> Change:
    return _insert({"metadata": {}, "source": "print(1)", **fields})


def _in_metadata(value: Any) -> Change:
    def change(notebook: Notebook, source: random.Random) -> None:
        places = [notebook, *(c for c in notebook["cells"] if isinstance(c, dict))]
        holders = [each for each in places if isinstance(each.setdefault("metadata", {}), dict)]
        source.choice(holders)["metadata"]["odd"] = value

    return change


def _in_output(value: Any) -> Change:
    def change(notebook: Notebook, source: random.Random) -> None:
        cell = source.choice(answers(notebook))
        cell["outputs"] = [{"output_type": "display_data", "data": {"x": value}, "metadata": {}}]

    return change


def _at_the_top(**fields: Any) -> Change:
    def change(notebook: Notebook, source: random.Random) -> None:
        notebook.update(fields)

    return change


def _no_format(notebook: Notebook, source: random.Random) -> None:
    notebook.pop("nbformat", None)
    notebook.pop("nbformat_minor", None)


def _no_metadata(notebook: Notebook, source: random.Random) -> None:
    notebook.pop("metadata", None)


def _lines_without_ends(notebook: Notebook, source: random.Random) -> None:
    for cell in notebook["cells"]:
        if isinstance(cell, dict) and isinstance(cell.get("source"), str):
            cell["source"] = cell["source"].split("\n")


def _input_for_source(notebook: Notebook, source: random.Random) -> None:
    for cell in answers(notebook):
        if "source" in cell:
            cell["input"] = cell.pop("source")


def _no_type_of_an_answer(notebook: Notebook, source: random.Random) -> None:
    source.choice(answers(notebook)).pop("cell_type", None)


def _odd_type_of_an_answer(notebook: Notebook, source: random.Random) -> None:
    source.choice(answers(notebook))["cell_type"] = source.choice(["Code", " code", None, 5, []])


def _odd_fields_of_an_answer(notebook: Notebook, source: random.Random) -> None:
    cell = source.choice(answers(notebook))
    field = source.choice(["outputs", "execution_count", "attachments", "id"])
    cell[field] = source.choice([None, 5, "x", {"a": 1}, [[None]], "@nan@"])


def format_3(notebook: Notebook, source: random.Random) -> None:
    """The notebook as a program of 2014 saved it, with outputs and a second worksheet."""
    old = []
    for cell in notebook.pop("cells"):
        old_cell = dict(cell)
        if old_cell["cell_type"] == "code":
            old_cell["input"] = old_cell.pop("source")
            old_cell.update(language="python", collapsed=False, prompt_number=1)
            old_cell["outputs"] = [
                {"output_type": "pyout", "text": ["1"], "prompt_number": 1, "metadata": {}},
                {"output_type": "pyerr", "ename": "E", "evalue": "e", "traceback": []},
                {"output_type": "stream", "stream": "stdout", "text": 5},
            ]
        old.append(old_cell)
    second = source.choice([{}, {"cells": []}, None, {"cells": None}, {"metadata": {}}])
    notebook["worksheets"] = [{"cells": old, "metadata": {}}, second]
    notebook["nbformat"] = source.choice([3, 3, "3", 2])


def large_outputs(notebook: Notebook, source: random.Random) -> None:
    cell = source.choice(answers(notebook))
    cell["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": ["x" * 70 + "\n"] * 300_000}
    ]


CHANGES: dict[str, Change] = {
    "a cell without a type": _own(outputs=[], execution_count=None),
    "a text without a type": _insert({"metadata": {}, "source": "a note"}),
    "null among the cells": _insert(None),
    "text among the cells": _insert("print(1)"),
    "a number among the cells": _insert(3),
    "a list among the cells": _insert([{"cell_type": "code", "source": "1"}]),
    "an empty cell": _insert({}),
    "a cell with a broken source": _own(cell_type="code", source={"a": 1}),
    "a cell with null lines": _own(cell_type="code", source=["1\n", None]),
    "a cell with odd metadata": _own(cell_type="code", metadata=[1]),
    "a cell of an odd type": _own(cell_type={"a": 1}),
    "NaN in metadata": _in_metadata("@nan@"),
    "infinity in metadata": _in_metadata("@infinity@"),
    "a huge number in metadata": _in_metadata("@huge@"),
    "a huge exponent in metadata": _in_metadata("@exponent@"),
    "metadata nested deep": _in_metadata("@deep object@"),
    "a broken character in metadata": _in_metadata("\ud800"),
    "an output nested deep": _in_output("@deep list@"),
    "NaN in an output": _in_output("@nan@"),
    "a format that is text": _at_the_top(nbformat="4"),
    "an odd format": _at_the_top(nbformat="@nan@", nbformat_minor=None),
    "a format with a fraction": _at_the_top(nbformat=4.5),
    "no format": _no_format,
    "no metadata": _no_metadata,
    "odd metadata": _at_the_top(metadata=[1, 2]),
    "a second list of worksheets": _at_the_top(worksheets=[{"cells": []}]),
    "lines without ends": _lines_without_ends,
    "input for source": _input_for_source,
    "an answer without a type": _no_type_of_an_answer,
    "an answer of an odd type": _odd_type_of_an_answer,
    "odd fields of an answer": _odd_fields_of_an_answer,
}
BYTES_CHANGES: dict[str, BytesChange] = {
    "NUL bytes behind the end": lambda data, source: data + b"\0" * source.choice([1, 512, 5_000]),
    "text behind the end": lambda data, source: data + source.choice([b"\n]", b"}", b"\n<html>"]),
    "twice": lambda data, source: data + data,
    "a mark in front": lambda data, source: b"\xef\xbb\xbf" + data,
    "two marks in front": lambda data, source: b"\xef\xbb\xbf" * 2 + data,
    "UTF-16": lambda data, source: data.decode().encode(source.choice(["utf-16", "utf-16-le"])),
    "UTF-32": lambda data, source: data.decode().encode("utf-32"),
    "a comma too many": lambda data, source: data.rstrip()[:-1] + b",}",
    "the end cut off": lambda data, source: data.rstrip().rstrip(b"}"),
}


def written(notebook: Notebook, source: random.Random) -> bytes:
    """The notebook as a file, with what JSON cannot hold in it."""
    text = json.dumps(notebook, indent=source.choice([None, 1]))
    for marker, raw in RAW.items():
        text = text.replace(f'"{marker}"', raw)
    return text.encode()


def with_comment(
    notebook: Notebook, encoding: str, comment: str, *, whole: bool, indent: int | None
) -> bytes:
    """The notebook with a comment in each line of each answer, saved in a legacy encoding.

    Where not `whole`, the rest of the file is UTF-8.
    """
    for cell in answers(notebook):
        lines = cell["source"].split("\n")
        cell["source"] = "\n".join([f"# {comment}", *lines, f"# {comment}"])
    if whole:
        return json.dumps(notebook, ensure_ascii=False, indent=indent).encode(encoding, "replace")
    text = json.dumps(notebook, ensure_ascii=False, indent=indent)
    inner = json.dumps(comment, ensure_ascii=False)[1:-1]
    return inner.encode(encoding).join(part.encode() for part in text.split(inner))
