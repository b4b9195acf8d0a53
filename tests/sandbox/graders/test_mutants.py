"""The graders catch the mutants of the references, and the judging itself is not fooled."""

from pathlib import Path

import pytest

from autograder.course.course import Course, find_course
from tests.support import mutation
from tests.support.mutants import Mutant, mutants_of
from tests.support.mutation import Equivalent, Known, Score, Verdict, judge, known, stale
from tests.support.small_course import edit, make_course

COURSE = find_course(Path(__file__).parent)
# How many mutants the bounded part judges; those of Keras build models, which takes longer.
SAMPLE = {
    "convolution": 30,
    "pooling": 15,
    "parameters": 15,
    "fashion_ladder": 8,
    "two_layer_cnn": 4,
}
TRAINS = "own-training"  # for up to a minute a mutant


def explained(score: Score) -> str:
    actual = [*score.survivors, *score.errors]
    return "\n".join(f"{each.verdict}: {each.mutant.diff()}\n{each.message}" for each in actual)


@pytest.mark.parametrize("assignment", COURSE.assignments)
def test_a_sample_of_mutants_is_caught(assignment: str) -> None:
    mutants = [each for each in mutants_of(COURSE, assignment) if each.question != TRAINS]
    chosen = sorted(mutants, key=lambda mutant: mutant.digest)[: SAMPLE[assignment]]
    score = Score([judge(COURSE, mutant) for mutant in chosen], known())
    assert not score.errors, explained(score)
    assert score.rate >= known().rate, explained(score)


def test_every_entry_of_the_list_names_a_mutant() -> None:
    mutants = {mutant.place for name in COURSE.assignments for mutant in mutants_of(COURSE, name)}
    assert set(known().places) - mutants == set()
    assert set(known().open) - {question for question, _, _ in mutants} == set()


def test_mutants_differ_from_the_reference_and_from_each_other(tmp_path: Path) -> None:
    mutants = mutants_of(find_course(make_course(tmp_path)), "alpha")
    assert {mutant.question for mutant in mutants} == {"add", "double"}
    assert len({mutant.source for mutant in mutants}) == len(mutants)
    afters = {mutant.after for mutant in mutants}
    assert {"return a - b", "return a | b", "return 3 * a"} <= afters
    assert not {"return a + b", "return 2 * a"} & afters


def judged_alpha(course: Course) -> list[mutation.Judged]:
    return [judge(course, mutant) for mutant in mutants_of(course, "alpha")]


def test_a_weakened_grader_lets_mutants_survive(tmp_path: Path) -> None:
    course = find_course(make_course(tmp_path))
    none = Known(rate=1.0)
    assert Score(judged_alpha(course), none).rate == 1
    # What is left tries add(1, 2) only, and 1 | 2 and 1 ^ 2 are 3 as well.
    course.hidden_grader("alpha").unlink()
    score = Score(judged_alpha(course), none)
    assert {each.mutant.after for each in score.survivors} == {"return a | b", "return a ^ b"}
    assert score.rate < none.rate


def test_an_error_of_a_grader_is_not_taken_for_a_catch(tmp_path: Path) -> None:
    course = find_course(make_course(tmp_path))
    edit(course.hidden_grader("alpha"), "20, 30).returns", "20, 30).undefined")
    score = Score(judged_alpha(course), Known(rate=1.0))
    assert {each.mutant.question for each in score.errors} == {"add"}


@pytest.mark.parametrize("loop", ["while True: pass", "def add(a, b):\n    while True: pass"])
def test_an_endless_loop_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loop: str
) -> None:
    monkeypatch.setattr(mutation, "SECONDS", 0.5)
    course = find_course(make_course(tmp_path))
    endless = Mutant("alpha", "add", "by hand", 1, "", "", loop)
    assert judge(course, endless).verdict is Verdict.BY_TIME


def test_what_an_error_leaves_undefined_is_not_the_references(tmp_path: Path) -> None:
    course = find_course(make_course(tmp_path))
    broken = Mutant("alpha", "add", "by hand", 1, "", "", "1 / 0\ndef add(a, b): return a + b")
    assert judge(course, broken).verdict is Verdict.CAUGHT


def test_the_list_cannot_grow_stale(tmp_path: Path) -> None:
    course = find_course(make_course(tmp_path))
    course.hidden_grader("alpha").unlink()
    judged = judged_alpha(course)

    def entry(line: str) -> Equivalent:
        operator = f"ReplaceBinaryOperator_Add_{'BitOr' if '|' in line else 'Sub'}"
        return Equivalent("alpha/add", operator, (line,), "for this test")

    alive, caught, missing = (entry(f"return {text}") for text in ("a | b", "a - b", "x - y"))
    assert stale(judged, Known(rate=1.0, equivalent=(alive,))) == []
    listed = Known(rate=1.0, equivalent=(alive, caught, missing), open={"alpha/double": "a test"})
    first, second, third = stale(judged, listed)
    assert "a - b: is caught" in first
    assert "x - y: no such mutant" in second
    assert "alpha/double: every mutant is caught" in third
    score = Score(judged, listed)
    assert (score.equivalent, len(score.survivors)) == (1, 1)
