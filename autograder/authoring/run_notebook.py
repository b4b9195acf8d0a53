"""Runs a notebook from top to bottom in a kernel of its own, as a student's Jupyter does."""

from __future__ import annotations

import os
import tempfile
from typing import NamedTuple

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from autograder.course.course import Course

_CELL_SECONDS = 1_800  # ten times what the longest cell needs on two cores
_LONGEST = 300


class Stop(NamedTuple):
    """Where a run ended before its last cell: at which cell, from 0, and why, in one line."""

    cell: int
    reason: str


def run_notebook(notebook: NotebookNode, course: Course) -> Stop | None:
    """Run every code cell, exploration and checks too; the outputs are in the notebook then.

    Returns where it stopped, None at the end of the notebook. Nothing is shortened: the
    exploration of fashion_ladder trains three of its rungs on the sample, in minutes. But no
    data set is to be had, as on the machine of a student who is offline: the cell of
    two_layer_cnn that would train on all of MNIST says so and ends (test_mnist.py trains it).
    """
    with tempfile.TemporaryDirectory(prefix="notebook-") as directory:
        environment = {
            **os.environ,
            "AUTOGRADER_COURSE": str(course.root),  # whose graders check() uses
            "AUTOGRADER_DATA": directory,
            "CUDA_VISIBLE_DEVICES": "-1",
            "IPYTHONDIR": directory,  # the user's own settings and history stay out of it
        }
        client = NotebookClient(
            notebook,
            timeout=_CELL_SECONDS,
            kernel_name="python3",
            extra_arguments=["--log-level=ERROR"],  # no warning at each start, on our stderr
            resources={"metadata": {"path": directory}},
        )
        with client.setup_kernel(env=environment):
            for index, cell in enumerate(notebook.cells):
                try:
                    client.execute_cell(cell, index)
                except CellExecutionError as error:
                    said = " ".join(f"{error.ename}: {error.evalue}".split())
                    return Stop(index, said[:_LONGEST])
                except CellTimeoutError:
                    return Stop(index, f"it runs longer than {_CELL_SECONDS:,} s")
                except DeadKernelError:
                    return Stop(index, "the kernel died")
    return None


def shown_text(cell: NotebookNode) -> str:
    """What a cell printed and showed, as plain text."""
    outputs = cell.get("outputs", [])
    return "\n".join(o.get("text", "") or o.get("data", {}).get("text/plain", "") for o in outputs)
