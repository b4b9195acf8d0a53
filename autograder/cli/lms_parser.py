"""The parsers of what goes to an LMS and comes from it as an archive: `collect` and `export feedback`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from autograder.cli import commands
from autograder.cli.arguments import add_command, add_selection, described

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
    for name, what in _ARCHIVES.items():
        kind_help = f"{what} for an assignment"
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


def add_feedback(formats: Any) -> None:
    """Add `export feedback`, with a command of its own for each way to hand pages back."""
    feedback_help = "hand pages of feedback back"
    feedback = formats.add_parser(
        "feedback",
        help=feedback_help,
        **described(feedback_help, "export feedback students --assignment pooling"),
    )
    systems = feedback.add_subparsers(required=True, dest="system", metavar="HOW")
    for name, what, example in (
        ("moodle", "make the feedback files' zip that Moodle takes", " submissions.zip"),
        (
            "canvas",
            "make the zip of graded notebooks that Canvas's SpeedGrader takes",
            " submissions.zip",
        ),
        ("students", "make a zip of pages for each student", ""),
    ):
        system = systems.add_parser(
            name, help=what, **described(what, f"export feedback {name}{example}")
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
