"""What the parsers of commands share: descriptions with examples, and the options for a part of a class."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

REPEATED: Any = {
    "action": "append",
    "metavar": "NAME",
    "help": "all if left out; may be repeated",
}


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
    lines = "\n".join(f"  .venv/bin/autograder {example}" for example in examples)
    return {
        "description": f"{description[0].upper()}{description[1:].rstrip('.')}.",
        "epilog": f"examples:\n{lines}",
        "formatter_class": argparse.RawDescriptionHelpFormatter,
    }


def add_selection(parser: argparse.ArgumentParser) -> None:
    """Add the options for a part of the class."""
    parser.add_argument("--assignment", **REPEATED)
    parser.add_argument("--student", **REPEATED)
