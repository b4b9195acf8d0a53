"""The released notebooks in a real kernel: blank or filled in, they run to their end."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from autograder.authoring import build
from autograder.course import find_course
from autograder.validate import filled_in

COURSE = find_course(Path(__file__).parent)


def run(notebook: NotebookNode, directory: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """All that the notebook prints and shows, as text; raises where a cell does."""
    # No data set, so that nothing is downloaded and nothing trains for minutes.
    monkeypatch.setenv("AUTOGRADER_DATA", str(directory))
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "-1")
    client = NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": directory}}
    )
    client.execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    texts = [o.get("text", "") or o.get("data", {}).get("text/plain", "") for o in outputs]
    return "\n".join(texts)


@pytest.mark.parametrize("assignment", COURSE.assignments)
def test_a_blank_notebook_runs_to_its_end(
    assignment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook = nbformat.read(COURSE.released_notebook(assignment), 4)
    shown = run(notebook, tmp_path, monkeypatch)
    for question in COURSE.assignments[assignment].questions:
        assert f"○ {question.name}: not attempted (0 of " in shown
    assert "Not attempted yet" in shown


@pytest.mark.parametrize("assignment", COURSE.assignments)
def test_the_solution_passes_every_check_in_the_notebook(
    assignment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = build(COURSE)[assignment]
    notebook = nbformat.reads(filled_in(built.release, built.source).decode(), 4)
    shown = run(notebook, tmp_path, monkeypatch)
    for question in COURSE.assignments[assignment].questions:
        assert f"✓ {question.name}: right" in shown
    assert "Not attempted" not in shown
