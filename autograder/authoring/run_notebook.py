"""Run a notebook from top to bottom in its own kernel, as a student's Jupyter does."""

from __future__ import annotations

import os
import subprocess
import tempfile
from contextlib import ExitStack
from typing import NamedTuple

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from autograder.course.course import Course
from autograder.course.reference import CELL_SECONDS
from autograder.course.settings import CourseError

_START_SECONDS = 600  # a kernel answers within two; on an overloaded machine, within minutes
_MAX_REASON = 300  # characters


class Stop(NamedTuple):
    """Why a run ended early: the index of the cell, from 0, and the reason in one line."""

    cell: int
    reason: str


def run_notebook(notebook: NotebookNode, course: Course) -> Stop | None:
    """Run every code cell, including exploration and checks, and store the outputs in the notebook.

    Returns where it stopped, or None if it ran to the end. Nothing is shortened: the exploration
    of fashion_ladder trains three of its rungs on the sample, which takes minutes. No data set is
    available but the kit's samples, as for a student who is offline. Raises CourseError if no
    kernel starts.
    """
    with tempfile.TemporaryDirectory(prefix="notebook-") as directory:
        environment = {
            **os.environ,
            "AUTOGRADER_COURSE": str(course.root),  # check() uses its graders
            "AUTOGRADER_DATA": directory,
            "CUDA_VISIBLE_DEVICES": "-1",
            # Without them glibc returns the memory of each training step, and asks for it again at the next:
            # a quarter of the processor time of rung d. No number changes.
            "MALLOC_MMAP_MAX_": "0",
            "MALLOC_TRIM_THRESHOLD_": str(2**32),
            "IPYTHONDIR": directory,  # without the user's settings and history
        }
        client = NotebookClient(
            notebook,
            timeout=CELL_SECONDS,
            startup_timeout=_START_SECONDS,
            kernel_name="python3",
            extra_arguments=["--log-level=ERROR"],  # kernels warn on our stderr at each start
            resources={"metadata": {"path": directory}},
        )
        with ExitStack() as stack:
            try:
                # What it writes to its stderr, as TensorFlow does, is in the outputs of its cells, too.
                kernel = client.setup_kernel(env=environment, stderr=subprocess.DEVNULL)
                stack.enter_context(kernel)
            except RuntimeError as error:
                raise CourseError(
                    f"No notebook was run: its kernel does not start ({error}). Try again when the "
                    f"machine has less to do"
                ) from error
            for index, cell in enumerate(notebook.cells):
                try:
                    client.execute_cell(cell, index)
                except CellExecutionError as error:
                    reason = " ".join(f"{error.ename}: {error.evalue}".split()).removesuffix(":")
                    return Stop(index, reason[:_MAX_REASON])
                except CellTimeoutError:
                    return Stop(index, f"it runs longer than {CELL_SECONDS:,} s")
                except DeadKernelError:
                    return Stop(index, "the kernel died")
    return None


def shown_text(cell: NotebookNode) -> str:
    """The outputs of a cell as plain text."""
    outputs = cell.get("outputs", [])
    return "\n".join(o.get("text", "") or o.get("data", {}).get("text/plain", "") for o in outputs)
