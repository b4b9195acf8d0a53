"""The parsers of what trains the references, and of the runs that are kept."""

from __future__ import annotations

import argparse
from typing import Any

from autograder.cli import commands
from autograder.cli.arguments import add_command, at_least_one


def add_training(subparsers: Any) -> None:
    """Add what trains the references, computes the thresholds and lists the runs."""
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
        type=at_least_one,
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

    cache = add_command(
        subparsers,
        "cache",
        commands.cache,
        "list the training runs, with the grades that rest on them",
        "cache",
        "cache --clear",
    )
    cache.add_argument("--clear", action="store_true", help="drop them all")


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
