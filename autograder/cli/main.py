"""The command line: every target of the Makefile is one of these commands."""

from __future__ import annotations

import importlib.util
import os
import sys
import warnings

from autograder.cli import INSTALL

try:
    from rich.console import Console
except ModuleNotFoundError:
    sys.exit(INSTALL)

from autograder._util.garbage import collect_rarely
from autograder._util.terminal import tell_error
from autograder.cli import commands
from autograder.cli.commands import USAGE
from autograder.cli.parser import make_parser
from autograder.course.course import find_course
from autograder.course.settings import CourseError
from autograder.course.solution_file import AuthoringError
from autograder.datasets import DatasetUnavailable
from autograder.results.thresholds import NotCalibrated
from autograder.sandbox.protocol.errors import SandboxUnavailable


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 not all done, 2 cannot start."""
    if importlib.util.find_spec("nbgrader") is None:
        sys.exit(INSTALL)
    collect_rarely()
    _open_closed_streams()
    options = make_parser().parse_args(arguments)
    # Otherwise TensorFlow logs processor features and missing GPUs at every start.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    # nbgrader's use of SQLAlchemy warns on every submission; users cannot do anything about it.
    warnings.filterwarnings("ignore", module=r"nbgrader\.")
    # Wide enough that a table in a log does not cut names; a terminal has its own width.
    width = None if sys.stdout.isatty() else 120
    console = Console(highlight=False, soft_wrap=True, emoji=False, width=width)
    try:
        if options.command is commands.new:  # the only command that needs no course yet
            status: int = commands.new(options.course, options, console)
            return status
        # Only `validate` continues if a file of the course cannot be read, and reports it.
        course = find_course(options.course, tolerant=options.command is commands.validate)
        status = options.command(course, options, console)
    except (
        CourseError,
        AuthoringError,
        SandboxUnavailable,
        DatasetUnavailable,
        NotCalibrated,
    ) as error:
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


def _open_closed_streams() -> None:
    """Open what the caller has closed of stdin, stdout and stderr, as a daemon may.

    Otherwise a database would get the number of stdout, and what a child process prints.
    """
    for descriptor, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(descriptor, "w" if descriptor else "r", closefd=False))


if __name__ == "__main__":
    sys.exit(main())
