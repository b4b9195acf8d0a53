"""What can be written on the command line: commands, arguments, and help with examples."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from autograder.cli import commands

_TITLE = "Release, grade and check a course of notebooks: what the Makefile's targets call."
_EXAMPLES = (
    "grade",
    "report",
    "export csv",
    "release",
    "validate",
)
_REPEATED: Any = {
    "action": "append",
    "metavar": "NAME",
    "help": "all if left out; may be repeated",
}
_ARCHIVES = {
    "moodle": 'what Moodle\'s "Download all submissions" gives',
    "canvas": 'what Canvas\'s "Download Submissions" gives',
    "folder": "a folder or zip with a folder or file for each student",
}
_SUBMISSIONS = "STUDENT or STUDENT/ASSIGNMENT, as the directories of submitted/; all if left out"


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


def make_parser() -> argparse.ArgumentParser:
    """The parser of the command line; the parsed `command` is a function of autograder.cli.commands."""
    parser = argparse.ArgumentParser("autograder", **_described(_TITLE, *_EXAMPLES))
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

    _add_command(
        subparsers,
        "student-kit",
        commands.student_kit,
        "make the zip that students work with anywhere",
        "student-kit",
    )

    release = _add_command(
        subparsers,
        "release",
        commands.release,
        "make assignments/ from solutions/",
        "release",
        "release --check",
    )
    release.add_argument("--check", action="store_true", help="only say what is not up to date")

    translate = _add_command(
        subparsers,
        "translate",
        commands.translate,
        "bring the catalogs of another language up to date",
        "translate zh_CN pooling",
    )
    translate.add_argument("language", metavar="LANGUAGE", help="such as zh_CN")
    translate.add_argument(
        "assignments",
        nargs="*",
        metavar="ASSIGNMENT",
        help=f"besides those that have a catalog: {_assignments()}",
    )

    _add_command(
        subparsers, "data", commands.data, "fetch MNIST and Fashion-MNIST where missing", "data"
    )

    _add_command(
        subparsers,
        "roster",
        commands.roster,
        "bring roster, due dates and extensions into the gradebook",
        "roster",
    )

    _add_collect(subparsers)

    grade = _add_command(
        subparsers,
        "grade",
        commands.grade,
        "grade submitted/, or the example class",
        "grade",
        "grade --jobs 4",
        "grade --cluster tcp://10.0.0.1:8786",
        "grade --assignment pooling --student ann --preview",
    )
    grade.add_argument(
        "--jobs",
        type=_at_least_one,
        metavar="NUMBER",
        help="submissions graded at a time; by default what fits",
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

    confirm = _add_command(
        subparsers,
        "confirm-scores",
        commands.confirm_scores,
        "keep scores given by hand that `make grade` lists as to confirm",
        "confirm-scores",
        "confirm-scores ann",
        "confirm-scores ann/convolution",
    )
    confirm.add_argument("submissions", nargs="*", metavar="SUBMISSION", help=_SUBMISSIONS)

    validate = _add_command(
        subparsers,
        "validate",
        commands.validate,
        "check the course itself",
        "validate",
        "validate --assignment pooling",
    )
    validate.add_argument("--assignment", **_REPEATED)

    calibrate = _add_command(
        subparsers,
        "calibrate",
        commands.calibrate,
        "train the references with many seeds and note the runs",
        "calibrate --tier full --seeds 20",
        "calibrate rung-a --seeds 5-9 --threads 2",
    )
    calibrate.add_argument(
        "questions", nargs="*", metavar="RUNG", help="such as rung-a; all if left out"
    )
    calibrate.add_argument("--tier", choices=("sample", "full"), help="the course's if left out")
    calibrate.add_argument(
        "--seeds",
        type=_seeds,
        metavar="SEEDS",
        default=range(20),
        help="how many, or which: 20 (the default), or 5-9",
    )
    calibrate.add_argument(
        "--threads",
        type=_at_least_one,
        metavar="NUMBER",
        default=1,
        help="of each run, 1 if left out; those of many hours end sooner",
    )

    thresholds = _add_command(
        subparsers,
        "thresholds",
        commands.thresholds,
        "print the accuracy thresholds, as in docs/calibration.md",
        "thresholds",
        "thresholds --publish",
    )
    thresholds.add_argument(
        "--publish", action="store_true", help="compute them from the finished runs first"
    )

    verify = _add_command(
        subparsers,
        "verify",
        commands.verify,
        "grade again from an empty cache and say what differs from the records",
        "verify",
        "verify ann",
        "verify ann/convolution",
    )
    verify.add_argument("submissions", nargs="*", metavar="SUBMISSION", help=_SUBMISSIONS)

    cache = _add_command(
        subparsers,
        "cache",
        commands.cache,
        "list the training runs, with the grades that rest on them",
        "cache",
        "cache --clear",
    )
    cache.add_argument("--clear", action="store_true", help="drop them all")

    report = _add_command(
        subparsers,
        "report",
        commands.report,
        "show the class's scores, question by question",
        "report",
        "report --assignment pooling",
    )
    _add_selection(report)

    page = _add_command(
        subparsers,
        "class-page",
        commands.class_page,
        "write how the class did, as one HTML file",
        "class-page",
        "class-page --assignment pooling",
    )
    _add_selection(page)

    export = _add_command(
        subparsers,
        "export",
        commands.export,
        "write scores as CSV, or scores and feedback for Canvas or Moodle",
        "export csv",
        "export canvas gradebook.csv",
        "export moodle worksheet.csv --assignment convolution",
        "export feedback moodle submissions.zip --assignment convolution",
    )
    formats = export.add_subparsers(required=True, dest="format", metavar="FORMAT")
    for name, source in (("csv", ""), ("canvas", "gradebook"), ("moodle", "grading worksheet")):
        argument = f" {source.split()[-1]}.csv" if source else ""
        format_help = f"fill in {name.capitalize()}'s own file" if source else "write CSV files"
        format_parser = formats.add_parser(
            name, help=format_help, **_described(format_help, f"export {name}{argument}")
        )
        format_parser.set_defaults(source="", column=[])
        format_parser.add_argument("--to", metavar="FILE", help="the new file")
        _add_selection(format_parser)
        if source:
            format_parser.add_argument(
                "source", metavar="FILE", help=f"the {source} that you exported there"
            )
            format_parser.add_argument(
                "--column",
                type=_column,
                action="append",
                metavar="NAME=HEADING",
                help="where it is not found: of an assignment in Canvas; of grade, email ... in Moodle",
            )

    _add_feedback(formats)

    similar = _add_command(
        subparsers,
        "similar",
        commands.similar,
        "compare what students wrote into the blanks",
        "similar convolution",
    )
    similar.add_argument("assignment", metavar="ASSIGNMENT", help=_assignments())

    gradescope = _add_command(
        subparsers,
        "gradescope",
        commands.gradescope,
        "make an assignment's autograder for Gradescope",
        "gradescope convolution",
    )
    gradescope.add_argument("assignment", metavar="ASSIGNMENT", help=_assignments())
    gradescope.add_argument(
        "--run", type=Path, metavar="ROOT", help="grade ROOT/submission, as Gradescope lays it out"
    )
    return parser


def _add_collect(subparsers: Any) -> None:
    """Add the command `collect`, with a command of its own for each kind of archive."""
    collect = _add_command(
        subparsers,
        "collect",
        commands.collect,
        "take the hand-ins in a downloaded archive into submitted/",
        "collect moodle pooling.zip --roster roster.csv",
        "collect canvas submissions.zip --assignment pooling",
        "collect folder hand-ins/",
    )
    kinds = collect.add_subparsers(required=True, dest="kind", metavar="KIND")
    for name, what in _ARCHIVES.items():
        kind_help = f"{what} for an assignment"
        kind = kinds.add_parser(
            name, help=kind_help, **_described(kind_help, f"collect {name} hand-ins.zip")
        )
        kind.add_argument("archive", type=Path, metavar="ARCHIVE", help="the zip, or its folder")
        kind.add_argument(
            "--assignment", default="", metavar="NAME", help="found by the cells if left out"
        )
        kind.add_argument(
            "--roster",
            type=Path,
            metavar="FILE",
            help="CSV with id, name, email ... of the students; the course's, or the gradebook's, if left out",
        )
        kind.add_argument(
            "--times",
            default="",
            metavar="ZONE",
            help="the files' times in the archive are those of the hand-ins, in this time zone",
        )
        kind.add_argument(
            "--replace",
            action="store_true",
            help="take a hand-in that is older than what is there, too, which is kept aside",
        )


def _add_feedback(formats: Any) -> None:
    """Add `export feedback`, with a command of its own for each way to hand pages back."""
    feedback_help = "hand pages of feedback back"
    feedback = formats.add_parser(
        "feedback",
        help=feedback_help,
        **_described(feedback_help, "export feedback students --assignment pooling"),
    )
    systems = feedback.add_subparsers(required=True, dest="system", metavar="HOW")
    for name, what, example in (
        ("moodle", "make the feedback files' zip that Moodle takes", " submissions.zip"),
        ("students", "make a zip of pages for each student", ""),
    ):
        system = systems.add_parser(
            name, help=what, **_described(what, f"export feedback {name}{example}")
        )
        system.set_defaults(command=commands.export_feedback)
        if name == "moodle":
            system.add_argument(
                "archive", type=Path, metavar="ARCHIVE", help="the zip of hand-ins from Moodle"
            )
            system.add_argument(
                "--roster", type=Path, metavar="FILE", help="as for `collect moodle`"
            )
        system.add_argument("--to", metavar="PATH", help="the new zip, or the zips' new directory")
        _add_selection(system)


def _add_command(
    subparsers: Any, name: str, command: Callable[..., int], description: str, *examples: str
) -> argparse.ArgumentParser:
    """The parser of a command, whose description is also its line in the list of commands."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        name, help=description, **_described(description, *examples)
    )
    parser.set_defaults(command=command)
    return parser


def _described(description: str, *examples: str) -> dict[str, Any]:
    """Arguments of a parser: its description, and examples as they are typed."""
    lines = "\n".join(f"  .venv/bin/autograder {example}" for example in examples)
    return {
        "description": f"{description[0].upper()}{description[1:].rstrip('.')}.",
        "epilog": f"examples:\n{lines}",
        "formatter_class": argparse.RawDescriptionHelpFormatter,
    }


def _assignments() -> str:
    """The names of the assignments of the course that the current directory is in, for a help."""
    here = Path.cwd()
    for directory in (here, *here.parents):
        if names := sorted(path.stem for path in directory.glob("solutions/[!_]*.py")):
            return f"one of {', '.join(names)}"
    return "the name of a file of solutions/, without .py"


def _version() -> str:
    """The version of the installed kit."""
    try:
        return version("cnn-exercises")
    except PackageNotFoundError:  # run from a directory that is not installed
        return "of an unknown version: the kit is not installed"
