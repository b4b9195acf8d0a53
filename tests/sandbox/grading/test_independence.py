"""A verdict depends on its answer alone: not on the other answers, nor on the order of the cells."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import partial
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.release import Built, build
from autograder.course.course import Course
from autograder.grading.grade import grade
from autograder.results.outcome import TestOutcome
from autograder.results.record import GradeRecord
from autograder.submissions.submission import read_submission
from autograder.testing.answers import Answer
from tests.support.answered_notebooks import answered
from tests.support.answers import COURSE, catalogue
from tests.support.kept_trainings import RUNGS, keep_trainings

NOTEBOOKS = 2  # of each assignment
TRAIN = ("two_layer_cnn", "fashion_ladder")  # their second notebooks take minutes


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return replace(COURSE, other_cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def released() -> dict[str, Built]:
    return build(COURSE)


def shuffled(notebook: bytes, blanks: list[str], chance: random.Random) -> bytes:
    """The notebook with the cells of the blanks in each other's places."""
    content = nbformat.reads(notebook.decode(), as_version=4)
    places = [index for index, cell in enumerate(content.cells) if cell.id in blanks]
    cells = [content.cells[index] for index in places]
    chance.shuffle(cells)
    for index, cell in zip(places, cells, strict=True):
        content.cells[index] = cell
    return nbformat.writes(content).encode()


def verdicts(results: list[TestOutcome]) -> list[tuple[str, bool, str, float]]:
    """Title, kind, state and points of each test."""
    return [(test.title, test.hidden, test.status.name, test.points) for test in results]


def graded(course: Course, assignment: str, notebook: bytes, directory: Path) -> GradeRecord:
    """The record of a notebook; nothing is trained for its rungs."""
    place = directory / "submitted/ann" / assignment
    place.mkdir(parents=True)
    (place / f"{assignment}.ipynb").write_bytes(notebook)
    if assignment == "fashion_ladder":
        keep_trainings(course, notebook, RUNGS)
    return grade(read_submission(place, assignment, course), course)


@pytest.mark.parametrize(
    ("assignment", "number"),
    [
        pytest.param(name, number, marks=[pytest.mark.catalogue] * (number > 0 and name in TRAIN))
        for name in sorted(COURSE.assignments)
        for number in range(NOTEBOOKS)
    ],
)
def test_other_answers_and_the_order_of_cells_do_not_matter(
    course: Course, released: dict[str, Built], tmp_path: Path, assignment: str, number: int
) -> None:
    """Each blank has a random answer, right or wrong, and stands in the place of another.

    Graded again in order, with every second answer and the solution's in between, each answer gets
    the same verdict.
    """
    chance = random.Random(f"{assignment} {number}")
    answers: dict[str, Answer] = {}
    for question in COURSE.assignments[assignment].questions:
        kind = chance.choice(("right", "wrong"))
        of_question = [a for a in catalogue(kind, assignment) if a.question == question.name]
        if of_question:
            answers[question.name] = chance.choice(of_question)
    sources = {name: answer.source for name, answer in answers.items()}
    names = list(sources)
    fill = partial(answered, released[assignment], COURSE.assignments[assignment])
    blanks = [question.blank for question in COURSE.assignments[assignment].questions]
    together = graded(course, assignment, shuffled(fill(sources), blanks, chance), tmp_path / "all")
    problems = []
    for half in (names[::2], names[1::2]):
        notebook = fill({name: sources[name] for name in half})
        apart = graded(course, assignment, notebook, tmp_path / half[0])
        problems += [
            "\n".join(
                map(
                    str,
                    (
                        answers[name],
                        *together.outcomes_of(name),
                        "apart:",
                        *apart.outcomes_of(name),
                    ),
                )
            )
            for name in half
            if verdicts(together.outcomes_of(name)) != verdicts(apart.outcomes_of(name))
        ]
    assert not problems, "\n".join(problems)
