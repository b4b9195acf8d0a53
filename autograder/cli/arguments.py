"""What the parsers of commands share: descriptions with examples, and arguments that several take."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from autograder._util import command_line

REPEATED: Any = {
    "action": "append",
    "metavar": "NAME",
    "help": "all if left out; may be repeated",
}


class Parser(argparse.ArgumentParser):
    """A parser that takes no option by its first letters, and names a misspelt one's nearest."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **{**settings, "allow_abbrev": False})

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """Parse; a command refuses what it does not know itself, so that its own usage is printed."""
        options, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}{self._nearest(unknown)}")
        return options, unknown

    def _nearest(self, unknown: Sequence[str]) -> str:
        own_options = [option for action in self._actions for option in action.option_strings]
        for argument in unknown:
            if close := difflib.get_close_matches(argument.partition("=")[0], own_options, n=1):
                return f". Did you mean {close[0]}?"
        return ""


def add_command(
    subparsers: Any, name: str, command: Callable[..., int], description: str, *examples: str
) -> argparse.ArgumentParser:
    """The parser of a command, whose description is also its line in the list of commands."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        name, help=description, **described(description, *examples)
    )
    parser.set_defaults(command=command)
    return parser


def described(description: str, *examples: str) -> dict[str, Any]:
    """Arguments of a parser: its description, and examples as they are typed."""
    typed = command_line.command("autograder")
    lines = "\n".join(f"  {typed} {example}" for example in examples)
    return {
        "description": f"{description[0].upper()}{description[1:].rstrip('.')}.",
        "epilog": f"examples:\n{lines}",
        "formatter_class": argparse.RawDescriptionHelpFormatter,
    }


def add_selection(parser: argparse.ArgumentParser) -> None:
    """Add the options for a part of the class."""
    parser.add_argument("--assignment", **REPEATED)
    parser.add_argument("--student", **REPEATED)


def at_least_one(text: str) -> int:
    """Parse a number that is 1 or larger."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return int(text)


def two_texts(form: str) -> Callable[[str], tuple[str, str]]:
    """A parser of two texts with = between them; `form` names them, as in OLD=NEW."""

    def parse(text: str) -> tuple[str, str]:
        first, equals, second = text.partition("=")
        if not (first and equals and second):
            raise argparse.ArgumentTypeError(f"{text!r} is not {form}")
        return first, second

    return parse


def assignment_help() -> str:
    """The names of the assignments of the course that the current directory is in, for a help."""
    here = Path.cwd()
    for directory in (here, *here.parents):
        if names := sorted(path.stem for path in directory.glob("solutions/[!_]*.py")):
            return f"one of {', '.join(names)}"
    return "the name of a file of solutions/, without .py"
