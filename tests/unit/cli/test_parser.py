"""Help and version of the command line."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from autograder.cli.parser import make_parser

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (
            "grade --assigment pooling",
            "autograder grade: error: unrecognized arguments: --assigment pooling. Did you mean --assignment?",
        ),
        ("class-page --without-name", "Did you mean --without-names?"),
        ("export csv --misssing=0", "Did you mean --missing?"),
        ("report --x", "unrecognized arguments: --x"),
    ],
)
def test_a_misspelt_option_is_refused_by_its_own_command(
    typed: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        make_parser().parse_args(typed.split())
    assert ended.value.code == 2
    printed = capsys.readouterr().err
    assert message in printed
    command = " ".join(typed.split(" --", maxsplit=1)[0].split())
    assert printed.startswith(f"usage: autograder {command} [-h]")


def subcommands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The parsers of all commands, also of the formats of `export`, by what is typed."""
    commands: dict[str, argparse.ArgumentParser] = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                commands[name] = command
                commands |= {f"{name} {deeper}": p for deeper, p in subcommands(command).items()}
    return commands


COMMANDS = subcommands(make_parser())


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        make_parser().parse_args(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"autograder {version('cnn-exercises')}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_help_has_examples_that_can_be_typed(name: str) -> None:
    command = COMMANDS[name]
    assert command.description
    examples = (command.epilog or "").splitlines()[1:]
    assert examples
    for example in examples:
        program, *arguments = example.split()
        assert program == ".venv/bin/autograder"
        assert " ".join(arguments).startswith(name)
        make_parser().parse_args(arguments)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_argument_is_explained(name: str) -> None:
    for action in COMMANDS[name]._actions:
        assert action.help or isinstance(action, argparse._SubParsersAction), action


@pytest.mark.parametrize("name", ["similar", "gradescope", "translate"])
def test_a_help_lists_the_assignments_of_the_course(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "solutions").mkdir()
    for assignment in ("beta", "alpha", "_shared"):
        (tmp_path / "solutions" / f"{assignment}.py").touch()
    (tmp_path / "submitted").mkdir()
    monkeypatch.chdir(tmp_path / "submitted")
    assert "one of alpha, beta" in " ".join(subcommands(make_parser())[name].format_help().split())


def test_the_package_ends_with_the_status_of_the_command() -> None:
    completed = subprocess.run(
        [sys.executable, "-m", "autograder", "--course", "/nowhere", "report"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert completed.returncode == 2
    assert (
        completed.stderr == "autograder: /nowhere: there is no such directory. Correct --course\n"
    )


def test_git_ignores_the_lock_of_grading() -> None:
    assert ".grading.lock" in (ROOT / ".gitignore").read_text().splitlines()


def test_help_is_there_at_once() -> None:
    """It imports none of the libraries that take long."""
    code = (
        "import sys\nfrom autograder.cli.main import main\n"
        "try: main(['--help'])\nexcept SystemExit: print(set(sys.modules))"
    )
    completed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    imported = completed.stdout.splitlines()[-1]
    for library in ("numpy", "keras", "nbgrader", "nbformat", "sqlalchemy", "matplotlib"):
        assert f"'{library}'" not in imported


@pytest.mark.parametrize("closed", ["1>&-", "0<&- 1>&-", "0<&- 1>&- 2>&-"])
def test_a_command_runs_with_closed_streams(tmp_path: Path, closed: str) -> None:
    """As a daemon starts it; no file of its own gets the number of a closed stream."""
    path = tmp_path / "devices"
    source = (
        "import os, sys\n"
        "from autograder.cli import main\n"
        "main.find_course = lambda *_, **__: None\n"
        "def report(*_):\n"
        f"    with open({str(path)!r}, 'w') as file:\n"
        "        return file.write(str([os.fstat(n).st_rdev for n in range(3)]))\n"
        "main.commands.report = report\n"
        "sys.exit(main.main(['report']) > 0)\n"
    )
    command = f'exec {closed}; exec "$0" -c "$1"'
    completed = subprocess.run(["bash", "-c", command, sys.executable, source], cwd=ROOT)
    assert completed.returncode == 1
    devices = path.read_text()
    assert str(Path(os.devnull).stat().st_rdev) in devices
