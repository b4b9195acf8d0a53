"""What runs a notebook for `autograder validate`, which runs each one blank and filled in."""

from pathlib import Path

import nbformat
import pytest

from autograder.authoring.run_notebook import run_notebook
from autograder.course.course import find_course

COURSE = find_course(Path(__file__).parent)


def test_what_a_library_writes_past_python_stays_in_the_notebook(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """TensorFlow's C++ code writes lines at its start, which say nothing to an author."""
    cells = [nbformat.v4.new_code_cell('import os\n_ = os.write(2, b"cannot find a card")')]
    notebook = nbformat.v4.new_notebook(cells=cells)
    assert run_notebook(notebook, COURSE) is None
    assert "cannot find a card" not in capfd.readouterr().err
