"""`autograder student-kit`: one zip with everything a student needs to work anywhere, also in Colab."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell

from autograder._util.atomic import write_zip
from autograder.authoring.leak_audit import audit, secrets
from autograder.authoring.release import release
from autograder.course.cells import EXPLORATION, imports_keras
from autograder.course.course import Course
from autograder.course.kit_wheel import kit_wheel
from autograder.course.settings import CourseError

# It is read by every Python 3 and by Python 2: only so can it say that one is too old.
_INSTALL = """\
# Installs the exercise kit {version} into the Python that runs this notebook, unless it is there: from
# {wheel}, which came with the notebook.
# Missing packages that it needs ({needs}) come from the internet.
import os
import sys

problem = ""
wheel = "{wheel}"
if not os.path.exists(wheel) and os.path.exists(os.path.join("..", wheel)):
    wheel = os.path.join("..", wheel)
if sys.version_info < (3, 11):
    problem = (
        "This notebook needs Python 3.11 or newer, and its kernel is Python %d.%d. "
        "Choose another kernel, or install a newer Python." % sys.version_info[:2]
    )
elif not os.path.exists(wheel):
    from importlib import metadata

    if ("cnn-exercises", "{version}") not in [(d.name, d.version) for d in metadata.distributions()]:
        problem = (
            wheel + " is missing. Put it beside this notebook (in Colab: the folder on the left, "
            "then the arrow up), and run this cell again."
        )
else:
    import importlib.util
    import zipimport

    place = zipimport.zipimporter(os.path.join(wheel, "autograder", "notebook"))
    spec = place.find_spec("install_kit")
    install_kit = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(install_kit)
    problem = install_kit.install(wheel, keras={keras})


class KitIsMissing(Exception):
    def _render_traceback_(self):  # what a notebook shows of it: one line
        return [str(self)]


if problem:
    raise KitIsMissing(problem)
"""
_WORKFLOW = """\
# What check() finds in the notebooks, on every push: feedback, not the grade.
name: check
on: [push, pull_request]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-python@v6
        with:
          python-version: "3.12"
      - run: python -m pip install --quiet "./{wheel}[keras]"
      - run: python -m autograder.notebook.github_actions
"""
_README = """\
Exercise kit {version}

Open the notebooks in the order of your course, in JupyterLab, VS Code or Google Colab. The first
cell of each installs the kit from {wheel} into the Python that
runs the notebook, which has to be 3.11 or newer. What you do not have yet is fetched from the
internet: TensorFlow, half a gigabyte, only for the notebooks that train models. An older kit is
replaced: keep the notebooks and the wheel of one zip together.

On your own machine (Windows: cnn\\Scripts instead of cnn/bin), in this directory:
    python3 -m venv cnn
    cnn/bin/python -m pip install jupyterlab ipywidgets
    cnn/bin/jupyter lab

In VS Code: make the same environment, with ipykernel instead of jupyterlab, and choose it as the
kernel of the notebook.

In Colab: upload a notebook, open the folder on the left, upload {wheel}.

Without internet: with it, on a machine of the same kind, run this once and copy the directory:
    python3 -m pip download --dest . "{wheel}"
(with TensorFlow: "{wheel}[keras]"). The first cell takes what lies beside the wheel.

In a repository on GitHub: put all of this at its root, with .github/workflows/check.yml, and every
push runs the checks. Their summary and marks at the questions are feedback, not the grade.

Hand in the notebook itself, under the name that it has here:
{notebooks}
"""


def write_kit(course: Course, target: Path) -> list[str]:
    """Write the zip, and return the names of the files in it.

    It contains the released notebooks, each with a first cell that installs the kit's wheel; the
    wheel, without hidden graders and solutions; a GitHub workflow; and a page on how to start.
    Raises CourseError if the released notebooks are not up to date or contain a secret, or the wheel
    cannot be built.
    """
    if stale := release(course, check=True):
        raise CourseError(f"{stale[0]}: not up to date. Run `make release`")
    known_secrets = secrets(course)
    wheel, content = kit_wheel(course)
    files = {wheel: content}
    for name in course.assignments:
        released = course.released_notebook(name).read_bytes()
        if leaks := audit(course, name, released, known_secrets):
            raise CourseError(f"{leaks[0]}. Run `make validate`")
        files[f"{name}/{name}.ipynb"] = _with_install_cell(released, wheel)
    notebooks = "\n".join(f"    {path}" for path in files if path.endswith(".ipynb"))
    version = wheel.split("-")[1]
    page = _README.format(version=version, wheel=wheel, notebooks=notebooks)
    files[".github/workflows/check.yml"] = _WORKFLOW.format(wheel=wheel).encode()
    files["README.txt"] = page.encode()
    write_zip(target, {f"{target.stem}/{path}": data for path, data in files.items()})
    return sorted(files)


def _with_install_cell(released: bytes, wheel: str) -> bytes:
    notebook: Any = nbformat.reads(released.decode(), as_version=4)
    keras = imports_keras(cell.source for cell in notebook.cells if cell.cell_type == "code")
    source = _INSTALL.format(
        version=wheel.split("-")[1],
        wheel=wheel,
        needs="NumPy, TensorFlow and others" if keras else "NumPy and others",
        keras=keras,
    )
    cell: Any = new_code_cell(source, id="student-kit")
    cell.metadata.tags = [EXPLORATION]
    notebook.cells.insert(0, cell)
    text: str = nbformat.writes(notebook)
    return text.encode()
