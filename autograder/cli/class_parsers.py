"""The parsers of what grades a class, shows how it did, and keeps its gradebook in order."""

from __future__ import annotations

from typing import Any

from autograder.cli import commands
from autograder.cli.arguments import (
    REPEATED,
    add_command,
    add_selection,
    assignment_help,
    at_least_one,
    two_texts,
)

_SUBMISSIONS = "STUDENT or STUDENT/ASSIGNMENT, as the directories of submitted/; all if left out"


def add_roster(subparsers: Any) -> None:
    """Add what brings the students of a class into its gradebook."""
    add_command(
        subparsers,
        "roster",
        commands.roster,
        "bring roster, due dates and extensions into the gradebook",
        "roster",
    )


def add_grading(subparsers: Any) -> None:
    """Add what grades a class and shows its scores."""
    grade = add_command(
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
        type=at_least_one,
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
    add_selection(grade)

    report = add_command(
        subparsers,
        "report",
        commands.report,
        "show the class's scores, question by question",
        "report",
        "report --assignment pooling",
    )
    add_selection(report)

    page = add_command(
        subparsers,
        "class-page",
        commands.class_page,
        "write how the class did, as one HTML file",
        "class-page",
        "class-page --assignment pooling",
        "class-page --without-names --csv",
    )
    add_selection(page)
    page.add_argument(
        "--without-names",
        action="store_true",
        help="a page to show in the lecture: no names, nothing of a single student",
    )
    page.add_argument("--csv", action="store_true", help="also the page's tables, as CSV files")

    similar = add_command(
        subparsers,
        "similar",
        commands.similar,
        "compare what students wrote into the blanks",
        "similar convolution",
    )
    similar.add_argument("assignment", metavar="ASSIGNMENT", help=assignment_help())


def add_regrading(subparsers: Any) -> None:
    """Add what grades again, and what happens to scores that were there before."""
    regrades = add_command(
        subparsers,
        "regrades",
        commands.regrades,
        "show whose results the last regrade changed, and by which test",
        "regrades",
        "regrades --all",
    )
    regrades.add_argument("--all", action="store_true", help="those of all regrades, oldest first")

    confirm = add_command(
        subparsers,
        "confirm-scores",
        commands.confirm_scores,
        "keep scores given by hand that `make grade` lists as to confirm",
        "confirm-scores",
        "confirm-scores ann",
        "confirm-scores ann/convolution",
    )
    confirm.add_argument("submissions", nargs="*", metavar="SUBMISSION", help=_SUBMISSIONS)

    update = add_command(
        subparsers,
        "update-questions",
        commands.update_questions,
        "say what renamed, new or removed questions do to the scores in the gradebook, and do it",
        "update-questions",
        "update-questions --rename add=sum --apply",
    )
    update.add_argument("--assignment", **REPEATED)
    update.add_argument(
        "--rename",
        type=two_texts("OLD=NEW"),
        action="append",
        default=[],
        metavar="OLD=NEW",
        help="a question that is only called otherwise now; may be repeated",
    )
    update.add_argument(
        "--remove",
        action="append",
        default=[],
        metavar="NAME",
        help="a question whose scores may be deleted; may be repeated",
    )
    update.add_argument("--apply", action="store_true", help="do what was said")

    verify = add_command(
        subparsers,
        "verify",
        commands.verify,
        "grade again from an empty cache and say what differs from the records",
        "verify",
        "verify ann",
        "verify ann/convolution",
    )
    verify.add_argument("submissions", nargs="*", metavar="SUBMISSION", help=_SUBMISSIONS)
