"""Says how two records of one submission differ: its results, and what they depend on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from autograder._util.control_codes import without_control_codes
from autograder._util.terminal import counted
from autograder.results.outcome import TestOutcome
from autograder.results.record import GradeRecord

# What a grade depends on: the record's field, and its name in the output.
_CONDITIONS = {
    "digest": "the submission",
    "grader": "solution, graders or kit",
    "tier": "the tier of the data",
    "sandbox": "the sandbox",
    "threads": "the threads of a training",
    "cpu": "the processor's instructions",
    "processor": "the processor",
}
# The difference of two runs has a standard deviation 2**0.5 times that of one run.
_MAX_DEVIATIONS = 3.3 * 2**0.5


def only_rounded(before: GradeRecord, after: GradeRecord, spreads: Mapping[str, float]) -> bool:
    """Whether two records of different processors differ only in accuracies, within the spread of runs.

    Where the threshold lies between two such accuracies, the results of that question differ, too.
    `spreads` are the standard deviations of runs by question, from 0 to 1.
    """
    changed = list(_changed_runs(before, after))
    return (
        before.cpu != after.cpu
        and bool(changed)
        and all(run.within(spreads) for run in changed)
        and changed_questions(before, after) <= {run.question for run in changed}
    )


def changed_questions(before: GradeRecord, after: GradeRecord) -> set[str]:
    """The questions with a test that ended otherwise."""
    return {question for question, _line in _outcome_differences(before, after)}


def differences(
    before: GradeRecord, after: GradeRecord, spreads: Mapping[str, float] = MappingProxyType({})
) -> Iterator[str]:
    """Lines that say which results differ and, if any do, which conditions have changed."""
    lines = [line for _question, line in _outcome_differences(before, after)]
    for run in _changed_runs(before, after):
        line = (
            f"recipe {run.recipe[:12]}, seed {run.seed}: reached {run.was:.2%}, now {run.now:.2%}"
        )
        if before.cpu != after.cpu and run.question in spreads:
            relation = "within" if run.within(spreads) else "beyond"
            line += f", {relation} the spread of runs of {run.question}"
        lines.append(line)
    yield from lines
    if not lines:
        return
    for field, name in _CONDITIONS.items():
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            yield f"{name}: was {_short(old)}, is {_short(new)}"
    for package in sorted(before.versions | after.versions):
        old, new = before.versions.get(package, "none"), after.versions.get(package, "none")
        if old != new:
            yield f"{package}: was {old}, is {new}"


def _outcome_differences(before: GradeRecord, after: GradeRecord) -> Iterator[tuple[str, str]]:
    """The question and a line for each test that ended otherwise."""
    # A course that has changed its language has no title in common with the record of before.
    titled = bool(_titles(before) & _titles(after))
    old, new = (_by_test(record, titled=titled) for record in (before, after))
    for test in old | new:
        was, now = (_outcome_text(outcomes.get(test)) for outcomes in (old, new))
        if was != now:
            title = (old.get(test) or new[test]).title.rstrip(".")
            yield test.question, f'{test.question}, "{title}": was {was}, is {now}'


class _Test(NamedTuple):
    """What a test is known by in two records; `number` tells apart those with all else alike."""

    question: str
    title: str
    hidden: bool
    number: int


def _titles(record: GradeRecord) -> set[str]:
    return {outcome.title for outcome in record.outcomes}


def _by_test(record: GradeRecord, *, titled: bool) -> dict[_Test, TestOutcome]:
    """The outcomes of a record; a visible and a hidden test may have one title.

    With `titled` false the tests of a question are known by their order alone.
    """
    counts: Counter[tuple[str, str, bool]] = Counter()
    by_test = {}
    for outcome in record.outcomes:
        alike = (outcome.question, outcome.title if titled else "", outcome.hidden)
        by_test[_Test(*alike, counts[alike])] = outcome
        counts[alike] += 1
    return by_test


class _ChangedRun(NamedTuple):
    recipe: str
    seed: int
    question: str
    was: float
    now: float

    def within(self, spreads: Mapping[str, float]) -> bool:
        """Whether the accuracies agree: at most one pair of runs in a thousand differs by more."""
        return abs(self.was - self.now) <= _MAX_DEVIATIONS * spreads.get(self.question, 0.0)


def _changed_runs(before: GradeRecord, after: GradeRecord) -> Iterator[_ChangedRun]:
    accuracies = {(run.recipe, run.seed): run.accuracy for run in after.trained}
    for run in before.trained:
        now = accuracies.get((run.recipe, run.seed), run.accuracy)
        if now != run.accuracy:
            yield _ChangedRun(run.recipe, run.seed, run.question, run.accuracy, now)


def _outcome_text(outcome: TestOutcome | None) -> str:
    if outcome is None:
        return "not there"
    # A message may quote what a student's code raised, and a terminal obeys escape codes.
    first = "".join(without_control_codes(outcome.message).splitlines()[:1])
    points = counted(outcome.points, "point")
    return f"{outcome.status} ({points})" + (f": {first}" if first else "")


def _short(value: object) -> str:
    text = str(value)
    return text[:12] if len(text) == 64 else text
