"""The command line: every target of the Makefile is one of these commands."""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
import warnings
from pathlib import Path
from typing import Any

from autograder.cli import INSTALL

try:
    from rich.console import Console
except ModuleNotFoundError:
    sys.exit(INSTALL)

from autograder._util.terminal import tell_error
from autograder.cli import commands
from autograder.cli.commands import USAGE
from autograder.course.course import find_course
from autograder.course.settings import CourseError
from autograder.course.solution_file import AuthoringError
from autograder.datasets import DatasetUnavailable
from autograder.sandbox.protocol.errors import SandboxUnavailable

_REPEATED: Any = {"action": "append", "help": "all if left out; may be repeated"}


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 not all done, 2 cannot start."""
    if importlib.util.find_spec("nbgrader") is None:
        sys.exit(INSTALL)
    options = _parser().parse_args(arguments)
    # Otherwise TensorFlow logs processor features and missing GPUs at every start.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    # nbgrader's use of SQLAlchemy warns on every submission; users cannot do anything about it.
    warnings.filterwarnings("ignore", module=r"nbgrader\.")
    # Wide enough that a table in a log does not cut names; a terminal has its own width.
    width = None if sys.stdout.isatty() else 120
    console = Console(highlight=False, soft_wrap=True, width=width)
    try:
        # Only `validate` continues if a file of the course cannot be read, and reports it.
        course = find_course(options.course, tolerant=options.command is commands.validate)
        status: int = options.command(course, options, console)
    except (CourseError, AuthoringError, SandboxUnavailable, DatasetUnavailable) as error:
        tell_error(f"autograder: {error}")
        return USAGE
    except OSError as error:
        file = f"{error.filename}: " if error.filename else ""
        tell_error(f"autograder: {file}{error.strerror or error}. Check disk space and permissions")
        return USAGE
    except KeyboardInterrupt:
        tell_error("Stopped. What was graded so far is kept; run the same command to go on.")
        return 130
    return status


def _seeds(text: str) -> range:
    """Parse seeds: "20" means 0 to 19, "5-9" means 5 to 9."""
    first, dash, last = text.partition("-")
    try:
        seeds = range(int(first), int(last) + 1) if dash else range(int(text))
    except ValueError:
        seeds = range(0)
    if not seeds:
        raise argparse.ArgumentTypeError(f"{text!r} names no seeds. Write 20, or 5-9")
    return seeds


def _at_least_one(text: str) -> int:
    """Parse a number that is 1 or larger."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return int(text)


def _column(text: str) -> tuple[str, str]:
    """Parse NAME=HEADING."""
    name, equals, heading = text.partition("=")
    if not (name and equals and heading):
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=HEADING")
    return name, heading


