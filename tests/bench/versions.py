"""How long a class takes in this checkout of the kit and in another one, by turns.

    python -m tests.bench.versions OTHER [ASSIGNMENT ...] [--students 6 26] [--kinds right wrong]

OTHER is a checkout in which `make setup` has run. Each version grades its own course, with the same
answers; those of today must be answers to its questions. What one more notebook costs comes from two
classes, after a small one that is not counted.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from autograder.course.course import find_course
from tests.bench.classes import copy_course, hand_in, run_to_its_end

_WARM = 2  # students of the class that is not counted


def main() -> None:
    """Print a line for each assignment, kind of notebooks and version."""
    course = find_course()
    parser = argparse.ArgumentParser()
    parser.add_argument("other", type=Path)
    parser.add_argument("assignments", nargs="*", default=list(course.assignments))
    parser.add_argument("--students", type=int, nargs=2, default=[6, 26], help="of two classes")
    parser.add_argument("--kinds", nargs="+", default=["right", "wrong"], help="of notebooks")
    options = parser.parse_args()
    few, many = options.students
    with tempfile.TemporaryDirectory(prefix="versions-") as directory:
        versions = [
            (checkout, _released(checkout, Path(directory) / str(place)))
            for place, checkout in enumerate((options.other.resolve(), course.root))
        ]
        for name in options.assignments:
            for kind in options.kinds:
                for checkout, released in versions:
                    _seconds(checkout, released, name, _WARM, kind)
                    start, whole = (
                        _seconds(checkout, released, name, count, kind) for count in (few, many)
                    )
                    each = (whole - start) / (many - few)
                    print(
                        f"{name}, {kind}, {checkout.name}: {few} in {start:.1f} s, {many} in {whole:.1f} s, "
                        f"each more {each:.2f} s, beside them {start - few * each:.1f} s",
                        flush=True,
                    )


def _kit(checkout: Path) -> tuple[str, ...]:
    return (str(checkout / ".venv/bin/python"), "-m", "autograder.cli.main")


def _released(checkout: Path, root: Path) -> Path:
    """A course of this version of the kit, released."""
    copy_course(find_course(checkout), root)
    run_to_its_end(root, *_kit(checkout), "release")
    return root


def _seconds(checkout: Path, released: Path, name: str, students: int, kind: str) -> float:
    """What `autograder grade` takes for a fresh class."""
    with tempfile.TemporaryDirectory(prefix="versions-") as directory:
        root = Path(directory) / "class"
        shutil.copytree(released, root)
        hand_in(root, find_course(checkout), name, students, kind)
        # It exits with 1 where the grader of a version fails on an answer; the others are graded.
        return run_to_its_end(root, *_kit(checkout), "grade", expected=(0, 1)).seconds


if __name__ == "__main__":
    main()
