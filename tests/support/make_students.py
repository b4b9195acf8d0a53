"""Write the example class, tests/students/, from the released notebooks: run it after a release.

Each student is one function that turns released notebooks into what was handed in, so
what is special about a student stands in one place. Output is the same on every run.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.authoring.release import build
from autograder.authoring.validate import filled_in
from autograder.course.course import Course, find_course

STUDENTS = Path(__file__).parents[1] / "students"
Files = Mapping[str, bytes]

# Convolution and pooling as many first write them: each blank with one misconception.
PARTLY = {
    "window": "def conv_output_size(size, kernel):\n    return size - kernel\n",
    "stride": (
        "def strided_output_size(size, kernel, stride):\n"
        "    return -(-(size - kernel) // stride) + 1\n"
    ),
}
ENDLESS = "def conv_output_size(size, kernel):\n    while True:\n        pass\n"
SYNTAX = "def conv_output_size(size, kernel)\n    return size - kernel + 1\n"
CONVOLVE_BY_LOOPS = """def convolve(image, kernels, bias, strides=(1, 1)):
    kh, kw, channels, filters = np.shape(kernels)
    rows = len(range(0, len(image) - kh + 1, strides[0]))
    columns = len(range(0, len(image[0]) - kw + 1, strides[1]))
    out = np.empty((rows, columns, filters))
    for f in range(filters):
        for r in range(rows):
            for c in range(columns):
                total = bias[f]
                for i in range(kh):
                    for j in range(kw):
                        for ch in range(channels):
                            pixel = image[r * strides[0] + i, c * strides[1] + j, ch]
                            total += pixel * kernels[i, j, ch, f]
                out[r, c, f] = total
    return out
"""
WINDOW_BY_COUNTING = """def conv_output_size(size, kernel):
    return np.int64(sum(1 for start in range(size) if start + kernel <= size))