def _add_selection(parser: argparse.ArgumentParser) -> None:
    """Add the options for a part of the class."""
    parser.add_argument("--assignment", **_REPEATED)
    parser.add_argument("--student", **_REPEATED)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("autograder", description=__doc__)
    parser.add_argument(
        "--course", type=Path, help="a directory of the course; the current one if left out"
    )
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")

    kit = subparsers.add_parser("student-kit", help="make the zip that students work with anywhere")
    kit.set_defaults(command=commands.student_kit)

    release = subparsers.add_parser("release", help="make assignments/ from solutions/")
    release.add_argument("--check", action="store_true", help="only say what is not up to date")
    release.set_defaults(command=commands.release)

    translate = subparsers.add_parser(
        "translate", help="bring the catalogs of another language up to date"
    )
    translate.add_argument("language", help="such as zh_CN")
    translate.add_argument("assignments", nargs="*", help="besides those that have a catalog")
    translate.set_defaults(command=commands.translate)

    data = subparsers.add_parser("data", help="fetch MNIST and Fashion-MNIST where missing")
    data.set_defaults(command=commands.data)

    grade = subparsers.add_parser("grade", help="grade submitted/, or the example class")
    grade.add_argument(
        "--jobs", type=_at_least_one, help="submissions graded at a time; by default what fits"
    )
    execution = grade.add_mutually_exclusive_group()
    execution.add_argument(
        "--unsafe-local",
        action="store_true",
        help="practise without a sandbox: students' code runs as you, and no gradebook is written",
    )
    execution.add_argument(
        "--cluster",
        default="",
        metavar="ADDRESS",
        help="of a Dask scheduler, such as tcp://host:8786, whose workers grade",
    )
    grade.add_argument(
        "--preview",
        action="store_true",
        help="only say whose score would change, from what to what and by which test",
    )
    _add_selection(grade)
    grade.set_defaults(command=commands.grade)

    confirm = subparsers.add_parser(
        "confirm-scores", help="keep scores given by hand that `make grade` lists as to confirm"
    )
    confirm.add_argument(
        "submissions", nargs="*", help="student or student/assignment; all if left out"
    )
    confirm.set_defaults(command=commands.confirm_scores)

    validate = subparsers.add_parser("validate", help="check the course itself")
    validate.add_argument("--assignment", **_REPEATED)
    validate.set_defaults(command=commands.validate)

    calibrate = subparsers.add_parser(
        "calibrate", help="train the references with many seeds and note the runs"
    )
    calibrate.add_argument("questions", nargs="*", help="such as rung-a; all if left out")
    calibrate.add_argument("--tier", choices=("sample", "full"), help="the course's if left out")
    calibrate.add_argument(
        "--seeds", type=_seeds, default=range(20), help="how many, or which: 20, or 5-9"
    )
    calibrate.add_argument(
        "--threads",
        type=_at_least_one,
        default=1,
        help="of each run; those of many hours end sooner",
    )
    calibrate.set_defaults(command=commands.calibrate)

    thresholds = subparsers.add_parser(
        "thresholds", help="print the accuracy thresholds, as README does"
    )
    thresholds.add_argument(
        "--publish", action="store_true", help="compute them from the finished runs first"
    )
    thresholds.set_defaults(command=commands.thresholds)

    verify = subparsers.add_parser(
        "verify", help="grade again from an empty cache and say what differs from the records"
    )
    verify.add_argument(
        "submissions", nargs="*", help="student or student/assignment; all if left out"
    )
    verify.set_defaults(command=commands.verify)

    cache = subparsers.add_parser(
        "cache", help="list the training runs, with the grades that rest on them"
    )
    cache.add_argument("--clear", action="store_true", help="drop them all")
    cache.set_defaults(command=commands.cache)

    report = subparsers.add_parser("report", help="show the class's scores, question by question")
    _add_selection(report)
    report.set_defaults(command=commands.report)

    page = subparsers.add_parser("class-page", help="write how the class did, as one HTML file")
    _add_selection(page)
    page.set_defaults(command=commands.class_page)

    export = subparsers.add_parser(
        "export", help="write the scores as CSV, or for Canvas or Moodle"
    )
    formats = export.add_subparsers(required=True, dest="format", metavar="FORMAT")
    for name, source in (("csv", ""), ("canvas", "gradebook"), ("moodle", "grading worksheet")):
        format_parser = formats.add_parser(name)
        format_parser.set_defaults(command=commands.export, source="", column=[])
        format_parser.add_argument("--to", help="the new file")
        _add_selection(format_parser)
        if source:
            format_parser.add_argument("source", help=f"the {source} that you exported there")
            format_parser.add_argument(
                "--column",
                type=_column,
                action="append",
                metavar="NAME=HEADING",
                help="where it is not found: of an assignment in Canvas; of grade, email ... in Moodle",
            )

    similar = subparsers.add_parser("similar", help="compare what students wrote into the blanks")
    similar.add_argument("assignment")
    similar.set_defaults(command=commands.similar)

    gradescope = subparsers.add_parser(
        "gradescope", help="make the autograder of an assignment there"
    )
    gradescope.add_argument("assignment")
    gradescope.add_argument(
        "--run", type=Path, metavar="ROOT", help="grade ROOT/submission, as Gradescope lays it out"
    )
    gradescope.set_defaults(command=commands.gradescope)
    return parser


if __name__ == "__main__":
    sys.exit(main())
