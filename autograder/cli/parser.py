"""What can be written on the command line: commands, arguments, and help with examples."""

from __future__ import annotations

import argparse
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from autograder.cli import commands
from autograder.cli.arguments import REPEATED, Parser, add_command, add_selection, described
from autograder.cli.lms_parser import add_collect, add_feedback

_TITLE = "Release, grade and check a course of notebooks: what the Makefile's targets call."
_EXAMPLES = (
    "grade",
    "report",
    "export csv",
    "release",
    "validate",
)
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


def _rename(text: str) -> tuple[str, str]:
    """Parse OLD=NEW."""
    old, equals, new = text.partition("=")
    if not (old and equals and new):
        raise argparse.ArgumentTypeError(f"{text!r} is not OLD=NEW")
    return old, new


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

    add_command(
        subparsers,
        "student-kit",
        commands.student_kit,
        "make the zip that students work with anywhere",
        "student-kit",
    )

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
        help=f"besides those that have a catalog: {_assignments()}",
    )

    add_command(
        subparsers, "data", commands.data, "fetch MNIST and Fashion-MNIST where missing", "data"
    )

    add_command(
        subparsers,
        "roster",
        commands.roster,
        "bring roster, due dates and extensions into the gradebook",
        "roster",
    )

    add_collect(subparsers)

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
    add_selection(grade)

    regrades = add_command(
        subparsers,
        "regrades",
        commands.regrades,
        "show whose results the last regrade changed, and by which test",
        "regrades",
        "regrades --all",
    )
    regrades.add_argument("--all", action="store_true", help="those of all regrades, oldest first")

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
        type=_rename,
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

    calibrate = add_command(
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

    thresholds = add_command(
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

    cache = add_command(
        subparsers,
        "cache",
        commands.cache,
        "list the training runs, with the grades that rest on them",
        "cache",
        "cache --clear",
    )
    cache.add_argument("--clear", action="store_true", help="drop them all")

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
                type=_column,
                action="append",
                metavar="NAME=HEADING",
                help="where it is not found: of an assignment in Canvas; of grade, email ... in Moodle",
            )

    add_feedback(formats)

    similar = add_command(
        subparsers,
        "similar",
        commands.similar,
        "compare what students wrote into the blanks",
        "similar convolution",
    )
    similar.add_argument("assignment", metavar="ASSIGNMENT", help=_assignments())

    gradescope = add_command(
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
