"""What can be written on the command line: all commands, in the order of a course's life."""

from __future__ import annotations

import argparse
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from autograder.cli.arguments import Parser, described
from autograder.cli.class_parsers import add_grading, add_regrading, add_roster
from autograder.cli.course_parsers import add_course
from autograder.cli.lms_parsers import add_collect, add_export, add_gradescope
from autograder.cli.training_parsers import add_training

_TITLE = "Release, grade and check a course of notebooks: what the Makefile's targets call."
_EXAMPLES = (
    "grade",
    "report",
    "export csv",
    "release",
    "validate",
)


def make_parser() -> argparse.ArgumentParser:
    """The parser of the command line; the parsed `command` is a function of autograder.cli.commands."""
    parser = Parser("autograder", **described(_TITLE, *_EXAMPLES))
    parser.add_argument("--version", action="version", version=f"autograder {_version()}")
    parser.add_argument(
        "--course",
        type=Path,
        metavar="DIRECTORY",
        help="a directory of the course; if left out AUTOGRADER_COURSE, or the current one",
    )
    subparsers = parser.add_subparsers(
        required=True, metavar="COMMAND", title="commands (COMMAND --help says more)"
    )
    add_course(subparsers)
    add_roster(subparsers)
    add_collect(subparsers)
    add_grading(subparsers)
    add_regrading(subparsers)
    add_export(subparsers)
    add_gradescope(subparsers)
    add_training(subparsers)
    return parser


def _version() -> str:
    """The version of the installed kit."""
    try:
        return version("cnn-exercises")
    except PackageNotFoundError:  # run from a directory that is not installed
        return "of an unknown version: the kit is not installed"
