"""What commands print: lines as they are, with nothing in them interpreted."""

from pathlib import Path

import pytest

from autograder._util.terminal import tell_error, tell_progress
from autograder.cli.main import main

LINE = "solutions/pooling.py:100: question 'max' [bold]has no hint"


def test_a_line_number_is_no_emoji_in_errors(capsys: pytest.CaptureFixture[str]) -> None:
    tell_error(LINE)
    tell_progress(LINE)
    assert capsys.readouterr().err == f"{LINE}\n{LINE}\n"


def test_a_line_number_is_no_emoji_in_results(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["new", "course", str(tmp_path / ":100:" / "course")]) == 0
    assert "cd " + str(tmp_path / ":100:" / "course") in capsys.readouterr().out
