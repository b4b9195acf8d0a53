"""Which mutants of the reference solutions the graders catch: python -m tests.support.mutation.

A mutant is graded as a student's notebook: its cell is run over the names of the reference,
and every test of its question is asked, visible and hidden ones. It is caught if any of
them does not pass, or if it takes too long. Recipes are looked at but not trained: no rung
but the open one depends on it, since their graders compare a recipe with the text. Functions
that train by themselves do train, for seconds in `train`, for a minute in `own-training`.
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import symtable
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from functools import cache
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple

import msgspec
import psutil
from hypothesis import Phase, settings
from rich.console import Console
from rich.progress import track
from rich.table import Table

from autograder._util.stderr import silence_stderr
from autograder.authoring.graded_answers import UntrainedTrainer
from autograder.course.course import Course, find_course
from autograder.course.reference import reference
from autograder.grading.grade import grader_files
from autograder.results.outcome import Status, TestOutcome
from autograder.testing.hypothesis_cases import PROFILE, SEED
from autograder.testing.notebook_student import NotebookStudent
from autograder.testing.pytest_plugin import GraderPlugin
from autograder.testing.run_tests import run_tests
from tests.support.mutants import Mutant, mutants_of

LIST = Path(__file__).parent / "equivalent_mutants.toml"
SECONDS = 60  # of processor time for one mutant, so that a busy machine judges alike
MEMORY = 4 << 30  # bytes that one mutant may take beyond what the process has


class Verdict(StrEnum):
    """What became of a mutant; a grader error is a defect of ours."""

    CAUGHT = "caught"
    BY_TIME = "by time"
    SURVIVED = "survived"
    GRADER_ERROR = "grader error"


class Judged(NamedTuple):
    """A mutant and what became of it; `message` is what the graders said, empty if nothing."""

    mutant: Mutant
    verdict: Verdict
    message: str


class Equivalent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Mutants that no input of the question's domain tells from the reference, and why."""

    question: str
    operator: str
    lines: tuple[str, ...]
    reason: str


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What may survive: single mutants, and questions with many right answers, with reasons."""

    rate: float
    open: dict[str, str] = {}
    equivalent: tuple[Equivalent, ...] = ()

    @property
    def places(self) -> list[tuple[str, str, str]]:
        """The single mutants, as Mutant.place has them."""
        return [
            (entry.question, entry.operator, line)
            for entry in self.equivalent
            for line in entry.lines
        ]

    def excuses(self, mutant: Mutant) -> bool:
        """Whether this mutant may survive."""
        return mutant.place[0] in self.open or mutant.place in self.places


class TimeUp(KeyboardInterrupt):
    """A mutant has used up its time; ends pytest at once, and no `except Exception` holds it."""


def known(path: Path = LIST) -> Known:
    """The list of what may survive; raises msgspec.ValidationError where it is not one."""
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Known)


class Score:
    """The mutants of one assignment, counted."""

    def __init__(self, judged: Sequence[Judged], listed: Known) -> None:
        verdicts = Counter(each.verdict for each in judged)
        alive = [each for each in judged if each.verdict is Verdict.SURVIVED]
        self.mutants = len(judged)
        self.caught = verdicts[Verdict.CAUGHT]
        self.by_time = verdicts[Verdict.BY_TIME]
        self.open = sum(each.mutant.place[0] in listed.open for each in alive)
        self.survivors = [each for each in alive if not listed.excuses(each.mutant)]
        self.equivalent = len(alive) - self.open - len(self.survivors)
        self.errors = [each for each in judged if each.verdict is Verdict.GRADER_ERROR]

    @property
    def rate(self) -> float:
        """The share of caught ones among those that are not excused; 1 where there are none."""
        counted = self.mutants - self.equivalent - self.open
        return (self.caught + self.by_time) / counted if counted else 1.0


def stale(judged: Iterable[Judged], listed: Known) -> list[str]:
    """The entries of the list that name no mutant of the judged questions that survived.

    All mutants of these questions must be among the judged ones.
    """
    judged = list(judged)
    questions = {each.mutant.place[0] for each in judged}
    alive = {each.mutant.place for each in judged if each.verdict is Verdict.SURVIVED}
    caught = {each.mutant.place for each in judged} - alive
    complaints = [
        f"{', '.join(place)}: {'is caught' if place in caught else 'no such mutant'}. "
        "Take it off the list"
        for place in listed.places
        if place[0] in questions and place not in alive
    ]
    return complaints + [
        f"{name}: every mutant is caught. Take it off the open questions"
        for name in listed.open
        if name in questions and not any(place[0] == name for place in alive)
    ]


def judge(course: Course, mutant: Mutant, seed: int = SEED) -> Judged:
    """Grade one mutant; the same seed gives the same random cases."""
    solution = reference(course, mutant.assignment)
    path = course.assignments[mutant.assignment].path
    bound = {
        symbol.get_name()
        for symbol in symtable.symtable(mutant.source, str(path), "exec").get_symbols()
        if symbol.is_assigned()
    }
    names = {name: value for name, value in vars(solution).items() if name not in bound}
    plugin = GraderPlugin(NotebookStudent(names), solution, mutant.question, _trainer)
    outcomes: list[TestOutcome] = []
    time_up = Event()
    with suppress(TimeUp), _without_shrinking(), _limits(time_up):
        _run(mutant, names)
        outcomes = run_tests(grader_files(course, mutant.assignment), plugin, seed)
    if time_up.is_set():
        return Judged(mutant, Verdict.BY_TIME, "")
    grader_errors = [outcome for outcome in outcomes if outcome.status is Status.GRADER_ERROR]
    if any(outcome.message.startswith(TimeUp.__name__) for outcome in grader_errors):
        return Judged(mutant, Verdict.BY_TIME, "")
    if grader_errors or not outcomes:
        text = "\n".join(outcome.message + outcome.traceback for outcome in grader_errors)
        return Judged(mutant, Verdict.GRADER_ERROR, text or "the question has no tests")
    messages = [outcome.message for outcome in outcomes if outcome.status is not Status.PASSED]
    return Judged(mutant, Verdict.CAUGHT if messages else Verdict.SURVIVED, "\n".join(messages))


def _run(mutant: Mutant, names: dict[str, Any]) -> None:
    """Run the mutant's cell; what an error keeps it from defining, its tests will miss."""
    try:
        with silence_stderr():
            exec(compile(mutant.source, f"{mutant.assignment}.py", "exec"), names)
    except Exception:
        return


