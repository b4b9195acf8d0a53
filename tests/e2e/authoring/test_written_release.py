"""The release of written questions: nothing for graders alone is in it, and validate counts them."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.authoring import validate
from autograder.cli import main
from tests.support.small_course import edit, line_of, load
from tests.support.written_course import released_written_course

MODEL = "Addition does not care about the order of its arguments."
SCHEME = "Expect 0.1 and 0.2, or another pair that is not exact."


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The released course; validate leaves out what needs a kernel and the sandbox."""
    for slow in ("_run_defects", "_grade_defects"):
        monkeypatch.setattr(validate, slow, lambda *_, **__: ())
    return released_written_course(tmp_path).root


def validated(root: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    main.main(["--course", str(root), "validate"])
    return capsys.readouterr().out.splitlines()


def test_students_get_neither_model_answer_nor_mark_scheme(root: Path) -> None:
    cells = {cell["id"]: cell for cell in load(root / "assignments/sums/sums.ipynb")["cells"]}
    assert cells["why"]["source"] == ["YOUR ANSWER HERE"]
    assert "".join(cells["explore"]["source"]).strip() == (
        "**Task.** Add two numbers that fool a float, in cells below this one."
    )
    assert cells["why"]["metadata"]["nbgrader"]["points"] == 3
    assert cells["explore"]["metadata"]["nbgrader"]["task"]
    assert cells["explore"]["metadata"]["editable"] is False


def test_validate_counts_what_a_person_gives(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert validated(root, capsys) == [
        "sums: the solution earns 1 of 1 point, the blank none; a person gives 5 more"
    ]


@pytest.mark.parametrize("text", [MODEL, SCHEME])
def test_a_leak_is_named(root: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    solution = root / "solutions/sums.py"
    edit(solution, "# Why are add(1, 2) and add(2, 1) equal?", f"# Why? {text}")
    lines = validated(root, capsys)
    line = line_of(solution, "# Why? ")
    assert any(
        question.startswith(
            f"solutions/sums.py:{line}: releases a line of a model answer or mark scheme"
        )
        for question in lines
    ), lines