"""
SMALL_STEPS = """def rung_open():
    model = keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    sgd = keras.optimizers.SGD(1e-7)
    model.compile(sgd, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return {"model": model, "epochs": 2}
"""
FUNCTIONAL = """def build_classifier():
    image = keras.Input(shape=(28, 28, 1), name="digit")
    x = keras.layers.Conv2D(filters=32, kernel_size=5, activation="relu")(image)
    x = keras.layers.MaxPool2D()(x)
    x = keras.layers.Conv2D(64, (5, 5), activation=keras.activations.relu)(x)
    x = keras.layers.MaxPool2D((2, 2))(x)
    x = keras.layers.Flatten()(x)
    return keras.Model(image, keras.layers.Dense(10, activation="softmax")(x))
"""


def main() -> None:
    """Write every student's files afresh."""
    course = find_course(Path(__file__).parent)
    built = build(course)
    blank = {name: nbformat.reads(b.release.decode(), 4) for name, b in built.items()}
    solved = {
        name: nbformat.reads(filled_in(b.release, b.source).decode(), 4)
        for name, b in built.items()
    }
    for student in STUDENTS.iterdir() if STUDENTS.exists() else ():
        if student.is_dir():
            shutil.rmtree(student)
    for name, hand_in in CLASS.items():
        for path, data in hand_in(course, blank, solved).items():
            target = STUDENTS / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


Notebooks = Mapping[str, NotebookNode]
HandIn = Callable[[Course, Notebooks, Notebooks], Files]


def everything_right(course: Course, blank: Notebooks, solved: Notebooks) -> Files:
    """All assignments as the reference has them."""
    return {f"{name}/{name}.ipynb": text(notebook) for name, notebook in solved.items()}


def everything_blank(course: Course, blank: Notebooks, solved: Notebooks) -> Files:
    """All assignments as released."""
    return {f"{name}/{name}.ipynb": text(notebook) for name, notebook in blank.items()}


def convolution(edit: Callable[[NotebookNode], None]) -> HandIn:
    """The right convolution notebook after one edit."""

    def hand_in(course: Course, blank: Notebooks, solved: Notebooks) -> Files:
        notebook = nbformat.from_dict(json.loads(nbformat.writes(solved["convolution"])))
        edit(notebook)
        return {"convolution/convolution.ipynb": text(notebook)}

    return hand_in


def answers(replaced: Mapping[str, str]) -> Callable[[NotebookNode], None]:
    """An edit: these questions are answered like this."""

    def edit(notebook: NotebookNode) -> None:
        for question, source in replaced.items():
            cell_of(notebook, f"{question}-solution").source = source

    return edit


def own_cell(source: str) -> Callable[[NotebookNode], None]:
    """An edit: the student tries something after the first question."""

    def edit(notebook: NotebookNode) -> None:
        place = notebook.cells.index(cell_of(notebook, "window-solution")) + 1
        notebook.cells.insert(place, new_code_cell(source, id="own-cell"))

    return edit


def delete_cells(notebook: NotebookNode) -> None:
    """The blank of one question is gone, and the grade cell of another."""
    for name in ("stride-solution", "convolve"):
        notebook.cells.remove(cell_of(notebook, name))


def another_way(course: Course, blank: Notebooks, solved: Notebooks) -> Files:
    """Right answers that look nothing like the reference's."""
    edited = {
        name: nbformat.from_dict(json.loads(nbformat.writes(solved[name]))) for name in solved
    }
    answers({"convolve": CONVOLVE_BY_LOOPS, "window": WINDOW_BY_COUNTING})(edited["convolution"])
    answers({"classifier": FUNCTIONAL})(edited["two_layer_cnn"])
    return {f"{name}/{name}.ipynb": text(edited[name]) for name in ("convolution", "two_layer_cnn")}


def old_format(course: Course, blank: Notebooks, solved: Notebooks) -> Files:
    """The right notebook, saved by a Jupyter of 2014 (nbformat 3)."""
    notebook = nbformat.convert(nbformat.from_dict(solved["convolution"]), 3)
    return {"convolution/convolution.ipynb": nbformat.writes(notebook, 3).encode()}


def raw(data: bytes) -> HandIn:
    """A file that is no notebook, under a notebook's name."""
    return lambda course, blank, solved: {"convolution/convolution.ipynb": data}


def late(course: Course, blank: Notebooks, solved: Notebooks) -> Files:
    """A right notebook with the time of its collection beside it."""
    stamp = b"2027-02-01 12:00:00.000000 UTC\n"
    return {"pooling/pooling.ipynb": text(solved["pooling"]), "pooling/timestamp.txt": stamp}


def two_of_one_name(course: Course, blank: Notebooks, solved: Notebooks) -> Files:
    """The right notebook, and a browser's second download of the blank one."""
    return {
        "pooling/pooling.ipynb": text(solved["pooling"]),
        "pooling/pooling (1).ipynb": text(blank["pooling"]),
    }


def hardly_learns(course: Course, blank: Notebooks, solved: Notebooks) -> Files:
    """The ladder right but for the open rung, whose steps are far too small."""
    notebook = nbformat.from_dict(json.loads(nbformat.writes(solved["fashion_ladder"])))
    answers({"rung-open": SMALL_STEPS})(notebook)
    return {"fashion_ladder/fashion_ladder.ipynb": text(notebook)}


CLASS: dict[str, HandIn] = {
    "ada-all-right": everything_right,
    "ben-all-blank": everything_blank,
    "cleo-partly-right": convolution(answers(PARTLY)),
    "dan-syntax-error": convolution(answers({"window": SYNTAX})),
    "eve-endless-function": convolution(answers({"window": ENDLESS})),
    "finn-endless-cell": convolution(own_cell("while True:\n    pass")),
    "gita-deleted-cells": convolution(delete_cells),
    "hugo-old-format": old_format,
    "ines-not-a-notebook": raw(b"%PDF-1.4 my homework\n"),
    "jack-empty-file": raw(b""),
    "kira-huge-output": convolution(own_cell("for i in range(300_000):\n    print(i, 'x' * 100)")),
    "leo-raises-in-a-cell": convolution(own_cell("conv_output_size('five', None)")),
    "mia-another-way": another_way,
    "nils-late": late,
    "olga-two-notebooks": two_of_one_name,
    "paul-hardly-learns": hardly_learns,
}


def cell_of(notebook: NotebookNode, grade_id: str) -> Any:
    """The cell with this name in its nbgrader metadata."""
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id:
            return cell
    raise KeyError(f"no cell is called {grade_id!r}: has a question been renamed?")


def text(notebook: NotebookNode) -> bytes:
    """A notebook as a file."""
    return (nbformat.writes(notebook).rstrip("\n") + "\n").encode()


if __name__ == "__main__":
    main()
