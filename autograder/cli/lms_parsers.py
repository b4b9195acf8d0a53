"""The parsers of what comes from an LMS and goes to it: `collect`, `export` and `gradescope`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from autograder.cli import commands
from autograder.cli.arguments import (
    add_command,
    add_selection,
    assignment_help,
    described,
    two_texts,
)

_ARCHIVES = {
    "moodle": 'what Moodle\'s "Download all submissions" gives',
    "canvas": 'what Canvas\'s "Download Submissions" gives',
    "folder": "a folder or zip with a folder or file for each student",
}


def add_collect(subparsers: Any) -> None:
    """Add the command `collect`, with a command of its own for each kind of archive."""
    collect = add_command(
        subparsers,
        "collect",
        commands.collect,
        "take the hand-ins in a downloaded archive into submitted/",
        "collect moodle pooling.zip --roster roster.csv",
        "collect canvas submissions.zip --assignment pooling",
        "collect folder hand-ins/",
    )
    kinds = collect.add_subparsers(required=True, dest="kind", metavar="KIND")
    for name, description in _ARCHIVES.items():
        kind_help = f"{description} for an assignment"
        kind = kinds.add_parser(
            name, help=kind_help, **described(kind_help, f"collect {name} hand-ins.zip")
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


def add_export(subparsers: Any) -> None:
    """Add the command `export`, with a command of its own for each format."""
    export = add_command(
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
            name, help=format_help, **described(format_help, f"export {name}{argument}")
        )
        format_parser.set_defaults(source="", column=[])
        format_parser.add_argument("--to", metavar="FILE", help="the new file")
        format_parser.add_argument(
            "--missing",
            choices=["empty", "0"],
            default="empty",
            help="the score where nothing was handed in (default: empty)",
        )
        add_selection(format_parser)
        if source:
            format_parser.add_argument(
                "source", metavar="FILE", help=f"the {source} that you exported there"
            )
            format_parser.add_argument(
                "--column",
                type=two_texts("NAME=HEADING"),
                action="append",
                metavar="NAME=HEADING",
                help="where it is not found: of an assignment in Canvas; of grade, email ... in Moodle",
            )
    _add_feedback(formats)


def _add_feedback(formats: Any) -> None:
    """Add `export feedback`, with a command of its own for each way to hand pages back."""
    feedback_help = "hand pages of feedback back"
    feedback = formats.add_parser(
        "feedback",
        help=feedback_help,
        **described(feedback_help, "export feedback students --assignment pooling"),
    )
    systems = feedback.add_subparsers(required=True, dest="system", metavar="HOW")
    for name, description, example in (
        ("moodle", "make the feedback files' zip that Moodle takes", " submissions.zip"),
        (
            "canvas",
            "make the zip of graded notebooks that Canvas's SpeedGrader takes",
            " submissions.zip",
        ),
        ("students", "make a zip of pages for each student", ""),
    ):
        system = systems.add_parser(
            name, help=description, **described(description, f"export feedback {name}{example}")
        )
        system.set_defaults(command=commands.export_feedback)
        if name != "students":
            system.add_argument(
                "archive",
                type=Path,
                metavar="ARCHIVE",
                help=f"the zip of hand-ins from {name.capitalize()}",
            )
            system.add_argument(
                "--roster", type=Path, metavar="FILE", help=f"as for `collect {name}`"
            )
        system.add_argument("--to", metavar="PATH", help="the new zip, or the zips' new directory")
        add_selection(system)


def add_gradescope(subparsers: Any) -> None:
    """Add what makes an autograder for Gradescope."""
    gradescope = add_command(
        subparsers,
        "gradescope",
        commands.gradescope,
        "make an assignment's autograder for Gradescope",
        "gradescope convolution",
    )
    gradescope.add_argument("assignment", metavar="ASSIGNMENT", help=assignment_help())
    gradescope.add_argument(
        "--run", type=Path, metavar="ROOT", help="grade ROOT/submission, as Gradescope lays it out"
    )
