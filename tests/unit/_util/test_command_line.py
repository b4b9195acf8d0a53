"""Messages name commands as their reader types them."""

from pathlib import Path

import pytest

from autograder._util import command_line
from autograder.cli.parser import make_parser


def test_a_command_is_in_the_checkouts_environment() -> None:
    assert command_line.command("autograder") == ".venv/bin/autograder"


def test_an_installed_kit_has_no_directory_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(command_line, "_KIT", tmp_path)
    assert command_line.command("nbgrader") == "nbgrader"
    assert ".venv" not in make_parser().format_help()
