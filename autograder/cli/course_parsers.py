"""The parsers of an author's commands: begin, release, translate and check a course."""

from __future__ import annotations

from typing import Any

from autograder.cli import commands
from autograder.cli.arguments import REPEATED, add_command, assignment_help


def add_course(subparsers: Any) -> None:
    """Add what begins a course and makes the students' notebooks."""
    new = add_command(
        subparsers,
        "new",
        commands.new,
        "begin a course or an assignment that passes `validate`",
        "new course my-course",
        "new assignment strides",
    )
    new.add_argument("what", choices=("course", "assignment"), help="what to begin")
    new.add_argument(
        "name", metavar="NAME", help="a new directory for the course; or the assignment's name"
    )

    release = add_command(
        subparsers,
        "release",
        commands.release,
        "make assignments/ from solutions/",
        "release",
        "release --check",
    )
    release.add_argument("--check", action="store_true", help="only say what is not up to date")

    translate = add_command(
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
        help=f"besides those that have a catalog: {assignment_help()}",
    )

    validate = add_command(
        subparsers,
        "validate",
        commands.validate,
        "check the course itself",
        "validate",
        "validate --assignment pooling",
        "validate --answers",
        "validate --student ann",
    )
    validate.add_argument("--assignment", **REPEATED)
    validate.add_argument(
        "--answers",
        action="store_true",
        help="grade the wrong and right answers of tests/, and nothing else",
    )
    validate.add_argument(
        "--student",
        action="append",
        metavar="NAME",
        help="check what this student handed in, and nothing else; may be repeated",
    )

    add_command(
        subparsers, "data", commands.data, "fetch MNIST and Fashion-MNIST where missing", "data"
    )

    add_command(
        subparsers,
        "student-kit",
        commands.student_kit,
        "make the zip that students work with anywhere",
        "student-kit",
    )