@contextmanager
def _limits(time_up: Event) -> Iterator[None]:
    """Set `time_up` and raise TimeUp after SECONDS of the processor; hold to MEMORY."""

    def stop(*_: object) -> None:
        time_up.set()
        raise TimeUp

    before = signal.signal(signal.SIGVTALRM, stop)
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (psutil.Process().memory_info().vms + MEMORY, hard))
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
        signal.signal(signal.SIGVTALRM, before)


@contextmanager
def _without_shrinking() -> Iterator[None]:
    """Whether there is a failing case is all that counts here, and the smallest takes longest."""
    usual = settings.get_profile(PROFILE)
    settings.register_profile(PROFILE, usual, phases=(Phase.explicit, Phase.generate))
    try:
        yield
    finally:
        settings.register_profile(PROFILE, usual)


@cache
def _trainer() -> UntrainedTrainer:
    return UntrainedTrainer()


def main(arguments: list[str] | None = None) -> int:
    """Judge the mutants, print a table and the survivors; 0 if nothing is left to do."""
    parser = argparse.ArgumentParser(prog="python -m tests.support.mutation")
    parser.add_argument("assignments", nargs="*", help="all where none is named")
    parser.add_argument("--question", help="the mutants of this one only")
    parser.add_argument("--seed", type=int, default=SEED, help="of the random cases")
    options = parser.parse_args(arguments)
    course, listed = find_course(Path(__file__).parent), known()
    if unknown := set(options.assignments) - set(course.assignments):
        parser.error(
            f"no assignment {', '.join(unknown)}; there are {', '.join(course.assignments)}"
        )
    console = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 120)
    judged: dict[str, list[Judged]] = {}
    for name in options.assignments or course.assignments:
        chosen = [
            mutant
            for mutant in mutants_of(course, name)
            if options.question in (None, mutant.question)
        ]
        tracked = track(chosen, name, console=console, disable=not console.is_terminal)
        judged[name] = [judge(course, mutant, options.seed) for mutant in tracked]
    return _report(console, judged, listed)


def _report(console: Console, judged: dict[str, list[Judged]], listed: Known) -> int:
    table = Table(title="Mutants of the solutions")
    columns = ("mutants", "caught", "by time", "equivalent", "open", "survived", "errors", "rate")
    table.add_column("assignment")
    for heading in columns:
        table.add_column(heading, justify="right")
    everything = [each for some in judged.values() for each in some]
    for name, some in [*judged.items(), ("all", everything)]:
        score = Score(some, listed)
        counts = (
            *(score.mutants, score.caught, score.by_time, score.equivalent, score.open),
            *(len(score.survivors), len(score.errors)),
        )
        table.add_row(name, *map(str, counts), f"{score.rate:.1%}")
    total = Score(everything, listed)
    for each in total.survivors:
        console.print(f"survived: {each.mutant.diff()}", markup=False)
    for each in total.errors:
        text = f"grader error: {each.mutant.diff()}\n{each.message}"
        console.print(text, markup=False)
    complaints = stale(everything, listed)
    for complaint in complaints:
        console.print(f"{LIST.name}: {complaint}", markup=False)
    console.print(table)
    return int(bool(total.errors or complaints or total.rate < listed.rate))


if __name__ == "__main__":
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    sys.exit(main())
